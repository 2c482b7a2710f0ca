"""Whether more labels are still worth their seconds. It only ever suggests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from facelabel.campaign.forecast.audit import audit_means
from facelabel.campaign.forecast.curve import fit
from facelabel.campaign.forecast.forecasting import too_few

BATCH_GAIN = 0.02
REST_GAIN = 0.15
"""Times the square of the budget's share that is spent: early, a round more costs little beside what stopping would
lose. Chosen on simulated campaigns (``benchmarks.forecast``, seeds 100 and 101)."""
ROUNDS = 2


@dataclass(frozen=True)
class StopSuggestion:
    """``stop``: whether stopping is suggested, and ``why``: the model gains too little, or the corrections made are no
    larger than annotators differ. ``batch_gain``, ``rest_gain``: expected share of the NME, per cent, that another
    batch and the rest of the budget would take away; None where it cannot be told. ``text`` says it to the lead."""

    stop: bool
    why: Literal["gain", "corrections"] | None
    batch_gain: float | None
    rest_gain: float | None
    text: str


def suggest_stop(
    labels: npt.ArrayLike,
    errors: npt.ArrayLike,
    *,
    batch: int,
    budget_left: int | None = None,
    corrections: npt.ArrayLike = (),
    disagreement: float | None = None,
) -> StopSuggestion:
    """Suggest stopping, or say why not yet.

    ``labels`` (V,) and ``errors`` (V, F) as for ``forecast``; ``batch`` (at least 1): faces of the next batch;
    ``budget_left``: faces that may still be labelled, None where nobody set a limit. ``corrections``: how far the
    annotators moved the predictions of the newest round's faces, mean over the landmarks of each, and
    ``disagreement``: the mean distance between two annotators, or of one with themselves, on the same faces, both as
    fractions of the normaliser; leave one out and that rule is not asked.

    Suggested when, two rounds in a row, the forecast gain of another batch is under 2 % of the NME and that of the rest
    of the budget under 15 % of the squared share that is spent (3.8 % at half of it), or when the median correction
    lies within the disagreement. Raises ValueError as ``forecast`` does.
    """
    if batch < 1 or (budget_left is not None and budget_left < 0):
        raise ValueError("a batch has at least one face, and no less than nothing is left of a budget")
    moved = np.asarray(corrections, dtype=np.float64).ravel()
    moved = moved[np.isfinite(moved)]
    gains = _gains(labels, errors, batch, budget_left)
    now = gains[-1] if gains and not isinstance(gains[-1], str) else None
    batch_gain, rest_gain = (None, None) if now is None else (100 * now[0], 100 * now[1])
    if len(moved) and disagreement is not None and (median := float(np.median(moved))) <= disagreement:
        text = (
            f"Stopping is suggested: predictions are corrected by {100 * median:.1f} %, which is no more than "
            f"annotators differ among themselves ({100 * disagreement:.1f} %)."
        )
        return StopSuggestion(True, "corrections", batch_gain, rest_gain, text)
    if now is None:
        reason = gains[-1] if gains else "no round is measured"
        return StopSuggestion(False, None, None, None, f"Too early to suggest anything: {reason}.")
    of_batch = f"another {batch:,} label{'' if batch == 1 else 's'} would take away about {100 * now[0]:.1f} %"
    of_rest = "" if budget_left is None else f", the rest of the budget {100 * now[1]:.1f} %"
    small = [not isinstance(gain, str) and _is_small(*gain) for gain in gains]
    if len(small) == ROUNDS and all(small):
        text = f"Stopping is suggested: {of_batch} of the error{of_rest}, and the round before said so too."
        return StopSuggestion(True, "gain", batch_gain, rest_gain, text)
    more = "; if the next round agrees, stopping will be suggested" if small[-1] else ""
    return StopSuggestion(False, None, batch_gain, rest_gain, f"Go on: {of_batch} of the error{of_rest}{more}.")


def _is_small(of_batch: float, of_rest: float, spent: float) -> bool:
    return of_batch < BATCH_GAIN and of_rest < REST_GAIN * spent**2


def _gains(
    labels: npt.ArrayLike, errors: npt.ArrayLike, batch: int, budget_left: int | None
) -> list[tuple[float, float, float] | str]:
    """Expected gains (of another batch, of the rest of the budget) and the share of the budget spent, as each of the
    last rounds saw them, oldest first, or the reason why one could not."""
    n, e = np.asarray(labels, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    sizes = np.unique(audit_means(n, e).labels)
    said: list[tuple[float, float, float] | str] = []
    for last in sizes[-ROUNDS:]:
        means = audit_means(n[n <= last], e[n <= last])
        if reason := too_few(means):
            said.append(reason)
            continue
        curve = fit(means)
        # The end of the budget stays where it is: an earlier round had more of it left.
        end = float(last + batch if budget_left is None else sizes[-1] + budget_left)
        said.append((curve.expected_gain(last, last + batch), curve.expected_gain(last, end), float(last / end)))
    return said
