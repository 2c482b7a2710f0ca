"""What a decision cost is kept with the label, told again as it was, and can be deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from facelabel.store import faces, labels, work
from facelabel.store.project import Project
from facelabel.store.tables import now
from facelabel.store.work import GroupWork
from tests.store.samples import add_faces, record

EYES = GroupWork("eye", seconds=2.5, clicks=1, drags=2, keys=3, corrections=4, moved=12.25, moved_share=0.125)
REST = GroupWork(work.WHOLE, seconds=1.5)


def test_what_is_kept_is_what_is_read(project: Project) -> None:
    one, other = add_faces(project, 2)
    with project.writing() as s:
        revision = labels.add(s, one, record(), author="me", origin="desk")
        work.add(s, one, [EYES, REST], author="me", outcome="labelled", revision_id=revision.id)
        work.add(s, other, [REST], author="you", outcome="rejected")
        work.add(s, other, [], author="you", outcome="skipped")
        expected = revision.id
    with project.reading() as s:
        first, second = work.decisions(s)
        assert [d.face_id for d in work.decisions(s, author="you")] == [other]
        assert work.decisions(s, since=now() + timedelta(seconds=1)) == []
    assert (first.revision_id, first.outcome, first.groups) == (expected, "labelled", (EYES, REST))
    assert (first.seconds, first.corrections) == (4.0, 4)
    assert (second.revision_id, second.author, second.groups) == (None, "you", (REST,))


def test_two_answers_about_one_face_stay_two(project: Project) -> None:
    (face,) = add_faces(project, 1)
    for _ in range(2):
        with project.writing() as s:
            work.add(s, face, [EYES, REST], author="me", outcome="skipped")
    with project.reading() as s:
        assert [d.groups for d in work.decisions(s)] == [(EYES, REST)] * 2


def test_one_persons_work_can_be_deleted_and_the_label_stays(project: Project) -> None:
    one, other = add_faces(project, 2)
    with project.writing() as s:
        for face, author in ((one, "me"), (other, "you")):
            revision = labels.add(s, face, record(), author=author, origin="desk")
            work.add(s, face, [EYES, REST], author=author, outcome="labelled", revision_id=revision.id)
    with project.writing() as s:
        assert work.forget(s, "me") == 1
    with project.reading() as s:
        assert [d.author for d in work.decisions(s)] == ["you"]
        assert faces.counts(s)["labelled"] == 2
    with project.writing() as s:
        assert work.forget(s) == 1
    with project.reading() as s:
        assert work.decisions(s) == []


def test_an_outcome_that_there_is_not_is_refused(project: Project) -> None:
    (face,) = add_faces(project, 1)
    with pytest.raises(IntegrityError), project.writing() as s:
        work.add(s, face, [REST], author="me", outcome="liked")
