"""The real entry point in this process, and small projects to point it at."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest
from PIL import Image

from facelabel import cli, schemes
from facelabel.errors import FacelabelError
from facelabel.formats import pts
from facelabel.jobs.messages import JobSpec, Message
from facelabel.jobs.supervisor import Outcome
from facelabel.jobs.worker import Job

SIDE = 96


@dataclass(frozen=True)
class Told:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found

    def refused(self, *said: str) -> str:
        """Exit code 2, nothing on stdout, one line on stderr with all that is ``said``; the line."""
        assert (self.code, self.out) == (2, ""), self
        (line,) = self.err.strip().splitlines()
        assert line.startswith("facelabel: ")
        assert all(part in line for part in said), line
        return line


class Command(Protocol):
    def __call__(self, *words: str | Path) -> Told: ...


@pytest.fixture
def facelabel(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """The ``facelabel`` command, from its words to its exit code."""

    def run(*words: str | Path) -> Told:
        monkeypatch.setattr("sys.argv", ["facelabel", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        assert "Traceback" not in told.err, told.err
        return Told(int(ended.value.code or 0), told.out, told.err)

    return run


@pytest.fixture
def quick_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs run in this process, which loads torch once for all of them."""
    monkeypatch.setattr("facelabel.jobs.supervisor.Supervisor", _InThisProcess)
    monkeypatch.setattr("facelabel.evaluation.predicting.Supervisor", _InThisProcess)


class _InThisProcess:
    """Stands where ``Supervisor`` stands, and where the worker's pipe does."""

    def __init__(self, folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> None:
        self._folder, self._spec, self.send = folder, spec, on_message

    def run(self) -> Outcome:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "spec.json").write_text(self._spec.model_dump_json())
        try:
            Job(self._folder, self._spec, self).run()  # type: ignore[arg-type]
        except FacelabelError as error:
            return Outcome("failed", str(error))
        return Outcome("done")

    def checkpoint(self) -> None:
        """Nobody pauses or cancels it."""


def face(number: int, folder: Path, *, labelled: bool = True, side: int = SIDE, suffix: str = ".png") -> Path:
    """A photo of 68 bright dots on noise, and its ``.pts``."""
    rng = np.random.default_rng(number)
    pixels = rng.integers(60, 90, (side, side, 3), dtype=np.uint8)
    shape = schemes.load("300w-68").template_shape * side / 2 + side / 4 + rng.uniform(-4, 4, 2)
    for x, y in shape.round().astype(int):
        pixels[y - 1 : y + 2, x - 1 : x + 2] = 255
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number}{suffix}"
    Image.fromarray(pixels).save(path)
    if labelled:
        path.with_suffix(".pts").write_text(pts.dumps(shape))
    return path


def boxes_for(photos: list[Path], file: Path, side: int = SIDE) -> Path:
    rows = [f"{photo.name},{side // 4},{side // 4},{side // 2},{side // 2}" for photo in photos]
    file.write_text("\n".join(["image,left,top,width,height", *rows]) + "\n")
    return file


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project ``p`` of four labelled and three open faces, and its ``photos`` beside it."""
    root = tmp_path_factory.mktemp("kept")
    for number in range(4):
        face(number, root / "photos" / "labelled")
    pool = [face(number, root / "photos" / "pool", labelled=False) for number in range(4, 7)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FACELABEL_HOME", str(root / "home"))
        for words in (
            ["new", root / "p"],
            ["campaign", root / "p", "steps=2", "batch=2", "first_batch=2"],
            ["import", root / "p", root / "photos" / "labelled", "--labels", "pts"],
            ["import", root / "p", root / "photos" / "pool", "--boxes", boxes_for(pool, root / "photos" / "boxes.csv")],
        ):
            patch.setattr("sys.argv", ["facelabel", *map(str, words)])
            with pytest.raises(SystemExit) as ended:
                cli.main()
            assert not ended.value.code
    return root


@pytest.fixture
def place(kept: Path, tmp_path: Path) -> Path:
    """A copy of ``kept`` of the test's own."""
    return Path(shutil.copytree(kept, tmp_path / "place"))


def scheme_text(landmarks: int, first: str = "") -> str:
    """A user's scheme of any size without eyes; ``first`` is its first line."""
    points = [f'{{ name = "p{i}", group = "g", definition = "Point {i}." }},' for i in range(landmarks)]
    template = [f"[{i % 15}, {i // 15 + i % 2}]," for i in range(landmarks)]
    flip = first or f"flip = {list(range(landmarks))}"
    head = [flip, 'id = "own"', 'title = "Own"', "allow_absent = true"]
    return "\n".join([*head, "landmarks = [", *points, "]", "template = [", *template, "]"]) + "\n"
