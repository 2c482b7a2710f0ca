from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.simulated_campaigns import simulate
from facelabel.campaign.forecast import forecast, suggest_stop
from facelabel.campaign.forecast.audit import audit_means
from facelabel.campaign.forecast.curve import fit

LABELS = np.arange(10.0, 110.0, 10.0)


def faces(curve: np.ndarray, count: int, seed: int = 0, spread: float = 0.3) -> np.ndarray:
    """Errors (V, F) of faces that differ, and of which each follows the curve but for a little noise."""
    rng = np.random.default_rng(seed)
    hard = np.exp(rng.normal(0, spread, count))
    return curve[:, None] * hard / hard.mean() * np.exp(rng.normal(0, 0.02, (len(curve), count)))


def test_means_without_gaps_are_the_plain_ones() -> None:
    errors = faces(0.1 * LABELS**-0.3, 20)
    means = audit_means(LABELS, errors)
    np.testing.assert_allclose(means.nme, errors.mean(axis=1))
    assert means.faces == 20


def test_a_face_labelled_late_shifts_no_earlier_mean() -> None:
    errors = np.outer([0.10, 0.08, 0.06], np.linspace(0.5, 1.5, 12))
    late = errors.copy()
    late[:2, 6:] = np.nan  # The hard half.
    np.testing.assert_allclose(audit_means([10, 20, 30], late).nme, [0.10, 0.08, 0.06], rtol=1e-6)
    assert np.nanmean(late, axis=1)[0] < 0.08  # What the plain mean would say.


def test_versions_and_faces_without_errors_are_left_out_and_order_does_not_count() -> None:
    errors = faces(0.1 * LABELS[:4] ** -0.3, 12)
    wide = np.full((5, 13), np.nan)
    wide[[3, 0, 4, 2], :12] = errors
    means = audit_means([20, 999, 40, 10, 30], wide)
    np.testing.assert_allclose(means.nme, errors.mean(axis=1))
    assert means.labels.tolist() == [10, 20, 30, 40]


def test_sampling_noise_is_the_bootstraps() -> None:
    errors = faces(0.1 * LABELS**-0.3, 400, spread=0.42)
    rng = np.random.default_rng(1)
    drawn = np.log([errors[:, rng.integers(400, size=400)].mean(axis=1) for _ in range(1000)])
    covariance = audit_means(LABELS, errors).covariance
    np.testing.assert_allclose(np.sqrt(np.diag(covariance)), drawn.std(axis=0), rtol=0.12)
    gap = covariance[0, 0] + covariance[-1, -1] - 2 * covariance[0, -1]
    assert math.sqrt(gap) == pytest.approx((drawn[:, 0] - drawn[:, -1]).std(), rel=0.3)
    assert gap < 0.02 * covariance[0, 0]  # Paired: the faces' difficulty cancels.


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_covariance_can_be_inverted(seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels = rng.integers(1, 50, size=rng.integers(1, 8)).astype(float)
    errors = rng.choice([0.0, 0.02, 0.5, np.nan], size=(len(labels), rng.integers(1, 12)))
    means = audit_means(labels, errors)
    if means.faces:
        assert np.isfinite(means.nme).all()
        assert np.linalg.eigvalsh(means.covariance + 1e-6 * np.eye(len(means.nme))).min() > 0


@pytest.mark.parametrize("floor", [0.0, 0.5])
def test_a_known_curve_is_found_again(floor: float) -> None:
    rate = 0.4 if floor == 0 else 1.0
    curve = 0.12 * ((1 - floor) * (LABELS / 10) ** -rate + floor)
    said = forecast(LABELS, faces(curve, 300), ahead=100)
    truth = 12 * ((1 - floor) * 20**-rate + floor)
    assert said.then is not None
    assert said.then.value == pytest.approx(truth, rel=0.04)
    assert said.then.low < truth < said.then.high
    assert said.reason is None
    assert said.curve is not None
    with_floor = float(said.curve.weight[said.curve.floor > 0].sum())
    assert (with_floor > 0.9) == (floor > 0)


def test_the_line_for_the_lead() -> None:
    said = forecast(LABELS, faces(0.08 * LABELS**-0.2, 40), ahead=100)
    assert said.now is not None
    assert said.then is not None
    then = said.then
    expected = f"another 100 labels: {said.now.value:.1f} → {then.value:.1f} ({then.low:.1f}–{then.high:.1f})"
    assert said.text == expected
    assert forecast(LABELS, faces(0.08 * LABELS**-0.2, 40), ahead=1).text.startswith("another 1 label: ")


@given(st.integers(0, 1000), st.sampled_from([10, 50, 200]))
@settings(max_examples=15, deadline=None)
def test_more_labels_never_look_worse_and_bands_hold_their_value(seed: int, ahead: int) -> None:
    campaign = simulate(np.random.default_rng(seed))
    rounds = 3 + seed % (len(campaign.labels) - 2)
    said = forecast(*campaign.seen(rounds), ahead=ahead)
    assert said.now is not None
    assert said.then is not None
    assert said.gain is not None
    for one in (said.now, said.then, said.gain):
        assert one.low <= one.value <= one.high
    assert 0 <= said.gain.value < 100
    assert said.then.low > 0
    further = forecast(*campaign.seen(rounds), ahead=2 * ahead)
    assert further.then is not None
    assert further.then.value <= said.then.value + 1e-9
    wider = forecast(*campaign.seen(rounds), ahead=ahead, level=0.99)
    assert wider.then is not None
    assert wider.then.half_width > said.then.half_width


def test_units_do_not_matter() -> None:
    errors = faces(0.08 * LABELS**-0.2, 40)
    small, large = forecast(LABELS, errors), forecast(LABELS, 7 * errors)
    assert small.then is not None
    assert large.then is not None
    assert large.then.high == pytest.approx(7 * small.then.high)


def test_more_audit_faces_narrow_the_band() -> None:
    errors = faces(0.1 * LABELS**-0.3, 400, spread=0.45)
    few, many = forecast(LABELS, errors[:, :30]), forecast(LABELS, errors)
    assert few.then is not None
    assert many.then is not None
    assert many.then.half_width / many.then.value < 0.6 * few.then.half_width / few.then.value


def test_too_early_is_said_with_its_reason() -> None:
    errors = faces(0.1 * LABELS**-0.3, 30)
    assert "0 audit faces are labelled" in forecast([], np.empty((0, 0))).text
    assert "9 audit faces are labelled, 10 are needed" in forecast(LABELS, errors[:, :9]).text
    assert "2 rounds are measured, 3 are needed" in forecast(LABELS[:2], errors[:2]).text
    assert "1 round is measured" in forecast([10, 10, 10], errors[:3]).text
    assert forecast(LABELS[:3], errors[:3]).then is not None


def test_a_version_before_the_first_label_lies_on_no_curve() -> None:
    errors = faces(0.1 * LABELS**-0.3, 30)
    plain, with_one = (
        forecast(LABELS, errors),
        forecast([0, *LABELS], np.vstack([np.full(30, 0.5), errors])),
    )
    assert with_one.text == plain.text
    assert suggest_stop([0], [[0.1]], batch=5).text == "Too early to suggest anything: no round is measured."


def test_too_wide_says_what_would_help() -> None:
    rng = np.random.default_rng(0)
    hard = np.exp(rng.normal(0, 1.1, 12))
    said = forecast(LABELS, np.outer(0.1 * LABELS**-0.3, hard))
    assert said.reason is not None
    found = re.search(r"about (\d+) more audit faces would narrow it enough", said.reason)
    assert found
    enough = 12 + int(found[1])
    tiled = forecast(LABELS, np.outer(0.1 * LABELS**-0.3, np.resize(hard, enough)))
    assert tiled.then is not None
    assert 0.15 < tiled.then.half_width / tiled.then.value < 0.23
    assert said.text == f"another 100 labels: too wide to tell: {said.reason}"
    steep = forecast([10, 12, 14], faces(0.5 * np.array([10.0, 12, 14]) ** -1.0, 60), ahead=3000)
    assert steep.reason is not None
    assert "another round will tell more" in steep.reason


@pytest.mark.parametrize(
    ("labels", "errors"),
    [
        ([10, 20], [[0.1]]),
        ([-1], [[0.1]]),
        ([10], [[-0.1]]),
        ([10], [[math.inf]]),
        ([math.nan], [[0.1]]),
        ([10], [0.1]),
    ],
)
def test_arrays_that_cannot_be_are_refused(labels: list[float], errors: list[object]) -> None:
    with pytest.raises(ValueError):
        forecast(labels, errors)
    with pytest.raises(ValueError):
        suggest_stop(labels, errors, batch=10)


def test_one_face_that_outweighs_the_others_is_pointed_at() -> None:
    errors = faces(0.1 * LABELS**-0.3, 30)
    errors[:, 7] = 3.0
    assert "one audit face alone makes up" in str(forecast(LABELS, errors).reason)


def test_a_campaign_that_gets_worse_is_not_forecast() -> None:
    errors = faces(0.1 * LABELS**-0.3, 40)
    errors[-1] *= 2
    said = forecast(LABELS, errors)
    assert said.reason is not None
    assert re.search(r"the last round came out at \d+\.\d where the rounds before let expect \d+\.\d", said.reason)


def test_a_single_lucky_round_changes_the_forecast_little() -> None:
    curve = 0.1 * (LABELS / 10) ** -0.3
    lucky = curve.copy()
    lucky[-1] *= 0.94
    as_it_was, as_it_came = (forecast(LABELS, faces(one, 40), ahead=50) for one in (curve, lucky))
    assert as_it_was.then is not None
    assert as_it_came.then is not None
    assert 0.95 < as_it_came.then.value / as_it_was.then.value <= 1


def test_bands_hold_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    inside, widths = [], []
    for _ in range(60):
        campaign = simulate(rng)
        for rounds in range(3, len(campaign.labels), 4):
            labels, errors = campaign.seen(rounds)
            if labels[-1] + 50 > campaign.labels[-1]:
                break
            said = forecast(labels, errors, ahead=50)
            truth = 100 * float(np.interp(labels[-1] + 50, campaign.labels, campaign.truth))
            assert said.then is not None
            if said.reason is None:
                inside.append(said.then.low <= truth <= said.then.high)
                widths.append(said.then.half_width / said.then.value)
    assert len(inside) > 80
    assert 0.75 < np.mean(inside) < 0.97
    assert np.median(widths) < 0.13


def test_the_whole_curve_can_be_drawn() -> None:
    band = fit(audit_means(LABELS, faces(0.1 * LABELS**-0.3, 40))).at(np.linspace(10, 300, 30), 0.85)
    assert band.value.shape == (30,)
    assert (np.diff(band.value) < 0).all()
    assert (band.low < band.value).all()
    assert (band.value < band.high).all()
