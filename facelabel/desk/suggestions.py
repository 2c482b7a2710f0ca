"""What the corrections of one face let expect of the points that nobody has touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from facelabel.campaign.calibration import Calibration
from facelabel.campaign.expecting import BLUR, size_of
from facelabel.desk.marks import Mark, Start
from facelabel.geometry import Box
from facelabel.shapes import fusion
from facelabel.shapes.fusion import Belief
from facelabel.shapes.prior import ShapePrior

Places = dict[int, tuple[float, float]]

_WORTH_A_LOOK = 0.08
"""Expected error, in sizes of the face (5 % of the inter-ocular distance), from which on a point is in doubt."""


@dataclass(frozen=True)
class Expectation:
    """Where the points are expected once some are touched, how far off they may be, and which is worth a look."""

    touched: Places
    belief: Belief
    calibration: Calibration = field(default_factory=lambda: Calibration(0))

    @cached_property
    def size(self) -> float:
        """Of the face, in pixels: the unit of the shape prior."""
        return size_of(self.belief.points)

    @cached_property
    def errors(self) -> npt.NDArray[np.float64]:
        """(L,) how far from the truth each landmark is expected to be, in image pixels; 0 of one that was corrected.
        On average, once calibrated; before, as the model and the shape prior suppose."""
        return self.calibration.errors(self.belief.expected_errors, self.size)

    @cached_property
    def worth_a_look(self) -> list[int]:
        """Untouched landmarks that may well be wrong, the one first whose correction helps the whole face most."""
        doubtful = self.errors > _WORTH_A_LOOK * self.size
        return [i for i in self.by_gain if doubtful[i]]

    @cached_property
    def by_gain(self) -> list[int]:
        """Untouched landmarks, the one first whose correction helps the whole face most."""
        order = np.argsort(-self.belief.expected_gains(), kind="stable").tolist()
        return [i for i in order if i not in self.touched]


class Suggestions:
    """The expectations of one face, as it was opened and as it stands. Coordinates are image pixels."""

    def __init__(self, prior: ShapePrior, start: Start, blur: float = BLUR) -> None:
        """``blur`` as ``blur_of`` gives it for the model that made the prediction."""
        self._calibration = Calibration(0)
        self._prior = prior
        self._blur = blur
        self._start = start
        self._first: tuple[Box, Box, Belief | None] | None = None
        self._last: Expectation | None = None

    def calibrate(self, known: Calibration) -> None:
        self._calibration, self._last = known, None

    @property
    def calibrated(self) -> bool:
        return self._calibration.ready

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
            self._last = Expectation(touched, belief.corrected(touched), self._calibration)
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
