from __future__ import annotations

import numpy as np

from benchmarks.simulated_campaigns import simulate
from facelabel.campaign.forecast import suggest_stop

LABELS = np.arange(20.0, 320.0, 20.0)


def errors(curve: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(0)
    return curve[:, None] * np.exp(rng.normal(0, 0.3, 40)) * np.exp(rng.normal(0, 0.01, (len(curve), 40)))


FLAT = 0.1 * (0.5 * (LABELS / 20) ** -1.5 + 0.5)
STEEP = 0.1 * (LABELS / 20) ** -0.5


def test_a_flat_curve_suggests_stopping_and_a_steep_one_goes_on() -> None:
    flat = suggest_stop(LABELS, errors(FLAT), batch=20, budget_left=100)
    assert (flat.stop, flat.why) == (True, "gain")
    assert flat.text.startswith("Stopping is suggested: another 20 labels would take away about ")
    steep = suggest_stop(LABELS, errors(STEEP), batch=20, budget_left=100)
    assert (steep.stop, steep.why) == (False, None)
    assert steep.text.startswith("Go on: another 20 labels would take away about ")
    assert steep.batch_gain is not None
    assert steep.rest_gain is not None
    assert 2 < steep.batch_gain < 5 < steep.rest_gain < 20


def test_it_takes_two_rounds_that_agree() -> None:
    stops = [suggest_stop(LABELS[:n], errors(FLAT)[:n], batch=20, budget_left=100) for n in range(3, len(LABELS))]
    first = next(i for i, said in enumerate(stops) if said.stop)
    assert first > 0
    assert "if the next round agrees" in stops[first - 1].text
    assert not stops[first - 1].stop


def test_a_long_budget_keeps_a_slow_curve_going() -> None:
    slow = errors(0.1 * (LABELS / 20) ** -0.12)
    assert suggest_stop(LABELS, slow, batch=10, budget_left=20).stop
    assert not suggest_stop(LABELS, slow, batch=10, budget_left=3000).stop


def test_without_a_budget_only_the_next_batch_counts() -> None:
    slow = errors(0.1 * (LABELS / 20) ** -0.12)
    assert suggest_stop(LABELS, slow, batch=10).stop
    assert "budget" not in suggest_stop(LABELS, slow, batch=10).text


def test_corrections_within_the_annotators_disagreement_stop_at_once() -> None:
    steep = errors(STEEP)
    said = suggest_stop(LABELS, steep, batch=20, corrections=[0.01, 0.02, np.nan, 0.2], disagreement=0.02)
    assert (said.stop, said.why) == (True, "corrections")
    assert "2.0 %" in said.text
    assert not suggest_stop(LABELS, steep, batch=20, corrections=[0.03, 0.04], disagreement=0.02).stop
    assert not suggest_stop(LABELS, steep, batch=20, corrections=[np.nan], disagreement=0.02).stop
    early = suggest_stop([], np.empty((0, 0)), batch=20, corrections=[0.01], disagreement=0.02)
    assert early.stop
    assert early.batch_gain is None


def test_too_early_says_why() -> None:
    assert suggest_stop([], np.empty((0, 0)), batch=20).text == "Too early to suggest anything: no round is measured."
    said = suggest_stop(LABELS[:2], errors(FLAT)[:2], batch=20)
    assert not said.stop
    assert "2 rounds are measured, 3 are needed" in said.text
    third = suggest_stop(LABELS[:3], errors(FLAT)[:3], batch=20)
    assert third.batch_gain is not None
    assert not third.stop


def test_generous_campaigns_end_near_their_final_error() -> None:
    rng = np.random.default_rng(4)
    gaps = []
    while len(gaps) < 8:
        campaign = simulate(rng, generous=True)
        if campaign.labels[-1] < 800:
            continue
        for rounds in range(3, len(campaign.labels)):
            labels, seen = campaign.seen(rounds)
            batch, left = int(campaign.labels[rounds] - labels[-1]), int(campaign.labels[-1] - labels[-1])
            if suggest_stop(labels, seen, batch=batch, budget_left=left).stop:
                break
        gaps.append((campaign.truth[rounds - 1] / campaign.truth[-1], labels[-1] / campaign.labels[-1]))
    assert np.median([gap for gap, _ in gaps]) < 1.06
    assert np.median([share for _, share in gaps]) < 0.7
