"""What labelling took, summed up: sittings, days and weeks, annotators, groups, and what the pace makes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from facelabel.campaign import measuring
from facelabel.campaign.workload import workload
from facelabel.store import labels, work
from facelabel.store.tables import WorkRow
from facelabel.store.work import GroupWork
from tests.campaign.bench import Bench

WEDNESDAY = datetime(2026, 11, 18, 15, 0).astimezone()


def spend(
    bench: Bench, face: int, at: datetime, *groups: GroupWork, author: str = "anna", outcome: str = "labelled"
) -> None:
    with bench.project.writing() as s:
        work.add(s, face, groups, author=author, outcome=outcome)
        newest = s.query(WorkRow.id).order_by(WorkRow.id.desc()).limit(len(groups))
        s.execute(update(WorkRow).where(WorkRow.id.in_(newest)).values(at=at.astimezone(UTC)))


def test_days_weeks_and_people_are_told_apart(bench: Bench) -> None:
    ids = bench.add_faces(5)
    whole = GroupWork(work.WHOLE, seconds=10.0)
    spend(bench, ids[0], WEDNESDAY - timedelta(hours=1), whole)
    spend(bench, ids[1], WEDNESDAY - timedelta(days=2), whole)
    spend(bench, ids[2], WEDNESDAY - timedelta(days=3), whole)  # Sunday: last week
    spend(bench, ids[3], WEDNESDAY - timedelta(minutes=5), whole, author="ben", outcome="rejected")
    with bench.project.reading() as s:
        found = workload(s, since=WEDNESDAY - timedelta(hours=2), author="anna", now=WEDNESDAY)
    anna, ben = found.annotators
    assert [load.faces for load in (anna.today, anna.week, anna.ever)] == [1, 2, 3]
    assert (ben.today.faces, ben.today.rejected, ben.today.seconds) == (0, 1, 10.0)
    assert (found.sitting.faces, found.sitting.rejected) == (1, 0)
    assert (found.everybody.faces, found.everybody.seconds) == (3, 40.0)


def test_a_face_that_was_skipped_and_labelled_later_counts_once_with_both_times(bench: Bench) -> None:
    (face,) = bench.add_faces(1)
    eye = GroupWork("eye", seconds=4.0, clicks=1, corrections=1, moved=6.0, moved_share=0.06)
    spend(bench, face, WEDNESDAY, eye, outcome="skipped")
    spend(bench, face, WEDNESDAY, eye, GroupWork(work.WHOLE, seconds=2.0))
    with bench.project.reading() as s:
        load = workload(s, now=WEDNESDAY).everybody
    assert (load.faces, load.skipped, load.seconds_a_face, load.corrections_a_face) == (1, 1, 10.0, 2.0)
    assert [(g.group, g.seconds, g.share) for g in load.groups] == [("eye", 8.0, 0.8), (work.WHOLE, 2.0, 0.2)]
    assert load.groups[0].moved_share == pytest.approx(0.12)
    assert load.groups[1].moved_share is None


def test_the_trend_needs_nine_faces_and_says_who_got_faster(bench: Bench) -> None:
    ids = bench.add_faces(9)
    for number, face in enumerate(ids):
        with bench.project.reading() as s:
            assert workload(s, now=WEDNESDAY).everybody.trend is None
        spend(bench, face, WEDNESDAY, GroupWork(work.WHOLE, seconds=20.0 if number < 3 else 15.0))
    with bench.project.reading() as s:
        assert workload(s, now=WEDNESDAY).everybody.trend == pytest.approx(-0.25)


def test_the_pace_takes_measured_corrections_for_how_many_landmarks_are_elsewhere(bench: Bench) -> None:
    one, other = bench.add_faces(2)
    bench.label(one, seconds=10.0)
    bench.label(other, seconds=10.0)
    with bench.project.writing() as s:
        made = labels.newest(s, one)
        assert made is not None
        groups = [GroupWork("eye", corrections=1), GroupWork(work.WHOLE, corrections=2)]
        work.add(s, one, groups, author="tester", outcome="labelled", revision_id=made[0].id)
    # A second label of the same face is another matter.
    spend(bench, one, WEDNESDAY, GroupWork("eye", corrections=40))
    with bench.project.reading() as s:
        assert measuring.logged(s).corrections.tolist() == [3.0, 5.0]


def test_nothing_measured_is_nothing_told(bench: Bench) -> None:
    with bench.project.reading() as s:
        found = workload(s)
    assert found.annotators == ()
    assert (found.sitting.seconds_a_face, found.sitting.trend, found.sitting.groups) == (None, None, ())
