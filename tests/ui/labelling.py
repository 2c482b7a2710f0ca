"""A label screen on a small project of synthetic pictures, and hands for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facelabel import schemes
from facelabel.campaign.loop import Campaign
from facelabel.campaign.settings import CampaignSettings
from facelabel.geometry import Box
from facelabel.images.decode import probe
from facelabel.schemes import Scheme
from facelabel.settings import Settings
from facelabel.store import faces, images, labels, predictions, versions
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.ui import after_paint
from facelabel.ui.image_loader import ImageLoader
from facelabel.ui.label_screen import LabelScreen

LONG = 15_000
SIDE = 200
BOX = Box(40, 50, 110, 120)


def make_project(
    folder: Path, *, scheme: Scheme | str = "face-5", count: int = 4, two_faces: bool = False, predicted: bool = True
) -> Project:
    """``count`` pictures with a face each (the first with two, on request) and a drawn batch of all of them."""
    known = schemes.load(scheme) if isinstance(scheme, str) else scheme
    project = Project.create(folder / "project", scheme=known)
    (folder / "photos").mkdir()
    rng = np.random.default_rng(0)
    with project.writing() as s:
        ids = []
        for number in range(count):
            path = folder / "photos" / f"{number}.png"
            Image.fromarray(rng.integers(0, 255, (SIDE, 2 * SIDE, 3), dtype=np.uint8)).save(path)
            image = images.add(s, probe(path), path, project)
            ids.append(faces.add(s, image.id, BOX, source="detector", score=0.9).id)
            if two_faces and number == 0:
                box = Box(BOX.left + SIDE, BOX.top, BOX.width, BOX.height)
                ids.append(faces.add(s, image.id, box, source="detector", score=0.8).id)
    if predicted:
        predict(project, ids, shift=0.0)
    campaign = Campaign(project)
    campaign.change(CampaignSettings(first_batch=len(ids), batch=len(ids), holdout=0.0, discard=0.0), "test")
    campaign.draw()
    return project


def predict(project: Project, face_ids: list[int], shift: float) -> None:
    """A new model version that puts every landmark at the template, ``shift`` pixels to the right."""
    size = project.scheme.size
    with project.writing() as s:
        version = versions.add(
            s, preset="scaf-tiny", seed=0, labels=2, data_hash="0" * 64, parent_id=None, seconds=1.0, metrics={}
        )
        boxes = [faces.box_of(faces.get(s, face_id)) for face_id in face_ids]
        shapes = [project.scheme.template_shape * [b.width, b.height] + [b.left + shift, b.top] for b in boxes]
        confidence = np.tile(np.linspace(0.9, 0.2, size, dtype=np.float32), (len(face_ids), 1))
        predictions.save(s, version.id, face_ids, np.array(shapes, dtype=np.float32), confidence)
        values = np.linspace(1, 0.5, len(face_ids))
        predictions.save_scores(s, version.id, "nnm", face_ids, values)


@contextmanager
def screen_on(qtbot: QtBot, project: Project, *, wait: bool = True) -> Iterator[LabelScreen]:
    """A shown screen with a face open; its threads end with the block."""
    loader = ImageLoader(project.thumbnails_folder)
    screen = LabelScreen(project, Campaign(project), Settings(author="tester"), loader)
    qtbot.addWidget(screen)
    screen.resize(1500, 700)
    screen.show()
    try:
        if wait:
            qtbot.waitUntil(lambda: screen.bench.face is not None and screen.canvas.picture is not None, timeout=LONG)
            # Keys reach no window that is not active, and on a busy machine that takes a while.
            screen.activateWindow()
            screen.canvas.setFocus()
            qtbot.waitUntil(screen.canvas.hasFocus, timeout=LONG)
        yield screen
    finally:
        screen.shutdown()
        loader.shutdown()


def settle(qtbot: QtBot, screen: LabelScreen) -> None:
    """Until everything that was asked for is committed."""
    qtbot.waitUntil(lambda: screen.bench.store.state == "saved", timeout=LONG)


def face_id(screen: LabelScreen) -> int:
    assert screen.bench.face is not None
    return screen.bench.face.id


def next_face(qtbot: QtBot, screen: LabelScreen, after: int) -> int:
    """The id of the face that follows one that left, once it is open."""
    qtbot.waitUntil(lambda: screen.bench.face is not None and screen.bench.face.id != after, timeout=LONG)
    follow()
    return face_id(screen)


def state_of(project: Project, face: int) -> str:
    with project.reading() as s:
        return faces.get(s, face).state


def label_of(project: Project, face: int) -> LabelRecord | None:
    with project.reading() as s:
        newest = labels.newest(s, face)
        return None if newest is None else newest[1]


def key(screen: LabelScreen, which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(screen.canvas, which, modifiers)
    follow()


def follow() -> None:
    """Let what stands beside the canvas follow it, as it does once the canvas is painted."""
    QCoreApplication.sendPostedEvents(None, after_paint.EVENT.value)


def skip(qtbot: QtBot, screen: LabelScreen, why: Qt.Key = Qt.Key.Key_X) -> None:
    """X, and the key of a reason; X again gives none."""
    key(screen, Qt.Key.Key_X)
    answer(qtbot, screen, why)


def answer(qtbot: QtBot, screen: LabelScreen, why: Qt.Key) -> None:
    """A key in the menu of reasons; without a window manager the window has to be made active again."""
    menu = screen.commands._reasons
    qtbot.waitUntil(menu.isVisible, timeout=LONG)
    QTest.keyClick(menu, why)
    screen.activateWindow()
    qtbot.waitUntil(screen.canvas.hasFocus, timeout=LONG)


def at_landmark(screen: LabelScreen, index: int, dx: float = 0, dy: float = 0) -> QPoint:
    """The screen pixel of a landmark, and ``dx``, ``dy`` screen pixels beside it."""
    x, y = screen.canvas.screen_points()[index]
    return QPoint(round(x - 0.5 + dx), round(y - 0.5 + dy))


def click(
    screen: LabelScreen,
    at: QPoint,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    QTest.mouseClick(screen.canvas, button, modifiers, at)
    follow()


def drag(
    screen: LabelScreen,
    start: QPoint,
    by: QPoint,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    *,
    release: bool = True,
) -> None:
    """Press, move in eight steps, and release."""
    canvas = screen.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, modifiers, start)
    for step in range(1, 9):
        at = QPointF(start + by * step / 8)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            QPointF(canvas.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            modifiers,
        )
        QApplication.sendEvent(canvas, event)
    if release:
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, modifiers, start + by)
    follow()
