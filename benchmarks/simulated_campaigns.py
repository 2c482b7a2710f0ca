"""Made-up campaigns whose truth is known: learning curves of several kinds, luck of training, audit faces.

What is drawn follows the tiny preset on real faces (``docs/results/active-300w.md``): an error falls by half from 10
to 90 labels; the faces' errors spread by a factor of e^0.32 with some far outliers, so that their standard deviation
is 0.35 to 0.6 of the mean; those of one face under two neighbouring versions correlate by .86 to .98 (in logarithms).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

KINDS = ("power", "levels-off", "broken", "exponential", "measured")


@dataclass(frozen=True)
class SimulatedCampaign:
    """``labels`` (V,) after each round; ``expected`` (V,) NME, fractions, of an average training on so many labels;
    ``truth`` (V,) that of the version that came out, both over all faces there are; ``errors`` (V, F) on the audit
    faces; ``known`` (F,) the round (from 0) in which each audit face was labelled."""

    kind: str
    labels: Floats
    expected: Floats
    truth: Floats
    errors: Floats
    known: npt.NDArray[np.int64]

    def seen(self, rounds: int) -> tuple[Floats, Floats]:
        """Labels and errors of the first so many rounds, on the audit faces that were labelled by then."""
        return self.labels[:rounds], self.errors[:rounds][:, self.known < rounds]


def simulate(
    rng: np.random.Generator, *, measured: Sequence[tuple[Floats, Floats]] = (), generous: bool = False
) -> SimulatedCampaign:
    """A campaign of 6 to 20 rounds of 10 to 40 labels with 30 to 50 audit faces, most of them in the first rounds.

    ``measured`` are real curves (labels, NME in any unit), used in shape for the kind of that name. ``generous``: a
    budget that may outlast the learning, as a stopping rule needs it: 15 to 40 rounds and 250 to 1,500 labels of a
    curve that flattens.
    """
    kinds = ("levels-off", "exponential", "broken") if generous else KINDS if measured else KINDS[:-1]
    kind = str(rng.choice(kinds))
    if generous:
        rounds = int(rng.integers(15, 41))
        batch = max(10, round(np.exp(rng.uniform(np.log(250), np.log(1500))) / rounds))
    else:
        rounds = int(rng.integers(6, 21))
        batch = int(rng.choice([10, 10, 20, 20, 30, 40]))
    labels = int(rng.choice([10, 20, batch])) + batch * np.arange(rounds, dtype=np.float64)
    expected = _curve(kind, labels, rng, measured, generous)
    truth = expected * np.exp(_luck(labels, rng))
    known = _front_loaded(int(rng.integers(30, 51)))
    return SimulatedCampaign(kind, labels, expected, truth, truth[:, None] * _faces(labels, len(known), rng), known)


def _curve(
    kind: str, n: Floats, rng: np.random.Generator, measured: Sequence[tuple[Floats, Floats]], generous: bool
) -> Floats:
    start = rng.uniform(0.08, 0.15)
    early = n / 10
    if kind == "power":
        return np.asarray(start * early ** -rng.uniform(0.15, 0.5))
    if kind == "levels-off":
        floor = rng.uniform(0.3, 0.6)
        return np.asarray(start * ((1 - floor) * early ** -rng.uniform(0.6, 1.3) + floor))
    if kind == "exponential":
        floor = rng.uniform(0.3, 0.6)
        return np.asarray(start * ((1 - floor) * np.exp(-((early - 1) ** 0.6) / rng.uniform(1.0, 2.5)) + floor))
    if kind == "broken":
        fast, slow = rng.uniform(0.3, 0.7), rng.uniform(0.02, 0.1) if generous else rng.uniform(0.05, 0.25)
        bend = rng.uniform(3, 12)
        return np.asarray(start * early**-fast * ((1 + (early / bend) ** 2) / (1 + bend**-2.0)) ** ((fast - slow) / 2))
    x, y = measured[rng.integers(len(measured))]
    # Beyond its end a measured curve goes on as it ended: by the slope of its second half, in logarithms.
    half = len(x) // 2
    slope, _ = np.polyfit(np.log(x[half:]), np.log(y[half:]), 1)
    inside = np.interp(np.log(n), np.log(x), np.log(y))
    beyond = np.log(y[-1]) + slope * (np.log(n) - np.log(x[-1]))
    return np.asarray(np.exp(np.where(n <= x[-1], inside, beyond)) / y[0] * start)


def _luck(n: Floats, rng: np.random.Generator) -> Floats:
    """Of log NME: half of it stays from round to round, as trainings start from the last weights."""
    spread = rng.uniform(0.004, 0.02) * np.sqrt(1 + (30 / n) ** 2)
    state, luck = 0.0, np.empty(len(n))
    for i, one in enumerate(rng.standard_normal(len(n))):
        state = one if i == 0 else 0.5 * state + np.sqrt(0.75) * one
        luck[i] = state
    return np.asarray(luck * spread)


def _faces(n: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Relative errors (V, F) of expectation 1: what a face is like under all versions, and what changes slowly."""
    spread, far, outliers = rng.uniform(0.2, 0.28), rng.uniform(1.8, 3.0), rng.uniform(0.03, 0.07)
    # The first versions, which saw few faces, are worse at hard faces than their mean says.
    power = (1 + 3 / n)[:, None]
    hard = np.exp(spread * rng.standard_normal(count)) * np.where(rng.random(count) < outliers, far, 1.0)
    expected = np.exp((power * spread) ** 2 / 2) * (1 + outliers * (far**power - 1))
    changing = rng.uniform(0.1, 0.15)
    stays = np.exp(-np.diff(np.log(n)) * rng.uniform(0.6, 1.5))
    state = rng.standard_normal(count)
    rows = [state]
    for kept in stays:
        state = kept * state + np.sqrt(1 - kept**2) * rng.standard_normal(count)
        rows.append(state)
    return np.asarray(hard**power / expected * np.exp(changing * np.stack(rows) - changing**2 / 2))


def _front_loaded(count: int) -> npt.NDArray[np.int64]:
    """Half of the audit faces in the first round, a quarter in each of the next two."""
    return np.minimum(np.arange(count) * 4 // count - 1, 2).clip(0)


@dataclass(frozen=True)
class SimulatedLabelling:
    """``seconds`` (N,) that faces took in the order of labelling, ``corrections`` (N,) landmarks that were moved,
    ``authors`` N names; ``plain`` (N,) the seconds without interruptions that were logged as work."""

    seconds: Floats
    corrections: Floats
    authors: list[str]
    plain: Floats


def simulate_labelling(rng: np.random.Generator, faces: int) -> SimulatedLabelling:
    """One or two annotators who get faster by practice, and as the model leaves them less to correct; moods that last
    for a sitting of 15 to 40 faces, faces that differ, and one in a hundred with an interruption in it."""
    people = int(rng.integers(1, 3))
    turns = rng.integers(people, size=faces) if people > 1 else np.zeros(faces, dtype=np.int64)
    practice = np.zeros(faces)
    for one in range(people):
        practice[turns == one] = np.arange(int((turns == one).sum()))
    done = np.arange(faces)
    corrections = rng.poisson(rng.uniform(8, 25) * (1 + done / 30) ** -rng.uniform(0.1, 0.5)).astype(np.float64)
    base, each = rng.uniform(6, 20), rng.uniform(0.3, 1.2)
    person = np.exp(rng.normal(0, 0.25, people))[turns]
    sitting = np.exp(rng.normal(0, 0.08, faces))[done // int(rng.integers(15, 41))]
    learning = (1 + practice) ** -rng.uniform(0, 0.12)
    spread = rng.uniform(0.2, 0.4)
    noise = np.exp(rng.normal(-(spread**2) / 2, spread, faces))
    plain = (base + each * corrections) * person * sitting * learning * noise
    interrupted = np.where(rng.random(faces) < 0.01, rng.uniform(120, 900, faces), 0.0)
    return SimulatedLabelling(plain + interrupted, corrections, [f"annotator {one}" for one in turns], plain)
