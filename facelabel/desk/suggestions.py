"""What the corrections of one face let expect of the points that nobody has touched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from facelabel.desk.marks import Mark, Start
from facelabel.geometry import Box
from facelabel.shapes import fusion
from facelabel.shapes.fusion import Belief
from facelabel.shapes.prior import ShapePrior

BLUR = 0.0375
"""Spread of the target heatmaps of the smaller presets, in sides of the face box."""

Places = dict[int, tuple[float, float]]

_WORTH_A_LOOK = 0.08
"""Expected error, in sizes of the face (5 % of the inter-ocular distance), from which on a point is in doubt."""


@dataclass(frozen=True)
class Expectation:
    """Where the points are expected once some are touched, and which of the others is worth a look."""

    touched: Places
    belief: Belief

    @cached_property
    def worth_a_look(self) -> list[int]:
        """Untouched landmarks that may well be wrong, the one first whose correction helps the whole face most."""
        points = self.belief.points
        size = float(np.sqrt(((points - points.mean(axis=0)) ** 2).sum(axis=1).mean()))
        doubtful = self.belief.expected_errors > _WORTH_A_LOOK * size
        order = np.argsort(-self.belief.expected_gains(), kind="stable").tolist()
        return [i for i in order if doubtful[i] and i not in self.touched]


class Suggestions:
    """The expectations of one face, as it was opened and as it stands. Coordinates are image pixels."""

    def __init__(self, prior: ShapePrior, start: Start, blur: float = BLUR) -> None:
        """``blur`` as ``blur_of`` gives it for the model that made the prediction."""
        self._prior = prior
        self._blur = blur
        self._start = start
        self._first: tuple[Box, Box, Belief | None] | None = None
        self._last: Expectation | None = None

    def start_places(self, first: Box, now: Box) -> npt.NDArray[np.float64]:
        """(L, 2) where the untouched points were put, absent = NaN: a template follows its box from ``first`` to
        ``now``, a prediction does not."""
        shape = np.array([(mark.x, mark.y) for mark in self._start.marks], dtype=np.float64)
        if self._start.origin != "template" or first == now:
            return shape
        share = (shape - [first.left, first.top]) / [first.width, first.height]
        placed: npt.NDArray[np.float64] = share * [now.width, now.height] + [now.left, now.top]
        return placed

    def expect(self, marks: Sequence[Mark], first: Box, now: Box) -> Expectation | None:
        """What the marks that a person decided on say of all; None where the start was no face (all in one point)."""
        if self._first is None or self._first[:2] != (first, now):
            self._first, self._last = (first, now, self._begin(first, now)), None
        belief = self._first[2]
        if belief is None:
            return None
        touched = {i: (mark.x, mark.y) for i, mark in enumerate(marks) if mark.by_hand and mark.present}
        if self._last is None or self._last.touched != touched:
            self._last = Expectation(touched, belief.corrected(touched))
        return self._last

    def _begin(self, first: Box, now: Box) -> Belief | None:
        start = self._start
        try:
            if start.reference is not None and start.confidence is not None:
                blur = self._blur * max(first.width, first.height)
                return fusion.predicted(self._prior, start.reference, start.confidence, blur)
            return fusion.expected(self._prior, self.start_places(first, now))
        except ValueError:
            return None


def blur_of(card: Path) -> float:
    """Spread of the target heatmaps that a model was trained on, in sides of the face box (its longer one), by the
    model's card; that of the smaller presets where there is no card that says so."""
    try:
        preset = json.loads(card.read_text(encoding="utf-8"))["preset"]
        # Heatmaps have half the resolution of the crop.
        return float(preset["margin"] * preset["sigma"] / (preset["network"]["input_size"] / 2))
    except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError):
        return BLUR
