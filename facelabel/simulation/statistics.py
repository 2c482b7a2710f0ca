"""Is one way of choosing better than another? Curves paired by seed: tests, effect sizes, intervals, labels saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from facelabel.metrics.ced import bootstrap_interval
from facelabel.metrics.paired import compare
from facelabel.simulation.curves import Curve

Floats = npt.NDArray[np.float64]
LEVEL = 0.95
_RESAMPLES = 2000


@dataclass(frozen=True)
class Group:
    """The campaigns of one preset and schedule, at the same ``labels`` (R,): by arm the seeds (S,) that came to their
    end, and of each its NME in per cent, corrections and hours, all (S, R)."""

    preset: str
    schedule: str
    labels: tuple[int, ...]
    seeds: Mapping[str, tuple[int, ...]]
    nme: Mapping[str, Floats]
    corrections: Mapping[str, Floats]
    hours: Mapping[str, Floats]

    def paired(self, first: str, second: str) -> tuple[list[int], list[int]]:
        """Rows of the two arms that are of the same seeds."""
        common = [seed for seed in self.seeds[first] if seed in self.seeds[second]]
        return [self.seeds[first].index(s) for s in common], [self.seeds[second].index(s) for s in common]


@dataclass(frozen=True)
class Cell:
    """An arm at a number of labels: the mean over ``runs`` with its 95 % bootstrap ``interval`` over seeds and their
    standard ``deviation``, both None of a single run; mean corrections and annotator hours until then."""

    preset: str
    schedule: str
    arm: str
    labels: int
    runs: int
    nme: float
    interval: tuple[float, float] | None
    deviation: float | None
    corrections: float
    hours: float


@dataclass(frozen=True)
class Difference:
    """An arm less the one it is compared with, over ``pairs`` of the same seed; negative = lower error.

    ``labels`` of None is the whole curve: the area under it, divided by the labels that it spans. ``difference`` in
    points of NME and ``relative`` in per cent of the other's mean, with bootstrap intervals over the pairs; ``p`` of
    the two-sided Wilcoxon test and ``p_holm`` corrected (Holm 1979) for the arms that are compared at once. Effect
    sizes, positive = lower error: ``rank_biserial`` (Kerby 2014), the share of the rank sum in favour less the rest,
    and ``d``, the mean difference in its standard deviations (None where there is no spread).
    """

    preset: str
    schedule: str
    arm: str
    against: str
    labels: int | None
    pairs: int
    nme: float
    against_nme: float
    difference: float
    interval: tuple[float, float]
    relative: float
    relative_interval: tuple[float, float]
    p: float
    p_holm: float
    rank_biserial: float
    d: float | None
    wins: int

    @property
    def shown(self) -> bool:
        """Both the corrected test and the interval tell the two apart."""
        low, high = self.interval
        return self.p_holm < 1 - LEVEL and (low > 0 or high < 0)


@dataclass(frozen=True)
class Saving:
    """How much less an arm needs for the error that the other has at ``labels``: per cent, positive = less.

    ``needed`` labels, read off the arm's mean curve. None stands for a curve that does not come down to that error, so
    that the saving is below zero by more than the budget tells. ``at_least``: the arm's very first model is as good
    already.
    """

    preset: str
    schedule: str
    arm: str
    against: str
    labels: int
    nme: float
    needed: float | None
    saving: float | None
    interval: tuple[float | None, float | None]
    at_least: bool
    hours_saving: float | None
    hours_interval: tuple[float | None, float | None]


def groups(curves: Sequence[Curve]) -> list[Group]:
    """Curves that came to their end, by preset and schedule, in the order in which they come."""
    whole = [curve for curve in curves if curve.problem is None and curve.points]
    found = []
    for preset, schedule in dict.fromkeys((c.campaign.preset, c.campaign.schedule) for c in whole):
        here = [c for c in whole if (c.campaign.preset, c.campaign.schedule) == (preset, schedule)]
        by_arm: dict[str, list[Curve]] = {}
        for curve in here:
            by_arm.setdefault(curve.campaign.arm.name, []).append(curve)

        def table(name: str, by_arm: dict[str, list[Curve]] = by_arm) -> dict[str, Floats]:
            return {
                arm: np.array([[getattr(point, name) for point in c.points] for c in of], dtype=np.float64)
                for arm, of in by_arm.items()
            }

        seeds = {arm: tuple(c.campaign.seed for c in of) for arm, of in by_arm.items()}
        found.append(
            Group(preset, schedule.name, schedule.counts, seeds, table("nme"), table("corrections"), table("hours"))
        )
    return found


def cells(group: Group) -> list[Cell]:
    """Every arm at every number of labels."""
    found = []
    for arm, errors in group.nme.items():
        several = len(errors) > 1
        for column, labels in enumerate(group.labels):
            at = errors[:, column]
            cell = Cell(
                group.preset,
                group.schedule,
                arm,
                labels,
                len(at),
                float(at.mean()),
                bootstrap_interval(at, 0, LEVEL) if several else None,
                float(at.std(ddof=1)) if several else None,
                float(group.corrections[arm][:, column].mean()),
                float(group.hours[arm][:, column].mean()),
            )
            found.append(cell)
    return found


def differences(group: Group, against: str) -> list[Difference]:
    """Every other arm against this one: on the whole curve, then at each number of labels. Arms without a seed in
    common with it are left out."""
    found: list[Difference] = []
    if against not in group.nme:
        return found
    for labels in (None, *group.labels):
        same = []
        for arm in group.nme:
            mine, theirs = group.paired(arm, against)
            if arm == against or not mine:
                continue
            a, b = _figure(group, arm, mine, labels), _figure(group, against, theirs, labels)
            same.append(_difference(group, arm, against, labels, a, b))
        found += _holm(same)
    return found


def area(labels: Sequence[int], errors: Floats) -> Floats:
    """The area under curves (S, R) by the trapezoidal rule, divided by the span of labels: a mean error (S,)."""
    if len(labels) == 1:
        return errors[:, 0]
    x = np.asarray(labels, dtype=np.float64)
    found: Floats = np.trapezoid(errors, x, axis=1) / (x[-1] - x[0])
    return found


def savings(group: Group, against: str, at: Sequence[int]) -> list[Saving]:
    """Labels, and annotator hours, that each other arm saves at the error of ``against`` at each of ``at`` labels.

    Both mean curves are made to fall (isotonic regression) and read between their points by straight lines of log
    error over log labels. The interval resamples the seeds, paired.
    """
    found: list[Saving] = []
    for labels in at:
        for arm in group.nme:
            if arm == against or against not in group.nme or labels not in group.labels:
                continue
            mine, theirs = group.paired(arm, against)
            if mine:
                found.append(_saving(group, arm, against, labels, mine, theirs))
    return found


def needed(x: Floats, errors: Floats, target: float) -> float:
    """Where a falling curve (R,) over ``x`` (R,) comes down to ``target``: infinite where it does not."""
    below = np.flatnonzero(errors <= target)
    if not len(below):
        return float("inf")
    i = int(below[0])
    if i == 0 or errors[i - 1] <= 0 or errors[i] <= 0 or x[i - 1] <= 0:
        return float(x[i])
    share = np.log(errors[i - 1] / target) / np.log(errors[i - 1] / errors[i])
    return float(min(x[i], np.exp(np.log(x[i - 1]) + share * np.log(x[i] / x[i - 1]))))


def falling(errors: Floats) -> Floats:
    """The nearest curve (R,) that never rises, in least squares."""
    from scipy.optimize import isotonic_regression

    found: Floats = isotonic_regression(errors, increasing=False).x
    return found


def _figure(group: Group, arm: str, rows: list[int], labels: int | None) -> Floats:
    errors = group.nme[arm][rows]
    return area(group.labels, errors) if labels is None else errors[:, group.labels.index(labels)]


def _difference(group: Group, arm: str, against: str, labels: int | None, a: Floats, b: Floats) -> Difference:
    paired = compare(a, b, 0)
    gap = a - b
    spread = float(gap.std(ddof=1)) if len(gap) > 1 else 0.0
    picks = np.random.default_rng(0).integers(len(a), size=(_RESAMPLES, len(a)))
    ratios = 100 * (a[picks].mean(axis=1) / b[picks].mean(axis=1) - 1)
    low, high = np.quantile(ratios, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Difference(
        preset=group.preset,
        schedule=group.schedule,
        arm=arm,
        against=against,
        labels=labels,
        pairs=len(a),
        nme=float(a.mean()),
        against_nme=float(b.mean()),
        difference=paired.difference,
        interval=paired.interval,
        relative=100 * float(a.mean() / b.mean() - 1),
        relative_interval=(float(low), float(high)),
        p=paired.p_value,
        p_holm=paired.p_value,
        rank_biserial=_rank_biserial(-gap),
        d=-float(gap.mean()) / spread if spread > 0 else None,
        wins=paired.lower,
    )


def _rank_biserial(differences: Floats) -> float:
    from scipy.stats import rankdata

    signed = differences[differences != 0]
    if not len(signed):
        return 0.0
    ranks = rankdata(np.abs(signed))
    return float((ranks * np.sign(signed)).sum() / ranks.sum())


def _holm(same: list[Difference]) -> list[Difference]:
    order = sorted(range(len(same)), key=lambda i: same[i].p)
    corrected, worst = list(same), 0.0
    for place, i in enumerate(order):
        worst = max(worst, min(1.0, (len(same) - place) * same[i].p))
        corrected[i] = replace(same[i], p_holm=worst)
    return corrected


def _saving(group: Group, arm: str, against: str, labels: int, mine: list[int], theirs: list[int]) -> Saving:
    column = group.labels.index(labels)
    x = np.array(group.labels, dtype=np.float64)
    a, b = group.nme[arm][mine], group.nme[against][theirs]
    hours_a, hours_b = group.hours[arm][mine], group.hours[against][theirs]

    def of(rows: npt.NDArray[np.intp]) -> tuple[float, float, float]:
        target = float(falling(b[rows].mean(axis=0))[column])
        mean = falling(a[rows].mean(axis=0))
        spent, usual = hours_a[rows].mean(axis=0), float(hours_b[rows].mean(axis=0)[column])
        in_hours = needed(spent, mean, target) / usual if usual > 0 else float("inf")
        return target, needed(x, mean, target), in_hours

    everyone = np.arange(len(mine))
    target, count, in_hours = of(everyone)
    rng = np.random.default_rng(0)
    drawn = np.array([of(rng.integers(len(mine), size=len(mine)))[1:] for _ in range(_RESAMPLES)])
    return Saving(
        preset=group.preset,
        schedule=group.schedule,
        arm=arm,
        against=against,
        labels=labels,
        nme=target,
        needed=count if np.isfinite(count) else None,
        saving=_percent(1 - count / labels),
        interval=_interval(1 - drawn[:, 0] / labels),
        at_least=bool(count <= x[0]),
        hours_saving=_percent(1 - in_hours),
        hours_interval=_interval(1 - drawn[:, 1]),
    )


def _interval(values: Floats) -> tuple[float | None, float | None]:
    """Order statistics, as some values may be infinite."""
    low = np.quantile(values, (1 - LEVEL) / 2, method="lower")
    high = np.quantile(values, (1 + LEVEL) / 2, method="higher")
    return _percent(float(low)), _percent(float(high))


def _percent(value: float) -> float | None:
    return 100 * value if np.isfinite(value) else None
