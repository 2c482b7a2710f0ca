"""Projects that are newer, locked, read-only, moved, damaged or gone."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from facelabel.store.project import Project
from tests.bad_input.conftest import Command
from tests.bad_input.watching import contents
from tests.store.samples import mounted

WRITERS = (
    ("import", "{p}", "{photos}"),
    ("train", "{p}"),
    ("score", "{p}"),
    ("next", "{p}"),
    ("campaign", "{p}", "batch=3"),
)
READERS = (
    ("status", "{p}"),
    ("campaign", "{p}"),
    ("export", "{p}", "{out}"),
    ("evaluate", "{p}", "--against", "{photos}"),
)


def words_of(command: tuple[str, ...], place: Path) -> list[str]:
    return [word.format(p=place / "p", photos=place / "photos", out=place / "out") for word in command]


@pytest.mark.parametrize("command", [*WRITERS, *READERS], ids=" ".join)
def test_a_database_of_a_newer_version(place: Path, facelabel: Command, command: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(place / "p" / "project.sqlite")) as connection, connection:
        connection.execute("update alembic_version set version_num = '9999'")
    before = contents(place)
    facelabel(*words_of(command, place)).refused("version 9999", "update facelabel")
    assert contents(place) == before


@pytest.mark.parametrize(
    "damage", [b"no database at all", b"", b"SQLite format 3\x00" + bytes(200)], ids=["text", "empty", "header"]
)
def test_a_database_that_is_none(place: Path, facelabel: Command, damage: bytes) -> None:
    file = place / "p" / "project.sqlite"
    file.write_bytes(damage)
    for command in (*WRITERS, *READERS):
        facelabel(*words_of(command, place)).refused("project.sqlite")
    assert file.read_bytes() == damage


def test_a_database_that_was_cut(place: Path, facelabel: Command) -> None:
    file = place / "p" / "project.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 3])
    for command in (*WRITERS, *READERS):
        facelabel(*words_of(command, place)).refused("damaged", "backups")
    assert file.read_bytes() == whole[: len(whole) // 3]


HOLD = """
import sys
from facelabel.store.project import Project
with Project.open(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(folder: Path) -> Iterator[int]:
    """Another process has the project open; its id."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder.pid
        holder.communicate()


def test_a_second_program_is_refused_with_the_holders_name_and_reads_beside_it(place: Path, facelabel: Command) -> None:
    with held(place / "p") as pid:
        before = contents(place)
        for command in WRITERS:
            facelabel(*words_of(command, place)).refused(f"process {pid}", "reading only")
        assert contents(place) == before
        assert facelabel("status", place / "p", "--json").document["photos"] == 7
        assert facelabel("export", place / "p", place / "out", "--json").document["faces"] == 4
    assert facelabel("campaign", place / "p", "batch=3").code == 0


def test_a_read_only_folder_is_read_and_never_written(place: Path, facelabel: Command) -> None:
    with mounted(place / "p", "-o", "bind,ro", str(place / "p")):
        before = contents(place)
        for command in WRITERS:
            facelabel(*words_of(command, place)).refused("cannot be written", "reading only")
        facelabel("new", place / "p" / "inner").refused("cannot be")
        facelabel("export", place / "p", place / "p" / "out").refused("cannot be written")
        assert contents(place) == before
        assert facelabel("status", place / "p", "--json").document["photos"] == 7
        assert facelabel("export", place / "p", place / "out", "--json").document["faces"] == 4


def test_a_project_that_was_moved_with_its_photos_and_one_that_was_moved_away(place: Path, facelabel: Command) -> None:
    """Photos beside the project go along; photos that stay behind are named, and found again by an import."""
    inside = place / "inside"
    assert facelabel("new", inside, "--copy-photos").code == 0
    assert facelabel("import", inside, place / "photos" / "labelled", "--labels", "pts").code == 0
    (place / "moved").mkdir()
    shutil.move(place / "p", place / "moved" / "p")
    shutil.move(inside, place / "moved" / "renamed")
    assert facelabel("export", place / "moved" / "renamed", place / "a", "--photos", "--json").document["faces"] == 4

    out = ("export", place / "moved" / "p", place / "out", "--photos")
    facelabel(*out).refused("the photo is not there", "moved/photos/labelled/0.png", "import the folder")
    assert not (place / "out").exists()
    assert facelabel("status", place / "moved" / "p").code == 0
    again = facelabel("import", place / "moved" / "p", place / "photos", "--labels", "pts", "--json").document
    assert (again["relinked"], again["images"], again["labels"], again["refused"]) == (7, 0, 0, [])
    assert facelabel(*out).code == 0

    shutil.move(place / "moved", place / "elsewhere")
    shutil.move(place / "photos", place / "elsewhere" / "photos")
    before = contents(place / "elsewhere")
    facelabel("export", place / "elsewhere" / "p", place / "b", "--photos").refused("the photo is not there")
    assert contents(place / "elsewhere") == before


def test_photos_moved_along_stay_found(place: Path, facelabel: Command) -> None:
    shutil.move(place, place.with_name("new place"))
    moved = place.with_name("new place")
    assert facelabel("export", moved / "p", moved / "out", "--photos", "--json").document["faces"] == 4
    report = facelabel("import", moved / "p", moved / "photos", "--labels", "pts", "--json").document
    assert (report["known"], report["images"], report["relinked"]) == (7, 0, 0)


EACH = """
import sys
from facelabel import cli
for words in sys.argv[1].split("|"):
    sys.argv = ["facelabel", *words.split()]
    try:
        cli.main()
    except SystemExit as ended:
        print("code", ended.code or 0, file=sys.stderr, flush=True)
"""
POWERLESS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Root whom permissions bind like anybody else."""


def test_folders_without_permission(kept: Path) -> None:
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("needs root on Linux, to give files away")
    with TemporaryDirectory() as made:
        place = Path(made)
        shutil.copytree(kept, place, dirs_exist_ok=True)
        (place / "secret").mkdir(mode=0o700)
        place.chmod(0o755)
        for path in (place, *place.rglob("*")):
            os.chown(path, 65534, 65534)
        before = contents(place)
        steps = (
            (f"status {place}/p", None),
            (f"train {place}/p", "cannot be written"),
            (f"import {place}/p {place}/photos", "cannot be written"),
            (f"new {place}/q", "cannot be made"),
            (f"export {place}/p {place}/out", "cannot be written"),
            (f"status {place}/secret", "cannot be read"),
            (f"new {place}/secret", "cannot be read"),
            (f"new {place}/secret/p", "ermission"),
            (f"status {place}/secret/p", "ermission"),
            (f"export {place}/p {place}/secret/out", "ermission"),
            (f"evaluate {place}/p --against {place}/secret", "not readable"),
        )
        words = "|".join(step for step, _ in steps)
        done = subprocess.run(
            [*POWERLESS, sys.executable, "-c", EACH, words], capture_output=True, text=True, timeout=60, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        lines = done.stderr.strip().splitlines()
        for _, said in steps:
            if said is not None:
                assert said in lines.pop(0)
            assert lines.pop(0) == f"code {0 if said is None else 2}"
        assert contents(place) == before


@pytest.mark.parametrize(
    ("home", "project", "code"), [("größe 照片", "p", 0), ("größe 照片", "größe", 2), ("/proc/none", "p", 0)]
)
def test_a_home_that_is_not_ascii_or_not_there(place: Path, home: str, project: str, code: int) -> None:
    """In the plainest of locales, whose terminal takes ASCII only."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    environment |= {"FACELABEL_HOME": str(place / home), "HOME": str(place / home), "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "facelabel", "status", str(place / project), "--json"],
        capture_output=True,
        env=environment | {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        timeout=60,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr
    json.loads(done.stdout)


def test_a_name_that_no_file_system_takes(place: Path, facelabel: Command) -> None:
    for words in (["status"], ["new"], ["import", place / "p"], ["export", place / "p"]):
        facelabel(*words, place / ("n" * 300)).refused("name")


def test_a_stale_note_of_a_holder_does_not_lock(place: Path, facelabel: Command) -> None:
    (place / "p" / "project.lock").write_text("not even JSON")
    assert facelabel("campaign", place / "p", "batch=3").code == 0
    with Project.open(place / "p"):
        (place / "p" / "project.lock").unlink()
        facelabel("campaign", place / "p", "batch=3").refused("open in another program")
