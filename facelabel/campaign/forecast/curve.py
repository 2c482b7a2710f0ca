"""Learning curves of two families, a power law and one that levels off, fitted to the audit errors of the versions.

Source of the families: Cortes et al., "Learning curves: asymptotic values and rate of convergence", NeurIPS 1993;
Viering and Loog, "The shape of learning curves: a review", TPAMI 2023. Every shape of a grid is weighted by how well
it explains the versions, given the sampling noise of the audit faces, which is shared between versions, and a noise
of training; forecasts average over all shapes.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from facelabel.campaign.forecast.audit import AuditMeans, Floats

_RATES = np.geomspace(0.05, 2.5, 24)
_FLOORS = np.linspace(0.05, 0.95, 19)
_NOISES = np.array([0.004, 0.008, 0.012, 0.02, 0.03])
_NOISE_PRIOR = np.array([0.2, 0.3, 0.3, 0.15, 0.05])
_FEW = 30.0
"""Labels below which a training's luck (which faces it got) weighs more."""
_POWER_RATE, _FLOOR_RATE, _RATE_SPREAD = 0.3, 1.0, 0.6
"""Medians of the prior on the rate, of each family, and its log-normal spread."""
_LEVELS_OFF = 0.85
"""Prior weight of the family with a floor."""
_TRUST = 0.6
"""Power of the likelihood: no campaign follows either family exactly, and the luck of trainings outlasts a round."""
_WORTH = 1e-6
"""Weight below which a shape moves no quantile that is shown."""
_POINTS = np.array([NormalDist().inv_cdf((i + 0.5) / 25) for i in range(25)])


@dataclass(frozen=True)
class Band:
    """``value`` (the median) within ``low`` and ``high``, arrays of one shape; NME as fractions."""

    labels: Floats
    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class LearningCurve:
    """f(n) = A ((1 - floor) (n / reference)^-rate + floor), as S weighted shapes.

    ``floor`` (S,), 0 for the power law, is the share of the present error that no further label removes; ``rate`` and
    ``noise`` (S,), the latter of log NME from training to training; ``level`` (S,) and ``level_variance`` (S,) those
    of log A; ``weight`` (S,) sums to 1.
    """

    reference: float
    floor: Floats
    rate: Floats
    noise: Floats
    level: Floats
    level_variance: Floats
    weight: Floats

    def at(self, labels: npt.ArrayLike, level: float) -> Band:
        """NME of a model trained on so many labels, with the band that holds it with probability ``level``."""
        n = np.atleast_1d(np.asarray(labels, dtype=np.float64))
        ends = [_quantiles(*self._log_nme(one), [0.5, (1 - level) / 2, (1 + level) / 2]) for one in n]
        value, low, high = np.exp(np.array(ends)).T
        return Band(n, value, low, high)

    def expected_gain(self, start: float, end: float) -> float:
        """The share of the NME at ``start`` labels that is expected to be gone at ``end``."""
        before, after = (_shape(n, self.reference, self.rate, self.floor) for n in (start, end))
        return float(self.weight @ (1 - np.exp(after - before)))

    def gain(self, start: float, end: float, level: float) -> tuple[float, float, float]:
        """The expected gain, and the low and high end of what comes with probability ``level``, the luck of both
        trainings included. How hard the audit faces are cancels: this is surer than either NME."""
        luck = float(_luck(np.array([start, end])).sum()) if end != start else 0.0
        before, after = (_shape(n, self.reference, self.rate, self.floor) for n in (start, end))
        ends = _quantiles(after - before, self.noise * np.sqrt(luck), self.weight, [(1 + level) / 2, (1 - level) / 2])
        low, high = 1 - np.exp(ends)
        return self.expected_gain(start, end), float(low), float(high)

    def _log_nme(self, n: float) -> tuple[Floats, Floats, Floats]:
        mean = self.level + _shape(n, self.reference, self.rate, self.floor)
        return mean, np.sqrt(self.level_variance + self.noise**2 * _luck(np.array([n]))[0]), self.weight


def fit(means: AuditMeans) -> LearningCurve:
    """All shapes of both families, weighted; the overall level has a flat prior and is solved for."""
    n, y = means.labels, np.log(means.nme)
    reference = float(n[-1])
    rates, floors = np.meshgrid(_RATES, np.concatenate([[0.0], _FLOORS]))
    rate, floor = rates.ravel(), floors.ravel()
    prior = _log_prior(rate, floor)
    residual = y[:, None] - np.stack([_shape(one, reference, rate, floor) for one in n])
    parts = []
    for noise, chance in zip(_NOISES, _NOISE_PRIOR, strict=True):
        inverse = np.linalg.inv(means.covariance + np.diag(noise**2 * _luck(n)))
        total = float(inverse.sum())
        level = inverse.sum(axis=0) @ residual / total
        left = residual - level
        misfit = np.einsum("vs,vw,ws->s", left, inverse, left)
        _, log_det = np.linalg.slogdet(inverse)
        likelihood = _TRUST * 0.5 * (log_det - np.log(total) - misfit)
        parts.append((level, np.full(len(rate), 1 / total), np.full(len(rate), noise), likelihood + np.log(chance)))
    level, variance, noises, likelihood = (np.concatenate(part) for part in zip(*parts, strict=True))
    score = likelihood + np.tile(prior, len(_NOISES))
    weight = np.exp(score - score.max())
    rate, floor = np.tile(rate, len(_NOISES)), np.tile(floor, len(_NOISES))
    return LearningCurve(reference, floor, rate, noises, level, variance, weight / weight.sum())


def _shape(n: float, reference: float, rate: Floats, floor: Floats) -> Floats:
    shape: Floats = np.log((1 - floor) * (n / reference) ** -rate + floor)
    return shape


def _luck(n: Floats) -> Floats:
    return 1 + (_FEW / n) ** 2


def _log_prior(rate: Floats, floor: Floats) -> Floats:
    """Within each family, the rate is log-normal and the floor uniform."""
    median = np.where(floor > 0, _FLOOR_RATE, _POWER_RATE)
    prior = np.exp(-0.5 * (np.log(rate / median) / _RATE_SPREAD) ** 2)
    for family, chance in ((floor > 0, _LEVELS_OFF), (floor == 0, 1 - _LEVELS_OFF)):
        prior[family] *= chance / prior[family].sum()
    return np.log(prior)


def _quantiles(mean: Floats, spread: Floats, weight: Floats, at: list[float]) -> Floats:
    """Quantiles of a mixture of normal distributions."""
    worth = weight > _WORTH
    values = mean[worth, None] + spread[worth, None] * _POINTS
    weights = np.repeat(weight[worth] / len(_POINTS), len(_POINTS))
    return _weighted_quantiles(values.ravel(), weights, at)


def _weighted_quantiles(values: Floats, weights: Floats, at: list[float]) -> Floats:
    order = np.argsort(values, kind="stable")
    middle = np.cumsum(weights[order]) - weights[order] / 2
    quantiles: Floats = np.interp(np.array(at) * weights.sum(), middle, values[order])
    return quantiles
