"""How long a person really worked on a face."""

from __future__ import annotations

import time
from collections.abc import Callable

IDLE = 30.0
"""Seconds without input after which nobody is taken to be working."""


class ActivityClock:
    """Sums the time between inputs; a gap longer than ``IDLE`` counts for nothing.

    ``seconds`` includes the time since the last input as long as it is no longer than ``IDLE``: looking is work too.
    """

    def __init__(self, seconds: float = 0.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sum = seconds
        self._last = clock()

    def touch(self) -> None:
        """The person did something."""
        self._sum = self.seconds
        self._last = self._clock()

    @property
    def seconds(self) -> float:
        gap = self._clock() - self._last
        return self._sum + (gap if gap <= IDLE else 0.0)
