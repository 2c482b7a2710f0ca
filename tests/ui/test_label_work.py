"""What a face took is measured at the real desk: clicks, drags, keys and time, by group, through interruptions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from facelabel.desk import activity
from facelabel.metrics.nme import normaliser
from facelabel.store import work
from facelabel.store.project import Project
from facelabel.store.work import Decision, GroupWork
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
    skip,
)
from tests.ui.labelling import settle as saved

JAW, BROW, EYE, NOSE = 8, 19, 36, 30
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(activity.ActivityClock.__init__, "__defaults__", (0.0, made))
    return made


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, scheme="300w-68", count=3) as made:
        yield made


def told(project: Project) -> list[Decision]:
    with project.reading() as s:
        return work.decisions(s)


def of(decision: Decision, group: str) -> GroupWork:
    return next(one for one in decision.groups if one.group == group)


def after(screen: LabelScreen, clock: Clock, seconds: float) -> None:
    screen.bench.touch()
    clock.now += seconds


def test_edits_and_time_are_told_by_group_with_the_label(qtbot: QtBot, project: Project, clock: Clock) -> None:
    with screen_on(qtbot, project) as screen:
        session = screen.bench.session
        assert session is not None
        scheme, start = session.scheme, session.shape
        after(screen, clock, 2.0)
        drag(screen, at_landmark(screen, JAW), QPoint(0, 40))
        moved = abs(session.shape[JAW, 1] - start[JAW, 1])
        after(screen, clock, 3.0)
        screen.canvas.set_current(EYE)
        for _ in range(3):
            key(screen, Qt.Key.Key_Right)
        after(screen, clock, 1.0)
        click(screen, at_landmark(screen, NOSE, 14, 0))
        after(screen, clock, 4.0)
        first = face_id(screen)
        key(screen, Qt.Key.Key_Space)
        next_face(qtbot, screen, first)
        saved(qtbot, screen)
    (decision,) = told(project)
    jaw, eye = (of(decision, scheme.landmarks[index].group) for index in (JAW, EYE))
    label = label_of(project, first)
    assert label is not None
    size = float(normaliser(scheme, label.shape, "inter-ocular")[0])
    assert (decision.outcome, decision.author, decision.face_id) == ("labelled", "tester", first)
    assert decision.revision_id is not None
    assert (jaw.clicks, jaw.drags, jaw.keys, jaw.corrections, jaw.seconds) == (0, 1, 0, 1, 2.0)
    assert jaw.moved == pytest.approx(moved)
    assert jaw.moved_share == pytest.approx(moved / size)
    assert (eye.keys, eye.corrections, eye.moved, eye.seconds) == (3, 1, pytest.approx(3.0), 3.0)
    assert sum(group.clicks for group in decision.groups) == 1
    assert of(decision, work.WHOLE).seconds == 4.0
    assert decision.seconds == pytest.approx(10.0)


def test_idle_time_counts_for_nothing(qtbot: QtBot, project: Project, clock: Clock) -> None:
    with screen_on(qtbot, project) as screen:
        first = face_id(screen)
        after(screen, clock, 5.0)
        after(screen, clock, 10 * activity.IDLE)
        after(screen, clock, 1.0)
        key(screen, Qt.Key.Key_Space)
        next_face(qtbot, screen, first)
        saved(qtbot, screen)
    assert told(project)[0].seconds == pytest.approx(6.0)


def test_a_group_drag_is_one_correction_and_a_face_drag_belongs_to_none(qtbot: QtBot, project: Project) -> None:
    with screen_on(qtbot, project) as screen:
        session = screen.bench.session
        assert session is not None
        group = session.scheme.landmarks[BROW].group
        before = session.shape[BROW]
        drag(screen, at_landmark(screen, BROW), QPoint(30, 0), SHIFT)
        along = session.shape[BROW, 0] - before[0]
        drag(screen, at_landmark(screen, NOSE), QPoint(0, 20), SHIFT | Qt.KeyboardModifier.ControlModifier)
        key(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        first = face_id(screen)
        key(screen, Qt.Key.Key_Space)
        next_face(qtbot, screen, first)
        saved(qtbot, screen)
    (decision,) = told(project)
    brow, rest = of(decision, group), of(decision, work.WHOLE)
    assert (brow.drags, brow.corrections, brow.moved) == (1, 1, pytest.approx(along))
    assert (rest.drags, rest.keys, rest.corrections) == (1, 1, 1)


def test_an_interrupted_face_keeps_its_counts(qtbot: QtBot, project: Project, clock: Clock) -> None:
    with screen_on(qtbot, project) as screen:
        first = face_id(screen)
        after(screen, clock, 2.0)
        drag(screen, at_landmark(screen, JAW), QPoint(0, 40))
        after(screen, clock, 5.0)
    clock.now += 5000.0
    with screen_on(qtbot, project) as screen:
        assert face_id(screen) == first
        assert told(project) == []
        after(screen, clock, 1.0)
        drag(screen, at_landmark(screen, JAW), QPoint(0, -40))
        key(screen, Qt.Key.Key_Space)
        next_face(qtbot, screen, first)
        saved(qtbot, screen)
    (decision,) = told(project)
    assert sum(group.drags for group in decision.groups) == 2
    assert decision.seconds == pytest.approx(8.0)


def test_rejected_skipped_and_reopened_faces_tell_each_part_once(qtbot: QtBot, project: Project, clock: Clock) -> None:
    with screen_on(qtbot, project) as screen:
        first = face_id(screen)
        after(screen, clock, 2.0)
        drag(screen, at_landmark(screen, JAW), QPoint(0, 40))
        skip(qtbot, screen)
        second = next_face(qtbot, screen, first)
        after(screen, clock, 3.0)
        screen.bench.reject("not a face")
        third = next_face(qtbot, screen, second)
        after(screen, clock, 1.0)
        key(screen, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: screen.bench.face is None or screen.bench.face.id != third)
        screen.bench.undo()
        assert face_id(screen) == third
        after(screen, clock, 7.0)
        key(screen, Qt.Key.Key_Space)
        saved(qtbot, screen)
        screen.bench.open(first)
        qtbot.waitUntil(lambda: screen.bench.face is not None and screen.bench.face.id == first)
        after(screen, clock, 4.0)
        key(screen, Qt.Key.Key_Space)
        saved(qtbot, screen)
    found = told(project)
    assert [(d.face_id, d.outcome, pytest.approx(d.seconds)) for d in found] == [
        (first, "skipped", 2.0),
        (second, "rejected", 3.0),
        (third, "labelled", 1.0),
        (third, "labelled", 7.0),
        (first, "labelled", 4.0),
    ]
    assert [sum(g.drags for g in d.groups) for d in found] == [1, 0, 0, 0, 0]
