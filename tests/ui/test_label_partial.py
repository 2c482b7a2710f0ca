"""Faces that are asked for in part, and expected errors, through the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from facelabel.store import labels
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.store.tables import BatchItem, Face
from tests.ui.labelling import (
    LONG,
    at_landmark,
    click,
    drag,
    face_id,
    follow,
    key,
    label_of,
    make_project,
    next_face,
    predict,
    screen_on,
    settle,
)

SHIFT = Qt.KeyboardModifier.ShiftModifier
ASKED = [36, 8, 48]


def asked_in_part(folder: Path, count: int = 3) -> Project:
    project = make_project(folder, scheme="300w-68", count=count)
    with project.writing() as s:
        s.execute(update(BatchItem).values(asked=ASKED))
    return project


def test_only_what_is_asked_for_is_confirmed(qtbot: QtBot, tmp_path: Path) -> None:
    with asked_in_part(tmp_path) as project, screen_on(qtbot, project) as screen:
        model = screen.table.model
        assert "3 landmarks asked for" in screen.status.why.text()
        assert model.data(model.index_of(36, 3)) == "asked"
        assert model.data(model.index_of(37, 3)) == "not asked"
        walked = []
        for _ in range(4):
            key(screen, Qt.Key.Key_N)
            walked.append(screen.canvas.current)
        assert set(walked[:3]) == set(ASKED)
        assert walked[3] == walked[0], "round and round"
        drag(screen, at_landmark(screen, 8), QPoint(0, 30))
        assert model.data(model.index_of(8, 3)).startswith("moved")
        assert screen.bench.session is not None
        assert screen.bench.session.marks[7].source == "predicted", "it follows, and stays the model's"
        first = face_id(screen)
        key(screen, Qt.Key.Key_Space)
        next_face(qtbot, screen, first)
        settle(qtbot, screen)
        label = label_of(project, first)
    assert label is not None
    assert {i for i, source in enumerate(label.sources) if source != "predicted"} == set(ASKED)
    assert label.sources[8] == "moved"
    assert label.sources[36] == "accepted"


def test_somebody_may_answer_for_all(qtbot: QtBot, tmp_path: Path) -> None:
    with asked_in_part(tmp_path) as project, screen_on(qtbot, project) as screen:
        key(screen, Qt.Key.Key_N, SHIFT)
        model = screen.table.model
        assert model.data(model.index_of(37, 3)) == "model"
        first = face_id(screen)
        key(screen, Qt.Key.Key_Space)
        next_face(qtbot, screen, first)
        settle(qtbot, screen)
        label = label_of(project, first)
    assert label is not None
    assert label.predicted == ()


def audited(project: Project, count: int, off: float) -> None:
    """The first faces become audit faces, whose labels the newest version misses by ``off`` pixels."""
    with project.writing() as s:
        ids = [row.face_id for row in s.query(BatchItem).order_by(BatchItem.rank)][:count]
        s.execute(update(Face).where(Face.id.in_(ids)).values(holdout=True))
    predict(project, list(range(1, count + 4)), shift=0.0)
    size = project.scheme.size
    for face in ids:
        with project.writing() as s:
            box = s.get_one(Face, face)
            shape = project.scheme.template_shape * [box.width, box.height] + [box.left + off, box.top]
            record = LabelRecord(shape, ("visible",) * size, ("placed",) * size, np.zeros(size))
            labels.add(s, face, record, author="me", origin="desk", seconds=1.0)


def test_expected_errors_are_told_once_audit_faces_have_spoken(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, scheme="300w-68", count=13)
    audited(project, 10, off=4.0)
    with project, screen_on(qtbot, project) as screen:
        model = screen.table.model
        qtbot.waitUntil(lambda: screen.doubts.known.ready, timeout=LONG)
        qtbot.waitUntil(lambda: model.headerData(1, Qt.Orientation.Horizontal) == "Off by", timeout=LONG)
        told = [model.data(model.index_of(i, 1)) for i in range(68)]
        assert all(text.endswith(" px") for text in told)
        pixels = [float(text.removesuffix(" px")) for text in told]
        assert 1.5 < np.mean(pixels) < 9, "the model is four pixels off"
        assert "10 audit faces" in model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        drag(screen, at_landmark(screen, 8), QPoint(0, 30))
        assert model.data(model.index_of(8, 1)) == "", "what a person put somewhere is not doubted"
        near = float(model.data(model.index_of(7, 1)).removesuffix(" px"))
        assert near < pixels[7], "its neighbour is less in doubt"
        assert not screen.canvas.look.errors
        key(screen, Qt.Key.Key_E)
        assert screen.canvas.look.errors
        assert screen.bench.session is not None
        key(screen, Qt.Key.Key_N)
        first = screen.canvas.current
        expected = screen.bench.session.expectation
        if first is not None and expected is not None and expected.worth_a_look:
            assert first == expected.worth_a_look[0], "the largest expected gain first"


def test_without_enough_audit_faces_the_table_says_what_is_missing(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, scheme="300w-68", count=6)
    audited(project, 3, off=4.0)
    with project, screen_on(qtbot, project) as screen:
        model = screen.table.model
        qtbot.waitUntil(lambda: screen.doubts.known.faces == 3, timeout=LONG)
        assert model.headerData(1, Qt.Orientation.Horizontal) == "Conf."
        assert model.data(model.index_of(0, 1)).endswith(" %")
        said = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        assert "not calibrated yet: 3 of 8 audit faces" in said


def test_the_guide_shows_the_landmark_and_folds_away(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="300w-68", count=2) as project, screen_on(qtbot, project) as screen:
        guide = screen.table.guide
        drawn = guide.close_up
        screen.commands.choose_landmark(36)
        follow()
        assert guide.text().startswith("37  left-eye-outer-corner: Outer corner")
        at = drawn.points()[39]
        qtbot.mouseClick(drawn, Qt.MouseButton.LeftButton, pos=QPoint(*at.round().astype(int)))
        assert screen.canvas.current == 39
        assert guide.map.isVisible()
        qtbot.mouseClick(guide.button, Qt.MouseButton.LeftButton)
        assert not guide.map.isVisible()
        assert not screen._settings.show_guide
        screen.commands.choose_landmark(8)
        follow()
        assert "chin" in guide.text()
        click(screen, at_landmark(screen, 30))
        assert screen.canvas.current == 30
