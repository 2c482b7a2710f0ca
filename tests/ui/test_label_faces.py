"""Faces come and go on the label screen, and what was decided is in the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from facelabel import schemes
from facelabel.campaign.loop import Campaign
from facelabel.desk.desk import FacePicture
from facelabel.errors import StoreError
from facelabel.geometry import Box
from facelabel.store import drafts, faces
from facelabel.store.project import Project
from facelabel.store.tables import Face, Revision
from facelabel.ui.label_screen import LabelScreen
from tests.ui.labelling import (
    BOX,
    LONG,
    SIDE,
    answer,
    at_landmark,
    click,
    face_id,
    key,
    label_of,
    make_project,
    next_face,
    predict,
    screen_on,
    settle,
    skip,
    state_of,
)

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_space_saves_the_label_and_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        click(screen, at_landmark(screen, 2, 20, 15))
        expected = screen.bench.face.session.shape
        with qtbot.waitSignal(screen.label_saved, timeout=LONG) as saved:
            key(screen, Qt.Key.Key_Space)
        assert saved.args == [first]
        record = label_of(project, first)
        np.testing.assert_allclose(record.shape, expected)
        assert record.sources == ("accepted", "accepted", "moved", "accepted", "accepted")
        assert state_of(project, first) == "labelled"
        with project.reading() as s:
            revision = s.scalars(select(Revision)).one()
            assert revision.author == "tester"
            assert revision.origin == "desk"
            assert revision.round_id == 1
            assert revision.model_version_id == 1
            assert drafts.get(s, first) is None
        assert screen.bench.queue.row_of(first).state == "labelled"
        qtbot.waitUntil(lambda: "Face 2 of 4" in screen.status.batch.text(), timeout=LONG)
        assert next_face(qtbot, screen, first) != first


def test_keys_that_come_before_the_next_face_is_there_do_not_meet_the_one_that_left(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        screen.bench._ahead.forget_all()
        first = face_id(screen)
        key(screen, Qt.Key.Key_Space)
        for which in (Qt.Key.Key_Space, Qt.Key.Key_X, Qt.Key.Key_V, Qt.Key.Key_Right):
            key(screen, which)
        click(screen, QPoint(300, 300))
        next_face(qtbot, screen, first)
        settle(qtbot, screen)
        assert state_of(project, first) == "labelled"
        with project.reading() as s:
            assert len(s.scalars(select(Revision.id)).all()) == 1
            assert drafts.get(s, first) is None
            assert faces.counts(s).get("skipped", 0) == 0


def test_the_batch_completes_once_and_undo_reopens_its_last_face(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, count=2) as project, screen_on(qtbot, project) as screen:
        completed = []
        screen.batch_completed.connect(lambda: completed.append(True))
        click(screen, at_landmark(screen, 0, 30, 0))
        moved = screen.bench.face.session.shape
        first = face_id(screen)
        key(screen, Qt.Key.Key_Return)
        next_face(qtbot, screen, first)
        key(screen, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: completed == [True] and screen.bench.face is None, timeout=LONG)
        qtbot.waitUntil(lambda: "batch is done" in screen.canvas.message, timeout=LONG)
        key(screen, Qt.Key.Key_Z, CTRL)
        assert face_id(screen) != first
        key(screen, Qt.Key.Key_Z, CTRL)
        assert face_id(screen) == first, "nothing was edited on the second face: undo goes on to the first"
        settle(qtbot, screen)
        assert state_of(project, first) == "open"
        np.testing.assert_array_equal(screen.bench.face.session.shape, moved)
        key(screen, Qt.Key.Key_Z, CTRL)
        assert screen.bench.face.session.shape[0, 0] < moved[0, 0] - 1, "its own history came back with it"
        settle(qtbot, screen)
        assert completed == [True]


def test_undo_that_is_held_down_stops_where_the_steps_of_the_face_end(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, count=3) as project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        key(screen, Qt.Key.Key_Space)
        second = next_face(qtbot, screen, first)
        for _ in range(3):
            key(screen, Qt.Key.Key_Right)
        QTest.keyPress(screen.canvas, Qt.Key.Key_Z, CTRL)
        for _ in range(8):
            QTest.simulateEvent(screen.canvas, True, Qt.Key.Key_Z.value, CTRL, "", True)
        assert face_id(screen) == second
        assert not screen.bench.face.session.can_undo
        assert "goes back to the face before" in screen.status.hint.text()
        QTest.keyRelease(screen.canvas, Qt.Key.Key_Z, CTRL)
        key(screen, Qt.Key.Key_Z, CTRL)
        assert face_id(screen) == first
        settle(qtbot, screen)


def test_skip_and_reject_with_a_reason(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        skip(qtbot, screen, Qt.Key.Key_U)
        second = next_face(qtbot, screen, first)
        key(screen, Qt.Key.Key_X, SHIFT)
        answer(qtbot, screen, Qt.Key.Key_C)
        settle(qtbot, screen)
        with project.reading() as s:
            skipped = faces.get(s, first)
            assert (skipped.state, skipped.reason) == ("skipped", "unsure where points go")
            face = faces.get(s, second)
            assert (face.state, face.reason) == ("rejected", "cut off or hidden")
        assert next_face(qtbot, screen, second) != first


def test_a_face_that_comes_while_a_reason_is_asked_for_is_not_skipped_for_it(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        key(screen, Qt.Key.Key_X)
        qtbot.waitUntil(lambda: bool(screen.canvas.findChildren(QMenu)), timeout=LONG)
        screen.bench.open_beside(1)
        second = next_face(qtbot, screen, first)
        qtbot.waitUntil(lambda: not screen.canvas.findChildren(QMenu), timeout=LONG)
        settle(qtbot, screen)
        assert state_of(project, first) == state_of(project, second) == "open"


def test_another_face_of_the_picture_opens_by_a_click(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, two_faces=True) as project, screen_on(qtbot, project) as screen:
        screen.bench.open(1)
        qtbot.waitUntil(lambda: face_id(screen) == 1 and screen.canvas.picture is not None, timeout=LONG)
        screen.canvas.fit_image()
        click(screen, screen.canvas.view.to_screen((SIDE + BOX.left + 20, BOX.top + 60)).toPoint())
        qtbot.waitUntil(lambda: face_id(screen) == 2, timeout=LONG)


def test_a_draft_comes_back_after_a_restart_with_its_history(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        with screen_on(qtbot, project) as screen:
            face, before = face_id(screen), screen.bench.face.session.shape
            click(screen, at_landmark(screen, 1, 25, 10))
            key(screen, Qt.Key.Key_Right)
            after = screen.bench.face.session.shape
        with screen_on(qtbot, project) as screen:
            screen.bench.open(face)
            qtbot.waitUntil(lambda: face_id(screen) == face, timeout=LONG)
            np.testing.assert_array_equal(screen.bench.face.session.shape, after)
            key(screen, Qt.Key.Key_Z, CTRL)
            key(screen, Qt.Key.Key_Z, CTRL)
            np.testing.assert_array_equal(screen.bench.face.session.shape, before)
            key(screen, Qt.Key.Key_Y, CTRL)
            key(screen, Qt.Key.Key_Z, CTRL | SHIFT)
            np.testing.assert_array_equal(screen.bench.face.session.shape, after)


def test_x_twice_skips_without_a_reason_and_esc_keeps_the_face(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        skip(qtbot, screen, Qt.Key.Key_Escape)
        assert face_id(screen) == first
        skip(qtbot, screen)
        assert next_face(qtbot, screen, first) != first
        settle(qtbot, screen)
        with project.reading() as s:
            face = faces.get(s, first)
            assert (face.state, face.reason) == ("skipped", None)


def test_a_labelled_face_is_seen_again_and_changed_only_by_an_edit(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        key(screen, Qt.Key.Key_Space)
        key(screen, Qt.Key.Key_A)
        qtbot.waitUntil(lambda: face_id(screen) == first, timeout=LONG)
        key(screen, Qt.Key.Key_Space)
        settle(qtbot, screen)

        def revisions() -> int:
            with project.reading() as s:
                return len(s.scalars(select(Revision.id).where(Revision.face_id == first)).all())

        assert revisions() == 1
        screen.bench.open(first)
        qtbot.waitUntil(lambda: face_id(screen) == first, timeout=LONG)
        key(screen, Qt.Key.Key_Right)
        key(screen, Qt.Key.Key_Space)
        settle(qtbot, screen)
        assert revisions() == 2


def shape_of(screen: LabelScreen) -> np.ndarray:
    assert screen.bench.session is not None
    return screen.bench.session.shape


def test_undo_brings_the_last_face_back_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        with screen_on(qtbot, project) as screen:
            early = face_id(screen)
            key(screen, Qt.Key.Key_Space)
            first = next_face(qtbot, screen, early)
            key(screen, Qt.Key.Key_Right)
            moved = shape_of(screen)
            key(screen, Qt.Key.Key_Space)
            second = next_face(qtbot, screen, first)
            settle(qtbot, screen)
        with screen_on(qtbot, project) as screen:
            assert face_id(screen) == second
            key(screen, Qt.Key.Key_Z, CTRL)
            qtbot.waitUntil(lambda: screen.bench.face is not None and face_id(screen) == first, timeout=LONG)
            assert "open again" in screen.status.hint.text()
            settle(qtbot, screen)
            assert state_of(project, first) == "open"
            assert np.array_equal(shape_of(screen), moved)
            qtbot.waitUntil(lambda: screen.bench.queue.row_of(first) is not None, timeout=LONG)
            key(screen, Qt.Key.Key_Z, CTRL)
            qtbot.waitUntil(lambda: "Nothing to undo" in screen.status.hint.text(), timeout=LONG)
            assert (face_id(screen), state_of(project, early)) == (first, "labelled"), "a held key goes back no further"
            key(screen, Qt.Key.Key_Space)
            next_face(qtbot, screen, first)
            settle(qtbot, screen)
            assert state_of(project, first) == "labelled"


class FullDisk:
    """Every label fails until there is room."""

    def __init__(self, accept: Callable[..., None]) -> None:
        self.accept, self.full = accept, True

    def __call__(self, *args: object, **named: object) -> None:
        if self.full:
            raise StoreError("the disk is full", cure="make room")
        self.accept(*args, **named)


def test_a_label_that_cannot_be_saved_is_never_called_saved_and_never_lost(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        settle(qtbot, screen)
        disk = FullDisk(screen.bench.desk.accept)
        screen.bench.desk.accept = disk
        first, saved = face_id(screen), []
        screen.label_saved.connect(saved.append)
        with qtbot.waitSignal(screen.problem, timeout=LONG) as problem:
            key(screen, Qt.Key.Key_Space)
        assert "the disk is full (make room)" in problem.args[0]
        second = next_face(qtbot, screen, first)  # labelling goes on
        assert screen.status.saved.text() == "1 not saved"
        assert screen.status.retry.isVisible()
        key(screen, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: screen.status.saved.text() == "2 not saved", timeout=LONG)
        assert next_face(qtbot, screen, second) != first
        with pytest.raises(StoreError, match="2 changes are not saved"):
            screen.flush()
        assert saved == []
        assert state_of(project, first) == "open"
        disk.full = False
        screen.status.retry.click()
        settle(qtbot, screen)
        qtbot.waitUntil(lambda: saved == [first, second], timeout=LONG)
        assert label_of(project, first) is not None
        assert label_of(project, second) is not None
        assert not screen.status.retry.isVisible()
        screen.flush()


def test_what_was_accepted_last_is_durable_when_the_screen_is_shut_down(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        with screen_on(qtbot, project) as screen:
            first = face_id(screen)
            key(screen, Qt.Key.Key_Space)
        assert label_of(project, first) is not None


def test_a_picture_that_is_gone_says_so_and_the_rest_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        order = [item.face_id for item in Campaign(project).queue()]
        with project.reading() as s:
            image_id = s.get_one(Face, order[0]).image_id
        (tmp_path / "photos" / f"{image_id - 1}.png").unlink()
        with screen_on(qtbot, project, wait=False) as screen:
            qtbot.waitUntil(lambda: "there is no such file" in screen.canvas.message, timeout=LONG)
            skip(qtbot, screen)
            qtbot.waitUntil(lambda: screen.canvas.picture is not None, timeout=LONG)


def test_an_empty_project_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    empty = Project.create(tmp_path / "empty", scheme=schemes.load("300w-68"))
    with empty as project, screen_on(qtbot, project, wait=False) as screen:
        qtbot.waitUntil(lambda: "Import photos" in screen.canvas.message, timeout=LONG)
        for which in (Qt.Key.Key_Space, Qt.Key.Key_X, Qt.Key.Key_B, Qt.Key.Key_N, Qt.Key.Key_V, Qt.Key.Key_Z):
            key(screen, which)
        assert not screen.canvas.box_mode


def test_going_back_from_the_end_of_the_queue(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, count=1) as project, screen_on(qtbot, project) as screen:
        face = face_id(screen)
        skip(qtbot, screen)
        qtbot.waitUntil(lambda: "skipped or rejected" in screen.canvas.message, timeout=LONG)
        key(screen, Qt.Key.Key_A)
        qtbot.waitUntil(lambda: screen.bench.face is not None and face_id(screen) == face, timeout=LONG)


def test_letters_rest_while_a_text_field_has_the_focus(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        face, field = face_id(screen), QLineEdit(screen)
        field.show()
        field.setFocus()
        qtbot.keyClicks(field, "x d?")
        assert field.text() == "x d?"
        assert face_id(screen) == face
        assert not screen.overlay.isVisible()


def test_thumbnails_are_made_for_rows_that_are_seen(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, count=40) as project, screen_on(qtbot, project) as screen:
        queue, find = screen.bench.queue, screen.loader.thumbnail
        found: dict[FacePicture, bool] = {}

        def watched(photo: FacePicture) -> QPixmap | None:
            pixmap = find(photo)
            found[photo] = pixmap is not None
            return pixmap

        queue.find_picture = watched
        screen.queue.view.viewport().update()
        qtbot.waitUntil(lambda: any(found.values()), timeout=LONG)
        last = queue.rows[-1].picture
        assert last not in found
        assert len(found) < 20
        screen.queue.view.scrollToBottom()
        qtbot.waitUntil(lambda: found.get(last, False), timeout=LONG)


def test_faces_handed_out_ahead_say_so(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path, count=4) as project:
        campaign = Campaign(project)
        with project.writing() as s:
            extra = [faces.add(s, 1, Box(250 + 20 * n, 60, 60, 70), source="detector").id for n in range(2)]
        predict(project, extra, shift=0.0)
        for item in campaign.queue():
            with project.writing() as s:
                faces.set_state(s, item.face_id, "skipped")
        with screen_on(qtbot, project) as screen:
            row = screen.bench.queue.row_of(face_id(screen))
            assert row.item.ahead
            assert screen.bench.queue.state_text(row) == "ahead"
            assert "ahead" in screen.queue._note.text()
