"""Filters over columns let pass what the same questions asked of each row let pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from facelabel.desk.desk import FacePicture
from facelabel.desk.review import ReviewRow
from facelabel.desk.review_list import ReviewList
from facelabel.geometry import Box
from facelabel.quality.findings import KINDS, Finding

PICTURE = FacePicture(Path("a.jpg"), "0" * 64, (100, 100), Box(10, 10, 50, 50))
VERDICTS = ("to review", "accepted", "sent back")
AUTHORS = ("ann", "ben", "çelik")


@st.composite
def rows(draw: st.DrawFn) -> list[ReviewRow]:
    ids = draw(st.lists(st.integers(1, 10**9), unique=True, max_size=25))
    findings = st.lists(st.sampled_from(list(KINDS)), max_size=3).map(
        lambda kinds: tuple(Finding(kind, "why", 2.0) for kind in kinds)
    )
    return [
        ReviewRow(
            face_id,
            PICTURE,
            draw(st.sampled_from(AUTHORS)),
            datetime(2026, 1, 1, tzinfo=UTC),
            0.0,
            draw(findings),
            draw(st.sampled_from(VERDICTS)),
            draw(st.integers(0, 2)),
            draw(st.booleans()),
            draw(st.booleans()),
        )
        for face_id in ids
    ]


def passes(row: ReviewRow, state: str | None, finding: str | None, author: str | None) -> bool:
    said = {"twice": bool(row.second), "gold": row.gold, "audit": row.audit}
    return (
        (author is None or row.author == author)
        and (finding is None or any(finding in ("any", one.kind) for one in row.findings))
        and (state is None or said.get(state, row.verdict == state))
    )


STATES = st.sampled_from([None, *VERDICTS, "twice", "gold", "audit"])
FINDINGS = st.sampled_from([None, "any", *KINDS])


@given(rows(), STATES, FINDINGS, st.sampled_from([None, *AUTHORS, "somebody who left"]), st.data())
def test_a_filter_lets_pass_what_each_row_says(
    given_rows: list[ReviewRow], state: str | None, finding: str | None, author: str | None, data: st.DataObject
) -> None:
    listed = ReviewList(given_rows)
    expected = list(given_rows)
    if given_rows:
        place = data.draw(st.integers(0, len(given_rows) - 1))
        verdict = data.draw(st.sampled_from(VERDICTS))
        gold = data.draw(st.booleans())
        expected[place] = replace(expected[place], verdict=verdict, gold=gold)
        assert listed.note(expected[place].face_id, verdict=verdict, gold=gold)
    found = listed.passing(state, finding, author)
    assert found.tolist() == [row.face_id for row in expected if passes(row, state, finding, author)]
    assert (listed.suspected, listed.accepted) == (
        sum(bool(row.findings) for row in expected),
        sum(row.verdict == "accepted" for row in expected),
    )


def test_a_face_that_is_not_listed_changes_nothing() -> None:
    assert not ReviewList(()).note(3, gold=True)
    assert len(ReviewList(()).passing(None, "any", "ann")) == 0
