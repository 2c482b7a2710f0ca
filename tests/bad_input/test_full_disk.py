"""A disk without room: one line, and the project as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.bad_input.conftest import Command, Told
from tests.bad_input.watching import contents, rows
from tests.store.samples import mounted


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB."""
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=16m", "tmpfs") as disk:
        yield disk


def leave(disk: Path, room: int) -> Path:
    """Fill the disk but for ``room`` bytes; the file to delete for more."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    free = os.statvfs(disk)
    ballast.write_bytes(bytes(max(0, free.f_bavail * free.f_bsize - room)))
    return ballast


def full(told: Told) -> None:
    """One line of blame after the worker's own, if one ran."""
    assert (told.code, told.out) == (2, ""), told
    *before, line = told.err.strip().splitlines()
    assert all(other.startswith(("worker: ", "starts from ")) for other in before), told.err
    assert line.startswith("facelabel: ")
    assert any(said in line for said in ("disk is full", "No space left")), line


@pytest.mark.parametrize("room", [0, 8 << 10, 64 << 10, 160 << 10])
def test_a_new_project(small: Path, facelabel: Command, room: int) -> None:
    leave(small, room)
    full(facelabel("new", small / "a" / "p"))
    assert [path.name for path in small.iterdir()] == ["ballast"]


def test_an_import_that_copies_photos(small: Path, tmp_path: Path, facelabel: Command) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(40):
        noise = np.random.default_rng(number).integers(0, 255, (128, 128, 3), dtype=np.uint8)
        Image.fromarray(noise).save(photos / f"{number:02d}.png")
    assert facelabel("new", small / "p", "--copy-photos").code == 0
    ballast = leave(small, 1_900_000)
    full(facelabel("import", small / "p", photos))
    stored = facelabel("status", small / "p", "--json").document["photos"]
    copies = [path.name for path in (small / "p" / "photos").iterdir()]
    assert len(copies) == stored, "what was copied and not stored is gone again"
    assert 0 < stored < 40
    ballast.unlink()
    again = facelabel("import", small / "p", photos, "--json").document
    assert (again["images"], again["known"]) == (40 - stored, stored)


def test_an_export(small: Path, place: Path, facelabel: Command) -> None:
    for room, photos in ((0, []), (4 << 10, []), (40 << 10, ["--photos"])):
        ballast = leave(small, room)
        full(facelabel("export", place / "p", small / "a" / "out", *photos))
        assert [path.name for path in small.iterdir()] == ["ballast"]
    ballast.unlink()
    assert facelabel("export", place / "p", small / "out").code == 0
    before = contents(small / "out")
    leave(small, 0)
    full(facelabel("export", place / "p", small / "out", "--overwrite"))
    assert contents(small / "out") == before
    assert sorted(path.name for path in small.iterdir()) == ["ballast", "out"]


def without_jobs(database: Path) -> list[str]:
    return [row for row in rows(database) if not row.startswith('INSERT INTO "job"') and "sqlite_sequence" not in row]


def test_a_training(small: Path, place: Path, facelabel: Command) -> None:
    """Full before it starts, too full for the weights."""
    shutil.copytree(place, small / "place")
    project = small / "place" / "p"
    before = without_jobs(project / "project.sqlite")
    for room in (0, 2 << 20):
        ballast = leave(small, room)
        full(facelabel("train", project))
        if room == 0:
            full(facelabel("campaign", project, "batch=4"))
        assert without_jobs(project / "project.sqlite") == before
        assert list((project / "models").iterdir()) == []
    ballast.unlink()
    assert facelabel("campaign", project, "batch=4").code == 0


def test_a_pretraining_goes_on_from_its_last_state(tmp_path: Path, facelabel: Command) -> None:
    with mounted(tmp_path / "wide", "-t", "tmpfs", "-o", "size=90m", "tmpfs") as disk:
        words = ("pretrain", disk / "run", "--steps", "4", "--rendered", "6", "--batch", "4")
        assert facelabel(*words, "--minutes", "0.0001").code == 0
        before = (disk / "run" / "state.pt").read_bytes()
        ballast = leave(disk, 2 << 20)
        full(facelabel(*words))
        assert (disk / "run" / "state.pt").read_bytes() == before
        assert not list((disk / "run").glob(".*.part"))
        ballast.unlink()
        assert facelabel(*words).code == 0
