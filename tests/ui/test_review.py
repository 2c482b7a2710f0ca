"""The Review screen as a reviewer uses it: the worst first, verdicts by key, shapes over the face, filters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelabel.store import labels, reviews
from facelabel.store.project import Project
from facelabel.ui import theme
from facelabel.ui.background import Task
from facelabel.ui.review.review_screen import ReviewScreen
from tests.ui.reviewing import LONG, SCHEME, key, label, make_project, open_id, screen_on, settle, shape_of, state_of

CTRL = Qt.KeyboardModifier.ControlModifier


def listed(screen: ReviewScreen) -> list[int]:
    return [line.face_id for line in screen.panel.list.faces.lines]


def titles(screen: ReviewScreen) -> list[str]:
    notes = screen.details.findings
    return [notes.item(row).text() for row in range(notes.count())]


def test_the_planted_error_is_the_first_and_says_what_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        assert listed(screen)[0] == ids[1] == open_id(screen)
        assert titles(screen)[0] == "Left and right swapped"
        assert set(listed(screen)) == set(ids)
        assert f"{len(ids)} of {len(ids)} labels" in screen.panel.count.text()
        assert "began with v1" in screen.stage.heading.text()
        assert "68 of 68 points by hand" in screen.stage.heading.text()


def test_looks_at_the_labels_leave_nothing_behind(qtbot: QtBot, tmp_path: Path) -> None:
    project, _ = make_project(tmp_path, 4)
    with project, screen_on(qtbot, project) as screen:
        for _ in range(3):
            screen.refresh()
            settle(qtbot, screen)
        qtbot.waitUntil(lambda: not screen.findChildren(Task), timeout=LONG)


def test_space_accepts_and_goes_on_and_the_verdict_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        order = listed(screen)
        with qtbot.waitSignal(screen.changed, timeout=LONG):
            key(screen, Qt.Key.Key_Space)
        settle(qtbot, screen)
        assert open_id(screen) == order[1]
        with project.reading() as s:
            word = reviews.newest_of(s)[ids[1]]
        assert (word.verdict, word.author) == ("accepted", "lead")
        assert word.seconds >= 0
        assert screen.panel.labels.rows[ids[1]].verdict == "accepted"
        with qtbot.waitSignal(screen.changed, timeout=LONG):
            key(screen, Qt.Key.Key_Z, CTRL)
        settle(qtbot, screen)
        assert open_id(screen) == ids[1]
        assert screen.face is not None
        assert screen.face.verdict == "to review"


def test_sending_back_asks_for_a_note_first(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        key(screen, Qt.Key.Key_X)
        assert screen.bar.asking
        screen.bar.note.returnPressed.emit()
        assert screen.bar.asking, "an empty note says nothing"
        # Single letters are dead while the note is written.
        QTest.keyClicks(screen.bar.note, "dab g1: mirror it")
        assert screen.bar.note.text() == "dab g1: mirror it"
        assert open_id(screen) == ids[1]
        with qtbot.waitSignal(screen.changed, timeout=LONG):
            QTest.keyClick(screen.bar.note, Qt.Key.Key_Return)
        settle(qtbot, screen)
        assert not screen.bar.asking
        assert state_of(project, ids[1]) == "open"
        with project.reading() as s:
            assert reviews.sent_back(s)[0].note == "dab g1: mirror it"


def test_escape_keeps_the_label(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        key(screen, Qt.Key.Key_X)
        QTest.keyClicks(screen.bar.note, "no")
        QTest.keyClick(screen.bar.note, Qt.Key.Key_Escape)
        assert not screen.bar.asking
        settle(qtbot, screen)
        assert state_of(project, ids[1]) == "labelled"


def test_the_list_is_walked_by_key_and_filtered(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        order = listed(screen)
        key(screen, Qt.Key.Key_D)
        settle(qtbot, screen)
        assert open_id(screen) == order[1]
        key(screen, Qt.Key.Key_A)
        settle(qtbot, screen)
        assert open_id(screen) == order[0]
        screen.panel.filters.choose("twice", None)
        settle(qtbot, screen)
        assert listed(screen) == [ids[3]]
        assert open_id(screen) == ids[3]
        screen.panel.filters.choose(None, "flipped")
        settle(qtbot, screen)
        assert listed(screen) == [ids[1]]
        screen.panel.filters.choose("gold", None)
        assert listed(screen) == []
        assert screen.face is None
        assert "No label passes" in screen.stage.view.message


def test_labels_can_be_told_by_their_annotator(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    label(project, ids[5], shape_of(5), author="ben")
    with project, screen_on(qtbot, project) as screen:
        box = screen.panel.filters.author
        assert [box.itemText(row) for row in range(1, box.count())] == ["ann", "ben"]
        box.setCurrentIndex(2)
        assert listed(screen) == [ids[5]]


def test_shapes_lie_over_the_face_and_are_toggled(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        assert screen.stage.view.shown == ("label", "model")
        key(screen, Qt.Key.Key_2)
        assert screen.stage.view.shown == ("label",)
        screen.open(ids[3])
        settle(qtbot, screen)
        assert screen.stage.view.shown == ("label", "second")
        np.testing.assert_allclose(screen.stage.view.layers["second"], shape_of(3) + 2)
        key(screen, Qt.Key.Key_B)
        assert screen.stage.beside.isVisible()
        assert screen.stage.view.shown == ("label",)
        assert screen.stage.beside.shown == ("second",)


def test_two_labels_are_compared_landmark_by_landmark_and_one_can_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        screen.open(ids[3])
        settle(qtbot, screen)
        table = screen.details.table
        assert table.rowCount() == SCHEME.size
        assert table.index(0, 2).data() == f"{np.hypot(2, 2):.1f}"
        assert "ben" in screen.details.second_text.text()
        with qtbot.waitSignal(screen.changed, timeout=LONG):
            screen.details.use_second.click()
        settle(qtbot, screen)
        with project.reading() as s:
            newest = labels.newest(s, ids[3])
        assert newest is not None
        np.testing.assert_allclose(newest[1].shape, shape_of(3) + 2)
        qtbot.waitUntil(lambda: screen.face is not None and screen.face.revision == 2, timeout=LONG)


def test_any_revision_is_looked_at_and_restored(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    label(project, ids[2], shape_of(2) + 30)
    with project, screen_on(qtbot, project) as screen:
        screen.open(ids[2])
        settle(qtbot, screen)
        notes = screen.details.history
        assert [notes.item(row).text() for row in range(notes.count())] == ["Revision 2", "Revision 1"]
        notes.setCurrentRow(0)
        assert not screen.details.restore.isEnabled(), "it is the label already"
        notes.setCurrentRow(1)
        np.testing.assert_allclose(screen.stage.view.layers["label"], shape_of(2))
        with qtbot.waitSignal(screen.changed, timeout=LONG):
            screen.details.restore.click()
        settle(qtbot, screen)
        with project.reading() as s:
            every = labels.history(s, ids[2])
        assert [revision.number for revision, _ in every] == [1, 2, 3]
        np.testing.assert_allclose(every[-1][1].shape, shape_of(2))


def test_gold_is_marked_and_unmarked(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        screen.open(ids[6])
        settle(qtbot, screen)
        for expected in ({ids[6]}, set()):
            with qtbot.waitSignal(screen.changed, timeout=LONG):
                key(screen, Qt.Key.Key_G)
            settle(qtbot, screen)
            with project.reading() as s:
                assert set(reviews.gold(s)) == expected
            assert screen.panel.labels.rows[ids[6]].gold is bool(expected)


def test_only_shown_it_looks_and_a_new_label_is_found(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        assert not screen.panel.labels.rows[ids[7]].findings
        screen.hide()
        label(project, ids[7], shape_of(7)[SCHEME.flip_index])
        screen.refresh()
        assert not screen.looking
        screen.show()
        qtbot.waitUntil(lambda: bool(screen.panel.labels.rows[ids[7]].findings), timeout=LONG)


def test_read_only_shows_and_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    project.close()
    with Project.open(tmp_path / "project", read_only=True) as opened, screen_on(qtbot, opened) as screen:
        assert titles(screen)[0] == "Left and right swapped"
        key(screen, Qt.Key.Key_Space)
        key(screen, Qt.Key.Key_X)
        assert not screen.bar.asking
        assert not screen.bar.gold.isEnabled()
        assert open_id(screen) == ids[1]
        with opened.reading() as s:
            assert reviews.newest_of(s) == {}


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_nothing_is_cut_off_in_either_theme(qtbot: QtBot, tmp_path: Path, choice: theme.Choice, qapp) -> None:  # type: ignore[no-untyped-def]
    project, ids = make_project(tmp_path)
    theme.apply(qapp, choice)
    try:
        with project, screen_on(qtbot, project) as screen:
            screen.open(ids[3])
            settle(qtbot, screen)
            buttons = [
                screen.bar.accept,
                screen.bar.send_back,
                screen.bar.gold,
                screen.bar.desk,
                screen.details.use_second,
            ]
            for button in (*buttons, *screen.stage.layers.values(), screen.stage.side_by_side):
                assert button.width() >= button.sizeHint().width() - 1, button.text()
                assert button.accessibleName() or button.text()
    finally:
        theme.apply(qapp, "light")


def test_all_keys_are_told_by_one_key(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        key(screen, Qt.Key.Key_F1)
        assert screen.overlay.isVisible()
        QTest.keyClick(screen.overlay, Qt.Key.Key_Space)
        QTest.keyClick(screen.overlay, Qt.Key.Key_Escape)
        assert not screen.overlay.isVisible()
        settle(qtbot, screen)
        assert open_id(screen) == ids[1], "nothing was accepted behind the keys"


def test_space_on_a_box_is_the_boxes_own(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        screen.stage.layers["model"].setFocus()
        QTest.keyClick(screen.stage.layers["model"], Qt.Key.Key_Space)
        settle(qtbot, screen)
        assert screen.stage.view.shown == ("label",)
        with project.reading() as s:
            assert reviews.newest_of(s) == {}
        assert open_id(screen) == ids[1]
