"""What goes into learning and what it reports while it works. All coordinates are original image pixels."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy.typing as npt

from facelabel.geometry import Box


@dataclass(frozen=True)
class FaceToPredict:
    """A face of a picture; ``box`` is the tight box around where its landmarks are expected."""

    id: int
    image: Path
    box: Box


@dataclass(frozen=True)
class LabelledFace(FaceToPredict):
    """A face with its label ``shape`` (L, 2), absent = NaN."""

    shape: npt.NDArray[Any]


@dataclass(frozen=True)
class Failure:
    """A face that could not be used, and why in one line. The work goes on without it."""

    face: int
    image: Path
    why: str


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` faces or steps of a stage; ``eta_s`` seconds left in it; ``loss`` while training."""

    stage: Literal["load", "train", "score"]
    done: int
    total: int
    eta_s: float | None = None
    loss: float | None = None


OnProgress = Callable[[Progress], None]
"""Called between units of work. It may raise (``CancelledError``) to end the work, or block to pause it."""


class Clock:
    """Reports progress of one stage with an ETA that leaves pauses inside ``on_progress`` out."""

    def __init__(self, stage: Literal["load", "train", "score"], total: int, on_progress: OnProgress | None) -> None:
        self._stage = stage
        self._total = total
        self._report = on_progress
        self._worked = 0.0
        self._since = time.monotonic()

    @property
    def seconds(self) -> float:
        """Worked so far, pauses left out."""
        return self._worked + time.monotonic() - self._since

    def tell(self, done: int, loss: float | None = None) -> None:
        self._worked = self.seconds
        if self._report is not None:
            eta = self._worked / done * (self._total - done) if done else None
            self._report(Progress(self._stage, done, self._total, eta, loss))
        self._since = time.monotonic()
