"""Ctrl-C, crashes of the worker, and photos that are gone when the worker wants them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from facelabel.jobs.supervisor import Supervisor
from facelabel.store import jobs
from facelabel.store.project import Project
from tests.bad_input.conftest import Command
from tests.bad_input.watching import contents

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and process groups are POSIX")


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)


def children(parent: int) -> list[int]:
    done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in done.stdout.split()]


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def job_states(project: Path) -> list[str]:
    with Project.open(project, read_only=True) as opened, opened.reading() as s:
        return [job.state for job in jobs.recent(s, 10)]


def interrupt(
    words: list[str | Path], begun: Callable[[int], bool]
) -> tuple[subprocess.CompletedProcess[str], list[int]]:
    """Run a command, send it SIGINT once it has ``begun``; how it ended, and the workers it had."""
    # A shell that starts the tests in the background lets them ignore SIGINT, which their children would inherit.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return _interrupt(words, begun)
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupt(
    words: list[str | Path], begun: Callable[[int], bool]
) -> tuple[subprocess.CompletedProcess[str], list[int]]:
    with subprocess.Popen(
        [sys.executable, "-m", "facelabel", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        wait_for(lambda: begun(process.pid) or process.poll() is not None)
        workers = children(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(words, process.returncode, out, err), workers


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_ctrl_c_while_training(place: Path, facelabel: Command) -> None:
    assert facelabel("campaign", place / "p", "steps=100000").code == 0
    job = place / "p" / "jobs" / "0001"
    done, workers = interrupt(
        ["train", place / "p", "--json"], lambda pid: bool(children(pid)) and (job / "log.txt").exists()
    )
    assert len(workers) == 1
    assert done.returncode == 130
    assert done.stderr.strip().splitlines()[-1] == "facelabel: stopped"
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout)["error"]["what"] == "stopped"
    wait_for(lambda: gone(workers[0]), 5)
    assert job_states(place / "p") == ["cancelled"]
    assert facelabel("status", place / "p").code == 0
    assert facelabel("next", place / "p").code == 0


def test_ctrl_c_while_importing(place: Path, facelabel: Command) -> None:
    folder = place / "many"
    folder.mkdir()
    Image.fromarray(np.zeros((5000, 5000, 3), np.uint8)).save(folder / "0.png", compress_level=1)
    for number in range(1, 400):
        os.link(folder / "0.png", folder / f"{number}.png")
    start = time.monotonic()
    done, _ = interrupt(["import", place / "p", folder], lambda pid: (place / "p" / "project.lock").exists())
    assert (done.returncode, done.stderr) == (130, "facelabel: stopped\n")
    assert time.monotonic() - start < 40, "photos that nobody had begun are not waited for"
    assert facelabel("status", place / "p", "--json").document["faces"]["labelled"] == 4


WORKERS = {
    "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)": "crashed (Segmentation fault)",
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)": "was killed",
    "raise SystemExit(3)": "ended with code 3",
    "print('{not a message')": "without a result",
    "import no_such_module": "No module named 'no_such_module'",
    "import sys; sys.stdout.buffer.write(bytes(range(256)))": "without a result",
}


@pytest.mark.parametrize("code", WORKERS)
def test_a_worker_that_dies(place: Path, facelabel: Command, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setitem(Supervisor.__init__.__kwdefaults__, "command", (sys.executable, "-S", "-c", code))
    models = contents(place / "p" / "models")
    told = facelabel("train", place / "p")
    assert (told.code, told.out) == (2, "")
    again, line = told.err.strip().splitlines()
    assert "Trying once more" in again
    assert line.startswith("facelabel: ")
    assert WORKERS[code] in line
    assert "log.txt" in line
    assert contents(place / "p" / "models") == models
    assert job_states(place / "p") == ["failed"]


def test_no_worker_at_all(place: Path, facelabel: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Supervisor.__init__.__kwdefaults__, "command", ("/no/such/python",))
    facelabel("train", place / "p").refused("cannot be started", "facelabel doctor")
    assert job_states(place / "p") == ["failed"]


@pytest.mark.usefixtures("quick_worker")
def test_photos_that_are_gone_or_spoilt_are_left_out_and_named(place: Path, facelabel: Command) -> None:
    """In training, scoring, finding faces and measuring; none of them is fatal while something is left."""
    labelled, pool = place / "photos" / "labelled", place / "photos" / "pool"
    (labelled / "0.png").unlink()
    (labelled / "1.png").write_text("spoilt")
    told = facelabel("train", place / "p", "--json")
    assert told.code == 0, told
    assert told.document["labels"] == 2
    assert len(told.document["failures"]) == 2
    assert sum("left out: " in line for line in told.err.splitlines()) == 2
    (pool / "4.png").unlink()
    told = facelabel("score", place / "p", "--json")
    assert told.code == 0, told
    assert {Path(line.split(": ")[0]).name for line in told.document["failures"]} >= {"0.png", "1.png", "4.png"}
    told = facelabel("next", place / "p", "--json")
    assert told.code == 0
    for path in pool.glob("*.png"):
        path.unlink()
    for path in labelled.glob("*.png"):
        path.unlink()
    told = facelabel("train", place / "p")
    assert told.code == 2
    assert "can be read" in told.err.strip().splitlines()[-1]
    assert facelabel("status", place / "p", "--json").document["version"] == 1
