"""A Review screen on a small project of rendered faces with planted errors, and hands for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelabel import schemes
from facelabel.geometry import Box
from facelabel.images.decode import probe
from facelabel.store import faces, images, labels, predictions, second_labels, versions
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.ui.image_loader import ImageLoader
from facelabel.ui.review.review_screen import ReviewScreen

LONG = 15_000
SCHEME = schemes.load("300w-68")
SIDE = 200


def shape_of(number: int) -> np.ndarray:
    """A face that differs a little from the next."""
    rng = np.random.default_rng(number)
    unit = SCHEME.template_shape * [SCHEME.template_aspect * 110, 110]
    return unit * rng.uniform(0.9, 1.1) + [40, 45] + rng.normal(0, 0.7, (68, 2))


def record(shape: np.ndarray) -> LabelRecord:
    return LabelRecord(shape, ("visible",) * 68, ("moved",) * 68, np.zeros(68))


def make_project(folder: Path, count: int = 14) -> tuple[Project, list[int]]:
    """``count`` labelled faces: the second is flipped left to right, the fourth was labelled twice."""
    project = Project.create(folder / "project", scheme=SCHEME)
    (folder / "photos").mkdir()
    ids = []
    with project.writing() as s:
        for number in range(count):
            path = folder / "photos" / f"{number:02d}.png"
            noise = np.random.default_rng(number).integers(60, 200, (SIDE, SIDE, 3), dtype=np.uint8)
            Image.fromarray(noise).save(path)
            image = images.add(s, probe(path), path, project)
            ids.append(faces.add(s, image.id, Box.around(shape_of(number)), source="detector").id)
        version = versions.add(
            s, preset="scaf-tiny", seed=0, labels=0, data_hash="0" * 64, parent_id=None, seconds=1.0, metrics={}
        )
        guessed = np.stack([shape_of(number) + 1.0 for number in range(count)]).astype(np.float32)
        predictions.save(s, version.id, ids, guessed, np.full((count, 68), 0.7, np.float32))
    for number, face_id in enumerate(ids):
        shape = shape_of(number)
        label(project, face_id, shape[SCHEME.flip_index] if number == 1 else shape, version=version.id)
    with project.writing() as s:
        newest = labels.newest(s, ids[3])
        assert newest is not None
        asked = second_labels.ask(s, ids[3], "repeated", first_id=newest[0].id, round_id=None, rank=1)
        second_labels.answer(s, asked.id, record(shape_of(3) + 2), author="ben", seconds=9.0)
    return project, ids


def label(
    project: Project, face_id: int, shape: np.ndarray, *, author: str = "ann", version: int | None = None
) -> None:
    with project.writing() as s:
        labels.add(s, face_id, record(shape), author=author, origin="desk", seconds=20.0, model_version_id=version)


@contextmanager
def screen_on(qtbot: QtBot, project: Project) -> Iterator[ReviewScreen]:
    """A shown screen with its first face open; its threads end with the block."""
    loader = ImageLoader(project.thumbnails_folder)
    screen = ReviewScreen(project, "lead", loader)
    qtbot.addWidget(screen)
    screen.resize(1366, 700)
    screen.show()
    try:
        qtbot.waitUntil(lambda: screen.face is not None and screen.stage.view.picture is not None, timeout=LONG)
        settle(qtbot, screen)
        yield screen
    finally:
        screen.shutdown()
        loader.shutdown()


def settle(qtbot: QtBot, screen: ReviewScreen) -> None:
    """Until nothing is being looked at, read or written."""
    qtbot.waitUntil(lambda: not screen.looking, timeout=LONG)


def key(screen: ReviewScreen, which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(screen.panel.list, which, modifiers)


def open_id(screen: ReviewScreen) -> int:
    assert screen.face is not None
    return screen.face.face_id


def state_of(project: Project, face_id: int) -> str:
    with project.reading() as s:
        return faces.get(s, face_id).state
