"""What the Label screen shows of reviews: notes, gold feedback, and the history of a face."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from facelabel.store import faces, labels, reviews, second_labels
from facelabel.store.project import Project
from facelabel.ui.label_screen import LabelScreen
from tests.ui.labelling import LONG, face_id, key, label_of, make_project, next_face, screen_on, settle, state_of


def ask_again(project: Project, face: int, kind: str, author: str = "ann") -> np.ndarray:
    """The face gets a label and is asked for once more, before all others; the label's shape."""
    shape = project.scheme.template_shape * [110, 120] + [45, 55]
    size = project.scheme.size
    record = labels.LabelRecord(shape, ("visible",) * size, ("placed",) * size, np.zeros(size))
    with project.writing() as s:
        revision = labels.add(s, face, record, author=author, origin="desk", seconds=4.0)
        second_labels.ask(s, face, kind, first_id=revision.id, round_id=None, rank=0)  # type: ignore[arg-type]
    return shape


def first_of(project: Project) -> int:
    with project.reading() as s:
        return faces.open_ids(s)[0]


def sure(screen: LabelScreen) -> None:
    """Accept a generic shape as it stands: the first time, the desk asks."""
    for _ in range(2):
        key(screen, Qt.Key.Key_Space)


def test_a_note_of_a_reviewer_is_shown_with_the_face(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        back = first_of(project) + 1
        ask_again(project, back, "repeated", "tester")
        with project.writing() as s:
            asked = second_labels.waiting(s, back)
            assert asked is not None
            second_labels.decline(s, asked.id, "skipped", author="x")
            reviews.decide(s, back, "sent back", author="lead", seconds=1.0, note="nose too low")
        with screen_on(qtbot, project) as screen:
            qtbot.waitUntil(lambda: face_id(screen) == back, timeout=LONG)
            assert screen.review.notice.isVisible() or screen.review.notice.text.text()
            assert screen.review.notice.text.text() == "Sent back by lead: nose too low"
            key(screen, Qt.Key.Key_Space)
            next_face(qtbot, screen, back)
            assert not screen.review.notice.isVisible()


def test_a_gold_face_looks_like_any_other_and_answers_afterwards(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        gold = first_of(project)
        right = ask_again(project, gold, "gold")
        with screen_on(qtbot, project) as screen:
            assert face_id(screen) == gold
            assert screen.bench.session is not None
            assert screen.bench.session.start.origin == "template", "as the first label began"
            assert not screen.review.notice.isVisible()
            key(screen, Qt.Key.Key_R)
            assert "No near-duplicate" in screen.status.hint.text(), "as on any face that has none"
            sure(screen)
            next_face(qtbot, screen, gold)
            qtbot.waitUntil(screen.review.notice.isVisible, timeout=LONG)
            assert "gold face" in screen.review.notice.text.text()
            settle(qtbot, screen)
            kept = label_of(project, gold)
            assert kept is not None
            np.testing.assert_array_equal(kept.shape, right)
            with project.reading() as s:
                answered = second_labels.answered(s, "gold")
            assert [(one.face_id, one.author) for one in answered] == [(gold, "tester")]
            shown = face_id(screen)
            screen.bench.undo()
            assert face_id(screen) == shown, "whoever knows the answer does not give it again"
            screen.review.notice.done.click()
            assert not screen.review.notice.isVisible()


def test_undo_brings_a_repeated_face_back_and_leaves_its_label(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        twice = first_of(project)
        first = ask_again(project, twice, "repeated")
        with screen_on(qtbot, project) as screen:
            assert face_id(screen) == twice
            sure(screen)
            next_face(qtbot, screen, twice)
            settle(qtbot, screen)
            assert not screen.review.notice.isVisible()
            screen.bench.undo()
            settle(qtbot, screen)
            assert face_id(screen) == twice
            assert state_of(project, twice) == "labelled"
            with project.reading() as s:
                waiting = second_labels.waiting(s, twice)
            assert waiting is not None
            assert waiting.draft is not None
            kept = label_of(project, twice)
            assert kept is not None
            np.testing.assert_array_equal(kept.shape, first)


def history_of(qtbot: QtBot, screen: LabelScreen) -> list[str]:
    screen.review.show_history()
    qtbot.waitUntil(lambda: screen.review.dialog is not None, timeout=LONG)
    assert screen.review.dialog is not None
    notes = screen.review.dialog.notes
    return [notes.item(row).text() for row in range(notes.count())]


def test_a_revision_is_restored_from_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project, screen_on(qtbot, project) as screen:
        first = face_id(screen)
        key(screen, Qt.Key.Key_Space)
        next_face(qtbot, screen, first)
        settle(qtbot, screen)
        before = label_of(project, first)
        assert before is not None
        size = project.scheme.size
        moved = labels.LabelRecord(before.shape + 9, ("visible",) * size, ("moved",) * size, np.zeros(size))
        with project.writing() as s:
            labels.add(s, first, moved, author="ben", origin="desk", seconds=4.0)
        screen.bench.open(first)
        qtbot.waitUntil(lambda: face_id(screen) == first, timeout=LONG)
        assert history_of(qtbot, screen) == ["Revision 2", "Revision 1"]
        dialog = screen.review.dialog
        assert dialog is not None
        dialog.notes.setCurrentRow(1)
        dialog.restore.click()
        qtbot.waitUntil(lambda: _shape(screen, first, before.shape), timeout=LONG)
        settle(qtbot, screen)
        with project.reading() as s:
            every = [(one.number, one.note) for one, _ in labels.history(s, first)]
        assert every == [(1, None), (2, None), (3, "restored from revision 1")]


def _shape(screen: LabelScreen, face: int, wanted: np.ndarray) -> bool:
    session = screen.bench.session
    return session is not None and face_id(screen) == face and np.allclose(session.shape, wanted)


def test_whoever_labels_a_face_once_more_sees_no_history(qtbot: QtBot, tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        ask_again(project, first_of(project), "repeated")
        with screen_on(qtbot, project) as screen:
            assert history_of(qtbot, screen) == []
            assert screen.review.dialog is not None
            screen.review.dialog.reject()
