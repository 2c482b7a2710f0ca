from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.simulated_campaigns import simulate_labelling
from facelabel.campaign.forecast import Work, budget, duration, effort


def steady(faces: int, seconds: float = 30.0, seed: int = 0) -> np.ndarray:
    return seconds * np.exp(np.random.default_rng(seed).normal(0, 0.2, faces))


def test_a_steady_pace() -> None:
    said = effort(steady(300))
    total = said.of(100)
    assert total is not None
    assert total.value == pytest.approx(100 * 30 * np.exp(0.02), rel=0.1)
    assert total.low < total.value < total.high
    assert said.seconds_a_face is not None
    assert said.seconds_a_face.value == pytest.approx(total.value / 100, rel=0.05)
    assert said.text(260).startswith("about 2 h ")


def test_an_interval_that_shows_nothing_is_left_out() -> None:
    assert effort(np.full(300, 20.0)).text(3) == "about 60 s of annotation"
    assert "(" in effort(steady(20)).text(100)


def test_an_hour_at_lunch_is_no_work() -> None:
    seconds = steady(60)
    lunch = seconds.copy()
    lunch[[20, 40]] = 3600
    plain, with_lunch = effort(seconds).of(100), effort(lunch).of(100)
    assert plain is not None
    assert with_lunch is not None
    assert with_lunch.value < 1.15 * plain.value
    assert 100 * lunch.mean() > 4 * plain.value


def test_practice_is_expected_to_go_on() -> None:
    experience = np.arange(200.0)
    seconds = steady(200, 60) * (1 + experience) ** -0.3
    total = effort(seconds).of(200)
    ahead = 60 * (1 + np.arange(200.0, 400.0)) ** -0.3
    assert total is not None
    assert total.value == pytest.approx(ahead.sum() * np.exp(0.02), rel=0.1)
    assert total.value < 200 * seconds.mean()


def test_each_annotator_has_a_pace_of_their_own() -> None:
    names = ["quick", "slow"] * 40
    seconds = steady(80, 10) * np.array([1.0, 4.0] * 40)
    both = effort(seconds, authors=names).of(100)
    assert both is not None
    assert both.value == pytest.approx(100 * 25, rel=0.15)
    now_quick = effort(np.concatenate([seconds, steady(30, 10)]), authors=[*names, *["quick"] * 30]).of(100)
    assert now_quick is not None
    assert now_quick.value == pytest.approx(100 * 10, rel=0.2)


def test_corrections_are_used_where_they_explain_the_time() -> None:
    rng = np.random.default_rng(2)
    corrections = np.concatenate([rng.poisson(40, 60), rng.poisson(10, 60), rng.poisson(2, 40)]).astype(float)
    seconds = 2 * (1 + corrections) * np.exp(rng.normal(0, 0.1, 160))
    with_them, without = effort(seconds, corrections=corrections), effort(seconds)
    assert with_them.by_corrections
    assert not without.by_corrections
    truth = 100 * 2 * 3.0
    told, blind = with_them.of(100), without.of(100)
    assert told is not None
    assert blind is not None
    assert abs(told.value / truth - 1) < 0.25 < abs(blind.value / truth - 1)
    noise = rng.poisson(10, 160).astype(float)
    assert not effort(steady(160), corrections=noise).by_corrections


def test_unknown_corrections_are_no_error() -> None:
    corrections = np.full(60, 5.0)
    corrections[3] = np.nan
    assert effort(steady(60), corrections=corrections).of(10) is not None


def test_too_few_timed_faces_are_said() -> None:
    said = effort([20.0, np.nan, 0.0, 30.0])
    assert said.of(100) is None
    assert said.seconds_a_face is None
    assert said.text(100) == "too early to tell how long: 2 faces are timed, 8 are needed"
    assert effort([]).reason is not None
    assert effort([20.0] * 8).of(0) is not None


@given(st.lists(st.floats(0.1, 5000), min_size=8, max_size=60), st.integers(1, 500))
@settings(max_examples=40, deadline=None)
def test_any_times_give_a_finite_interval_that_grows_with_the_faces(seconds: list[float], faces: int) -> None:
    said = effort(seconds)
    one, more = said.of(faces), said.of(faces + 100)
    assert one is not None
    assert more is not None
    assert 0 < one.low <= one.value <= one.high < np.inf
    assert more.value > one.value


def test_intervals_hold_the_truth() -> None:
    rng = np.random.default_rng(5)
    inside = []
    for _ in range(60):
        work = simulate_labelling(rng, 140)
        total = effort(work.seconds[:40], corrections=work.corrections[:40], authors=work.authors[:40]).of(100)
        assert total is not None
        inside.append(total.low <= work.plain[40:].sum() <= total.high)
    assert 0.7 < np.mean(inside) <= 1


@pytest.mark.parametrize("faces", [-1, -100])
def test_negative_faces_are_refused(faces: int) -> None:
    with pytest.raises(ValueError):
        effort(steady(20)).of(faces)


def test_lengths_have_to_agree() -> None:
    with pytest.raises(ValueError):
        effort(steady(5), authors=["a"])
    with pytest.raises(ValueError):
        effort(steady(5), corrections=[1.0])


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (40, "40 s"), (89.4, "89 s"), (600, "10 min"), (3590, "1 h 00"), (7790, "2 h 10"), (86400, "24 h")],
)
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_what_counts_to_the_budget() -> None:
    work = {
        "labelled": Work(60, 1800),
        "audit": Work(20, 1200),
        "gold": Work(5, 200),
        "repeated": Work(5, 200),
        "rejected": Work(10, 100),
        "review": Work(30, 100),
    }
    said = budget(work, face_limit=200, hour_limit=3, seconds_a_face=36)
    assert (said.faces, said.hours, said.faces_left, said.ends_by) == (90, pytest.approx(1.0), 110, "faces")
    assert said.text == "90 of 200 faces and 1.0 of 3 hours spent; 110 faces left"
    assert "60 labelled, 20 audit, 5 gold, 5 repeated" in said.counts
    assert said.counts.endswith("hours: 0.5 labelled, 0.3 audit, 0.1 gold, 0.1 repeated, 0.0 rejected, 0.0 review")
    said = budget(work, face_limit=200, hour_limit=1.5, seconds_a_face=36)
    assert (said.faces, said.hours, said.faces_left, said.ends_by) == (90, pytest.approx(1.0), 50, "hours")
    assert said.text.endswith("50 faces left, by the hours")


def test_a_spent_budget_leaves_nothing() -> None:
    said = budget({"labelled": Work(12, 7200)}, face_limit=10)
    assert (said.spent, said.faces_left, said.text) == (
        True,
        0,
        "12 of 10 faces and 2.0 hours spent; the budget is used up",
    )
    assert budget({"labelled": Work(1, 7200)}, hour_limit=2).spent
    assert budget({"labelled": Work(1, 7200)}, face_limit=10, hour_limit=1, seconds_a_face=10).faces_left == 0


def test_without_limits_or_pace_nothing_is_guessed() -> None:
    assert budget({}).faces_left is None
    assert budget({"labelled": Work(1, 30)}).text == "1 face and 0.0 hours spent"
    assert budget({"labelled": Work(1, 30)}, hour_limit=2).faces_left is None
    with pytest.raises(ValueError):
        budget({"labelled": Work(-1, 0)})
    with pytest.raises(ValueError):
        budget({}, face_limit=-1)
