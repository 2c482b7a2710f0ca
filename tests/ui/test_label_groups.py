"""The group pass through the window: one group, face after face, nothing lost and nothing labelled too early."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from facelabel.desk import asking
from facelabel.store import drafts, labels
from facelabel.store.tables import BatchItem
from facelabel.ui.label_screen import LabelScreen
from tests.ui.labelling import (
    at_landmark,
    click,
    drag,
    face_id,
    key,
    label_of,
    make_project,
    next_face,
    screen_on,
    settle,
    state_of,
)

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
SPACE = Qt.Key.Key_Space


def begin(screen: LabelScreen, landmark: int) -> None:
    screen.commands.choose_landmark(landmark)
    key(screen, Qt.Key.Key_G, SHIFT)


def test_a_group_goes_through_the_batch_and_the_last_group_labels_the_faces(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="300w-68", count=3) as project, screen_on(qtbot, project) as screen:
        groups = list(project.scheme.groups)
        scale = screen.canvas.view.scale
        begin(screen, 36)
        assert screen.group_pass.group == "left-eye"
        assert screen.group_bar.isVisible()
        assert screen.canvas.view.scale > 2 * scale, "zoomed to the eye"
        seen = screen.canvas.screen_points()[list(project.scheme.groups["left-eye"])]
        assert (seen >= 0).all()
        assert (seen <= [screen.canvas.width(), screen.canvas.height()]).all()
        assert screen.canvas.current in project.scheme.groups["left-eye"]
        order, first = [], face_id(screen)
        for place in range(3):
            order.append(face_id(screen))
            assert screen.group_pass.progress("left-eye") == (place, 3)
            key(screen, SPACE)
            if place < 2:
                next_face(qtbot, screen, order[-1])
        assert len(set(order)) == 3
        qtbot.waitUntil(lambda: screen.bench.face is not None and screen.bench.face.id == first)
        assert screen.group_pass.group == groups[groups.index("left-eye") + 1], "on to the next group, from the top"
        settle(qtbot, screen)
        assert [state_of(project, face) for face in order] == ["open"] * 3
        while screen.group_pass.on:
            here = face_id(screen)
            key(screen, SPACE)
            if screen.group_pass.on:
                qtbot.waitUntil(lambda here=here: screen.bench.face is not None and screen.bench.face.id != here)
        settle(qtbot, screen)
        assert [state_of(project, face) for face in order] == ["labelled"] * 3
        with project.reading() as s:
            assert all(len(labels.history(s, face)) == 1 for face in order)
        assert not screen.group_bar.isVisible()


def test_what_is_confirmed_survives_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="300w-68", count=3) as project:
        with screen_on(qtbot, project) as screen:
            first = face_id(screen)
            begin(screen, 36)
            drag(screen, at_landmark(screen, 37), QPoint(20, 10))
            moved = screen.bench.session.shape[37]
            key(screen, SPACE)
            next_face(qtbot, screen, first)
            settle(qtbot, screen)
            with project.reading() as s:
                kept = drafts.get(s, first)
            assert kept is not None
            assert kept["session"]["confirmed"] == ["left-eye"]
            assert kept["seconds"] >= 0
        with screen_on(qtbot, project) as screen:
            begin(screen, 36)
            qtbot.waitUntil(lambda: screen.group_pass.progress("left-eye")[0] == 1)
            session = screen.bench.session
            if face_id(screen) == first:
                np.testing.assert_allclose(session.shape[37], moved)
                assert "left-eye" not in asking.unconfirmed(session)
            key(screen, SPACE)
            key(screen, SPACE)
            assert state_of(project, first) == "open"


def test_undo_comes_back_to_the_face_and_takes_the_confirmation_away(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="300w-68", count=2) as project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        begin(screen, 8)
        key(screen, SPACE)
        second = next_face(qtbot, screen, first)
        key(screen, Qt.Key.Key_Z, CTRL)
        assert face_id(screen) == first
        assert "jaw" in asking.unconfirmed(screen.bench.session)
        assert screen.group_pass.progress("jaw") == (0, 2)
        key(screen, SPACE)
        qtbot.waitUntil(lambda: screen.bench.face is not None and screen.bench.face.id == second)
        assert screen.group_pass.progress("jaw") == (1, 2)
        row = screen.bench.queue.row_of(first)
        assert row is not None
        assert screen.bench.queue.state_text(row) == "group confirmed"


def test_keys_and_pointer_keep_to_the_group(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="300w-68", count=2) as project, screen_on(qtbot, project) as screen:
        begin(screen, 36)
        walked = set()
        for _ in range(8):
            key(screen, Qt.Key.Key_Tab)
            walked.add(screen.canvas.current)
        assert walked == set(project.scheme.groups["left-eye"])
        brow = at_landmark(screen, 19)
        assert screen.canvas.nearest(brow.toPointF()) in project.scheme.groups["left-eye"]
        key(screen, Qt.Key.Key_Escape)
        assert not screen.group_pass.on
        assert screen.canvas.nearest(at_landmark(screen, 19).toPointF()) == 19


def test_faces_asked_for_in_part_need_their_groups_only(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, scheme="300w-68", count=2)
    with project.writing() as s:
        s.execute(update(BatchItem).values(asked=[36, 8]))
    with project, screen_on(qtbot, project) as screen:
        faces = []
        begin(screen, 36)
        for _ in range(4):
            faces.append(face_id(screen))
            last = len(faces) == 4
            key(screen, SPACE)
            if not last:
                next_face(qtbot, screen, faces[-1])
        settle(qtbot, screen)
        assert not screen.group_pass.on
        for face in set(faces):
            record = label_of(project, face)
            assert record is not None
            assert len(record.predicted) == 66


def test_the_time_of_a_pass_counts_to_its_group(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="face-5", count=1) as project, screen_on(qtbot, project) as screen:
        groups = list(project.scheme.groups)
        begin(screen, 0)
        meter = screen.bench.face.meter
        for _ in groups:
            screen.bench.touch()
            key(screen, SPACE)
        settle(qtbot, screen)
        assert state_of(project, 1) == "labelled"
        counted = meter.to_content()["groups"]
    assert set(groups) <= set(counted)


def test_without_a_model_the_group_is_placed_point_by_point(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(tmp_path, scheme="300w-68", count=2, predicted=False)
    with project, screen_on(qtbot, project) as screen:
        begin(screen, 36)
        assert screen.canvas.place_mode
        eye = project.scheme.groups["left-eye"]
        assert screen.canvas.current == eye[0]
        for step, index in enumerate(eye):
            assert screen.canvas.current == index
            click(screen, QPoint(200 + 10 * step, 200))
        assert not screen.canvas.place_mode, "the group is through"
        session = screen.bench.session
        assert session is not None
        assert {i for i, mark in enumerate(session.marks) if mark.source == "placed"} == set(eye)
