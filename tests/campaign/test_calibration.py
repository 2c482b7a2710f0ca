"""Expected errors: calibrated on audit faces only, monotone, careful while few tell, honest about how good they are."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from facelabel.campaign.calibration import FEWEST, Calibration, Pairs, curve, reliability
from facelabel.campaign.overview import Overview
from facelabel.store import labels
from tests.campaign.bench import Bench, truth_of

LANDMARKS = 68


def pairs(
    faces: int, *, factor: float = 2.0, versions: tuple[int, ...] = (3,), seed: int = 0, noise: float = 1.0
) -> Pairs:
    """Real errors are Rayleigh about ``factor`` times what was expected."""
    rng = np.random.default_rng(seed)
    count = faces * LANDMARKS * len(versions)
    expected = rng.uniform(0.01, 0.2, count)
    real = factor * expected * (noise * (rng.rayleigh(np.sqrt(2 / np.pi), count) - 1) + 1)
    face = np.tile(np.repeat(np.arange(faces), LANDMARKS), len(versions))
    version = np.repeat(versions, faces * LANDMARKS)
    return Pairs(face, version, expected, real, np.full(count, 0.7))


def test_many_audit_faces_tell_how_far_off_points_are() -> None:
    known = Calibration(200, tuple(map(tuple, curve(pairs(200)).tolist())))
    told = known.errors(np.array([2.0, 5.0, 15.0]), 100.0)
    np.testing.assert_allclose(told, [4.0, 10.0, 30.0], rtol=0.1)


def test_few_audit_faces_are_not_believed_all_at_once() -> None:
    few, many = (float(curve(pairs(n, factor=4.0, noise=0.0))[-1, 1]) for n in (8, 200))
    assert 0.5 * many < few < 0.95 * many


def test_the_newest_version_counts_most() -> None:
    older, newest = pairs(40, factor=1.0, noise=0.0), pairs(40, factor=3.0, noise=0.0, versions=(4,))
    both = Pairs(
        *(
            np.concatenate([getattr(part, name) for part in (older, newest)])
            for name in ("face", "version", "expected", "real", "unit")
        )
    )
    middle = np.interp(0.1, *curve(both).T)
    assert 0.2 < middle < 0.28


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), faces=st.integers(2, 30), size=st.floats(1.0, 2000.0))
def test_what_is_expected_to_be_worse_is_never_told_better(seed: int, faces: int, size: float) -> None:
    rng = np.random.default_rng(seed)
    count = faces * 5
    some = Pairs(
        np.repeat(np.arange(faces), 5),
        np.full(count, 1),
        rng.uniform(0.01, 0.3, count),
        rng.exponential(0.05, count),
        np.ones(count),
    )
    known = Calibration(faces, tuple(map(tuple, curve(some).tolist())))
    told = known.errors(np.sort(rng.uniform(0, size, 50)), size)
    assert np.all(np.diff(told) >= -1e-9)
    assert np.all(told >= 0)
    double = known.errors(2 * np.linspace(0, size, 20), 2 * size)
    np.testing.assert_allclose(double, 2 * known.errors(np.linspace(0, size, 20), size), rtol=1e-9)


def test_a_good_expectation_reads_as_one_and_a_useless_one_too() -> None:
    good = reliability(pairs(40), 3)
    assert good.deviation < 0.15
    assert "can be relied on" in good.text
    assert sum(one.landmarks for one in good.bins) == 40 * LANDMARKS
    inside = [one.low <= one.expected <= one.high for one in good.bins]
    assert sum(inside) >= len(inside) - 2
    assert all(one.low <= one.real <= one.high for one in good.bins)
    chance = pairs(40)
    blind = Pairs(
        chance.face, chance.version, chance.expected, np.random.default_rng(1).permutation(chance.real), chance.unit
    )
    assert "hardly tell sure points from doubtful ones" in reliability(blind, 3).text


def test_a_face_is_never_told_by_itself() -> None:
    """One face is far worse than all others: its own points must not make it look well calibrated."""
    some = pairs(10, factor=1.0, noise=0.0)
    real = np.where(some.face == 0, 10 * some.real, some.real)
    told = reliability(Pairs(some.face, some.version, some.expected, real, some.unit), 3)
    worst = max(told.bins, key=lambda one: one.real)
    assert worst.real > 1.3 * worst.expected


def drawn(bench: Bench, audited: int) -> Bench:
    """A model that is off by three pixels, and so many labelled audit faces."""
    bench.add_faces(60)
    bench.change(function="random", first_batch=2 * audited, batch=10, holdout=0.5, budget=2 * audited + 20)
    bench.campaign.draw()
    bench.label_batch()
    bench.work(shift=3.0)
    return bench


def test_a_project_says_how_many_audit_faces_are_missing(bench: Bench) -> None:
    drawn(bench, 3)
    known = Overview(bench.project).calibration()
    assert not known.ready
    assert known.text == f"not calibrated yet: {known.faces} of {FEWEST} audit faces"
    expected = np.array([1.0, 2.0])
    np.testing.assert_array_equal(known.errors(expected, 50.0), expected)


def test_a_project_is_calibrated_on_its_audit_faces_alone(bench: Bench) -> None:
    drawn(bench, 20)
    overview = Overview(bench.project)
    known = overview.calibration()
    assert known.ready
    assert known.faces >= FEWEST
    assert known.reliability is not None
    before = known.errors(np.array([3.0]), 30.0)
    for item in bench.campaign.queue():
        if not item.blind:
            record = truth_of(item.face_id)
            far_off = labels.LabelRecord(record.shape + 40, record.visibility, record.sources, record.moved)
            bench.label(item.face_id, record=far_off)
    after = overview.calibration()
    assert after.faces == known.faces
    np.testing.assert_allclose(after.errors(np.array([3.0]), 30.0), before, rtol=0.05)
