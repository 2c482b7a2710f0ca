"""A window on a small project of real pictures, and a worker that does what the test says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import cv2
import numpy as np
from pytestqt.qtbot import QtBot

from facelabel.campaign.loop import Campaign, CampaignStatus
from facelabel.campaign.settings import CampaignSettings
from facelabel.geometry import Box
from facelabel.images.decode import probe
from facelabel.jobs.messages import JobSpec, Message, Progress, Started
from facelabel.jobs.supervisor import Outcome
from facelabel.settings import Settings
from facelabel.store import faces, images, labels
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.ui.main_window import MainWindow
from tests.campaign.bench import SCHEME, fake_result

LONG = 10_000


class FakeWorker:
    """Stands where ``Supervisor`` stands. Jobs run until ``released`` with ``hold``."""

    def __init__(self) -> None:
        self.specs: list[JobSpec] = []
        self.commands: list[str] = []
        self.hold = False
        self.fails: str | None = None
        self.raises: Exception | None = None
        self.released = Event()

    def __call__(self, folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> _Run:
        self.specs.append(spec)
        return _Run(self, folder, spec, on_message)

    @property
    def kinds(self) -> list[str]:
        return [spec.kind for spec in self.specs]


class _Run:
    def __init__(self, worker: FakeWorker, folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> None:
        self._worker, self._folder, self._spec, self._say = worker, folder, spec, on_message
        self._cancelled = False
        worker.released = Event()

    def run(self) -> Outcome:
        self._say(Started(device="a fake device", pid=1))
        self._say(Progress(stage="train", done=5, total=10, eta_s=30.0, loss=0.5))
        if self._worker.hold:
            assert self._worker.released.wait(LONG / 1000)
        if self._cancelled:
            return Outcome("cancelled", "cancelled")
        if self._worker.raises is not None:
            raise self._worker.raises
        if self._worker.fails is not None:
            return Outcome("failed", self._worker.fails)
        fake_result(self._folder, self._spec)
        return Outcome("done")

    def cancel(self) -> None:
        self._worker.commands.append("cancel")
        self._cancelled = True
        self._worker.released.set()

    def pause(self) -> None:
        self._worker.commands.append("pause")

    def resume(self) -> None:
        self._worker.commands.append("resume")


def pictures(folder: Path, count: int) -> list[tuple[Path, np.ndarray]]:
    """``count`` photos of five coloured dots each, and where the dots are."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number in range(count):
        rng = np.random.default_rng(number)
        shape = np.array(SCHEME.template_shape) * rng.uniform(50, 70) + rng.uniform(30, 50, 2)
        picture = rng.integers(90, 130, (140, 140, 3), dtype=np.uint8)
        for index, (x, y) in enumerate(shape.round().astype(int).tolist()):
            cv2.circle(picture, (x, y), 4, (40 * index, 250 - 40 * index, 255), -1)
        path = folder / f"{number:03d}.png"
        assert cv2.imwrite(str(path), picture)
        made.append((path, shape))
    return made


def make_project(folder: Path, count: int = 24, **settings: object) -> dict[int, np.ndarray]:
    """A closed project with ``count`` open faces; the true shape by face id."""
    truth = {}
    with Project.create(folder, scheme=SCHEME) as project:
        values = {"first_batch": 3, "batch": 3, "steps": 3, "holdout": 0.0, "budget": 20, "start_from": "scratch"}
        values |= {"overlap": 3} | settings
        Campaign(project).change(CampaignSettings.model_validate(values), "test")
        for path, shape in pictures(folder.parent / f"{folder.name}-photos", count):
            with project.writing() as s:
                image = images.add(s, probe(path), path, project)
                truth[faces.add(s, image.id, Box.around(shape), source="file").id] = shape
    return truth


def label(project: Project, face_id: int, shape: np.ndarray) -> None:
    record = LabelRecord(shape, ("visible",) * len(shape), ("placed",) * len(shape), np.zeros(len(shape)))
    with project.writing() as s:
        labels.add(s, face_id, record, author="test", origin="desk", seconds=5.0)


def label_batch(window: MainWindow, truth: dict[int, np.ndarray]) -> None:
    """Answer every open face of the batch and say so, as the label screen does."""
    work = window.workspace
    assert work is not None
    assert work.label is not None
    for item in work.campaign.queue():
        if not item.ahead:
            label(work.project, item.face_id, truth[item.face_id])
    work.label.batch_completed.emit()


def open_project(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    with qtbot.waitSignal(window.project_opened, timeout=LONG):
        window.open_project(folder)


def show(qtbot: QtBot, worker: FakeWorker) -> MainWindow:
    window = MainWindow(Settings(author="test"), make_supervisor=worker)
    qtbot.addWidget(window, before_close_func=leave)
    window.show()
    return window


def leave(window: MainWindow) -> None:
    """End whatever runs, so that the window closes without asking."""
    if window.workspace is not None:
        window.workspace.trainer.shutdown()


def campaign_status(**values: object) -> CampaignStatus:
    """Of a campaign in its third round, but for ``values``."""
    base = {
        "round": 3,
        "phase": "labelling",
        "batch_done": 7,
        "batch_size": 10,
        "labels": 27,
        "budget": 200,
        "budget_left": 173,
        "open_faces": 900,
        "function": "nnm",
        "version": 2,
        "trained_on": 18,
        "seconds_per_face": 20.0,
        "holdout_faces": 2,
    }
    return CampaignStatus(**(base | values))  # type: ignore[arg-type]
