"""How long labelling takes: seconds a face, and of the next N faces, from the seconds that were logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from facelabel.campaign.forecast.audit import Floats
from facelabel.campaign.forecast.forecasting import LEVEL, Estimate

FEWEST_TIMED = 8
_RECENT = 30
"""Faces whose annotators and corrections stand for those to come."""
_OWN_PACE = 5
"""Timed faces from which on an annotator has a pace of their own."""
_CAP = 3.5
"""Robust standard deviations (of log seconds) above the expected beyond which a time is an interruption."""
_HUBER = 1.345
_RUN = 10
"""Faces in a row whose common mood shows how much more a forecast errs than independent faces would."""
_TOGETHER = 3.0
"""The least such factor: a sitting lasts longer than a run."""
_EARNS = 0.95
"""Corrections are used when held-out error falls below this share of the error without them."""
_LEARNING, _LEARNING_SPREAD = -0.1, 0.12
"""Prior on the power of practice (Newell and Rosenbloom 1981), with which models get better too, and its spread."""
_CORRECTIONS_SPREAD = 0.3


@dataclass(frozen=True)
class Effort:
    """A fitted pace. ``timed`` faces it rests on; ``by_corrections``: the number of corrections of a face earned its
    place as an explanation; ``reason`` why there is no pace yet, else None.

    ``author``, ``experience``, ``corrected`` describe the recent faces (R,) that stand for those to come.
    """

    timed: int
    by_corrections: bool
    level: float
    reason: str | None
    coefficients: Floats
    covariance: Floats
    noise: float
    smear: float
    author: npt.NDArray[np.int64]
    experience: Floats
    corrected: Floats
    together: float

    def of(self, faces: int) -> Estimate | None:
        """Seconds that so many further faces take, with the interval that holds them with probability ``level``; None
        where ``reason`` says why. Raises ValueError for a negative number."""
        if faces < 0:
            raise ValueError("a number of faces is not negative")
        if self.reason is not None:
            return None
        if faces == 0:
            return Estimate(0.0, 0.0, 0.0)
        # Recent faces stand for those to come; annotators share them, and grow in experience as they share them.
        share = np.bincount(self.author, minlength=int(self.author.max()) + 1) / len(self.author)
        halfway = self.experience + share[self.author] * faces / 2
        x = _design(self.author, halfway, self.corrected, self.by_corrections, len(self.coefficients))
        each = np.exp(x @ self.coefficients)
        total = faces * self.smear * float(each.mean())
        gradient = (each[:, None] * x).mean(axis=0) / each.mean()
        variance = float(gradient @ self.covariance @ gradient) + self.together * self.noise**2 / faces
        away = NormalDist().inv_cdf((1 + self.level) / 2) * np.sqrt(variance)
        return Estimate(total, total * float(np.exp(-away)), total * float(np.exp(away)))

    @property
    def seconds_a_face(self) -> Estimate | None:
        """The mean of the next 50 faces, with its interval."""
        if (total := self.of(50)) is None:
            return None
        return Estimate(total.value / 50, total.low / 50, total.high / 50)

    def text(self, faces: int) -> str:
        """'about 2 h 10 of annotation (1 h 50–2 h 35)'."""
        if (total := self.of(faces)) is None:
            return f"too early to tell how long: {self.reason}"
        low, high = duration(total.low), duration(total.high)
        return f"about {duration(total.value)} of annotation" + ("" if low == high else f" ({low}–{high})")


def effort(
    seconds: npt.ArrayLike,
    *,
    corrections: npt.ArrayLike | None = None,
    authors: Sequence[str] | None = None,
    level: float = LEVEL,
) -> Effort:
    """The pace of labelling, from faces in the order in which they were labelled.

    ``seconds`` (N,) of active time, NaN or 0 where not timed; ``corrections`` (N,) that the annotator made, NaN where
    unknown; ``authors``: N names. Log seconds are fitted by Huber's regression, times far above
    the expected are taken as interruptions, annotators get faster by a power of practice, and corrections are used only
    where they foretell held-out runs of faces better. Raises ValueError for arrays of different lengths.
    """
    s = np.asarray(seconds, dtype=np.float64)
    moved = np.full(len(s), np.nan) if corrections is None else np.asarray(corrections, dtype=np.float64)
    names = [""] * len(s) if authors is None else list(authors)
    if s.ndim != 1 or moved.shape != s.shape or len(names) != len(s):
        raise ValueError("seconds, corrections and authors have to be of the same faces")
    with np.errstate(invalid="ignore"):
        timed = np.isfinite(s) & (s > 0)
    experience = _experience(names)
    author = _numbered([name for name, kept in zip(names, timed, strict=True) if kept])
    data = _Timed(np.log(s[timed]), author, experience[timed], moved[timed])
    count = len(data.seconds)
    if count < FEWEST_TIMED:
        said = f"{count} {'face is' if count == 1 else 'faces are'} timed, {FEWEST_TIMED} are needed"
        none = np.empty(0)
        return Effort(count, False, level, said, none, none, 0.0, 1.0, none.astype(np.int64), none, none, 1.0)
    return _fit(data, _corrections_earn(data, level), level)


def duration(seconds: float) -> str:
    """'40 s', '25 min', '2 h 10', '34 h': as exact as an estimate deserves."""
    if seconds < 90:
        return f"{round(seconds)} s"
    minutes = seconds / 60
    if minutes < 60 and round(minutes) < 60:
        return f"{round(minutes)} min"
    rounded = 5 * round(minutes / 5)
    return f"{rounded // 60} h {rounded % 60:02d}" if rounded < 600 else f"{round(minutes / 60)} h"


@dataclass(frozen=True)
class _Timed:
    """Log ``seconds``, ``author`` numbers, how many faces each had done, corrected landmarks, all (N,)."""

    seconds: Floats
    author: npt.NDArray[np.int64]
    experience: Floats
    corrected: Floats

    def part(self, start: int, end: int) -> _Timed:
        kept = slice(start, end)
        return _Timed(self.seconds[kept], self.author[kept], self.experience[kept], self.corrected[kept])


def _experience(names: Sequence[str]) -> Floats:
    done: dict[str, int] = {}
    counts = []
    for name in names:
        counts.append(done.get(name, 0))
        done[name] = counts[-1] + 1
    return np.array(counts, dtype=np.float64)


def _numbered(names: Sequence[str]) -> npt.NDArray[np.int64]:
    """0 for everyone with too few faces, else a number of their own from 1."""
    own = sorted(name for name in set(names) if names.count(name) >= _OWN_PACE)
    return np.array([own.index(name) + 1 if name in own else 0 for name in names], dtype=np.int64)


def _design(
    author: npt.NDArray[np.int64], experience: Floats, corrected: Floats, by_corrections: bool, columns: int
) -> Floats:
    """(N, C): one column an annotator, practice, and corrections where they are used."""
    x = np.zeros((len(author), columns))
    x[np.arange(len(author)), author] = 1
    x[:, columns - 1 - by_corrections] = np.log1p(experience)
    if by_corrections:
        x[:, -1] = np.log1p(corrected)
    return x


def _fit(data: _Timed, by_corrections: bool, level: float) -> Effort:
    y = data.seconds
    people = int(data.author.max()) + 1
    x = _design(data.author, data.experience, data.corrected, by_corrections, people + 1 + by_corrections)
    # The prior on annotators is as good as none; it keeps a column without faces solvable.
    spreads = [100.0] * people + [_LEARNING_SPREAD] + [_CORRECTIONS_SPREAD] * by_corrections
    precision = np.diag(np.array(spreads) ** -2)
    expected: Floats = np.zeros(len(spreads))
    expected[people] = _LEARNING
    weight: Floats = np.ones_like(y)
    scale = 1.0
    beta: Floats = expected
    centre = float(np.median(y))
    for _ in range(20):
        normal = (x.T * weight) @ x / scale**2 + precision
        told = (x.T * weight) @ (y - centre) / scale**2 + precision @ expected
        beta = np.asarray(np.linalg.solve(normal, told), dtype=np.float64)
        residual = y - centre - x @ beta
        scale = max(1.4826 * float(np.median(np.abs(residual))), 0.05)
        weight = np.asarray(_HUBER * scale / np.maximum(np.abs(residual), _HUBER * scale), dtype=np.float64)
    beta[:people] += centre
    residual = np.minimum(y - x @ beta, _CAP * scale)
    fitted = np.exp(x @ beta)
    smear = float((fitted * np.exp(residual)).sum() / fitted.sum())
    # Of a mean of times: those of the log-normal, not of log seconds.
    noise = float(np.std(np.exp(residual) / smear))
    together = _together(residual)
    covariance = np.linalg.inv((x.T @ x) / (noise**2 * together + 1e-6) + precision).astype(np.float64)
    recent = slice(-_RECENT, None)
    corrected = data.corrected[recent] if by_corrections else np.zeros_like(y[recent])
    return Effort(
        timed=len(y),
        by_corrections=by_corrections,
        level=level,
        reason=None,
        coefficients=beta,
        covariance=covariance,
        noise=noise,
        smear=smear,
        author=data.author[recent],
        experience=data.experience[recent],
        corrected=corrected,
        together=together,
    )


def _together(residual: Floats) -> float:
    """How many times the variance of a mean of faces is that of independent ones, from runs of faces."""
    runs = len(residual) // _RUN
    whole = float(residual.var())
    if runs < 3 or whole == 0:
        return _TOGETHER
    means = residual[-runs * _RUN :].reshape(runs, _RUN).mean(axis=1)
    return max(_TOGETHER, _RUN * float(means.var(ddof=1)) / whole)


def _corrections_earn(data: _Timed, level: float) -> bool:
    """Whether corrections help to foretell later runs of faces, clearly."""
    count = len(data.seconds)
    starts = range(max(3 * FEWEST_TIMED, count // 2), count - _RUN + 1, _RUN)
    if len(starts) < 2 or not np.isfinite(data.corrected).all() or np.ptp(data.corrected) == 0:
        return False
    return _held_out(data, True, starts, level) < _EARNS * _held_out(data, False, starts, level)


def _held_out(data: _Timed, by_corrections: bool, starts: range, level: float) -> float:
    """Mean absolute error of log seconds of the ten faces after each start, foretold from those before."""
    errors = []
    for start in starts:
        fitted = _fit(data.part(0, start), by_corrections, level)
        told = fitted.of(_RUN)
        ahead = data.seconds[start : start + _RUN]
        cap = float(np.median(ahead)) + _CAP * max(1.4826 * float(np.median(np.abs(ahead - np.median(ahead)))), 0.05)
        assert told is not None
        errors.append(abs(np.log(told.value / np.exp(np.minimum(ahead, cap)).sum())))
    return float(np.mean(errors))
