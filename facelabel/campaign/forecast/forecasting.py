"""'Another 100 labels: 4.9 → 4.6 (4.4–4.8)', or why nobody can tell yet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from facelabel.campaign.forecast.audit import AuditMeans, audit_means
from facelabel.campaign.forecast.curve import LearningCurve, fit

LEVEL = 0.85
"""Probability that a band is meant to hold the truth with; ``benchmarks/forecast.py`` prints how often it does."""
FEWEST_VERSIONS = 3
FEWEST_FACES = 10
TOO_WIDE = 0.2
"""Half of a band's width, relative to its value, from which on it says too little to decide on."""

OFF = 0.15
"""Distance (of logarithms) of the newest NME from the curve beyond which the curve does not hold."""
HEAVY = 0.4


@dataclass(frozen=True)
class Estimate:
    """``value`` within ``low`` and ``high``; NME in per cent, a gain in per cent of the present NME."""

    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Forecast:
    """What ``ahead`` more labels would bring to a model that has seen ``labels``.

    ``now``, ``then``: NME in per cent at present and after those labels, over faces like the audit faces, of which
    there are ``faces``, under ``versions`` model versions; ``gain``: per cent of the present NME that would go. They
    are None where ``reason`` says why nobody can tell; a band that is too wide stays in ``then``, with its reason.
    ``curve`` draws the whole curve, for a plot.
    """

    labels: int
    ahead: int
    faces: int
    versions: int
    level: float
    now: Estimate | None = None
    then: Estimate | None = None
    gain: Estimate | None = None
    curve: LearningCurve | None = None
    reason: str | None = None

    @property
    def text(self) -> str:
        """One line for the lead."""
        said = f"another {self.ahead:,} label{'' if self.ahead == 1 else 's'}"
        if self.now is None or self.then is None or self.reason is not None:
            return f"{said}: too wide to tell: {self.reason}"
        then = self.then
        return f"{said}: {self.now.value:.1f} → {then.value:.1f} ({then.low:.1f}–{then.high:.1f})"


def forecast(labels: npt.ArrayLike, errors: npt.ArrayLike, *, ahead: int = 100, level: float = LEVEL) -> Forecast:
    """What ``ahead`` (at least 1) more labels would bring.

    ``labels`` (V,): faces that each model version was trained on; ``errors`` (V, F): NME of each audit face under each
    version, fractions, NaN where there is none. Only versions of one preset and one way of training belong on one
    curve. The band holds the NME of the version that will come, over all faces like the audit faces, with probability
    ``level``: the choice of the audit faces, the shape of the curve and the luck of a training are in it. Raises
    ValueError for arrays of another shape, negative or infinite values.
    """
    if ahead < 1 or not 0 < level < 1:
        raise ValueError("a forecast looks at least one label ahead, with a level between 0 and 1")
    means = audit_means(labels, errors)
    sizes = len(np.unique(means.labels))
    last = int(means.labels[-1]) if sizes else 0
    if reason := too_few(means):
        return Forecast(last, ahead, means.faces, sizes, level, reason=reason)
    curve = fit(means)
    band = curve.at([last, last + ahead], level)
    now, then = (
        Estimate(*(100 * float(one) for one in ends)) for ends in zip(band.value, band.low, band.high, strict=True)
    )
    gain = Estimate(*(100 * share for share in curve.gain(last, last + ahead, level)))
    reason = _off_the_curve(means, now) or _too_wide(means, then, level)
    return Forecast(last, ahead, means.faces, sizes, level, now, then, gain, curve, reason)


def too_few(means: AuditMeans) -> str | None:
    """What has to come before any curve can be fitted; None where there is enough."""
    sizes = len(np.unique(means.labels))
    if means.faces < FEWEST_FACES:
        return f"{_some(means.faces, 'audit face')} labelled, {FEWEST_FACES} are needed"
    if sizes < FEWEST_VERSIONS:
        return f"{_some(sizes, 'round')} measured, {FEWEST_VERSIONS} are needed"
    return None


def _off_the_curve(means: AuditMeans, now: Estimate) -> str | None:
    """That the newest version is far from what those before it let expect, as after a change or a bad training."""
    measured = 100 * float(means.nme[-1])
    if abs(math.log(measured / now.value)) <= OFF:
        return None
    return f"the last round came out at {measured:.1f} where the rounds before let expect {now.value:.1f}"


def _too_wide(means: AuditMeans, then: Estimate, level: float) -> str | None:
    """That a band is too wide, and what would narrow it: audit faces where their choice alone makes it so."""
    width = then.half_width / then.value
    if width <= TOO_WIDE:
        return None
    said = f"the band is ±{100 * width:.0f} % wide"
    if means.heaviest > HEAVY:
        return f"{said}; one audit face alone makes up {100 * means.heaviest:.0f} % of the error: look at its label"
    z = NormalDist().inv_cdf((1 + level) / 2)
    sampling = float(means.covariance[-1, -1])
    rest = max(0.0, (width / z) ** 2 - sampling)
    room = (TOO_WIDE / z) ** 2 - rest
    if room <= 0.25 * (TOO_WIDE / z) ** 2:
        return f"{said}; another round will tell more"
    more = max(1, math.ceil(means.faces * sampling / room) - means.faces)
    return f"{said}; about {_some(more, 'more audit face', verb=False)} would narrow it enough"


def _some(count: int, what: str, verb: bool = True) -> str:
    many = "" if count == 1 else "s"
    return f"{count} {what}{many}" + ((" is" if count == 1 else " are") if verb else "")
