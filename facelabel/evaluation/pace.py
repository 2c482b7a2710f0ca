"""How long a model takes a face, listened out of its worker's messages."""

from __future__ import annotations

import time
from collections.abc import Callable

from facelabel.jobs.messages import Message, Progress


class Pace:
    """Hands every message on. ``seconds`` a face, from the first word of scoring to the last, reading the photos
    included; None where there was only one."""

    def __init__(self, on_message: Callable[[Message], None]) -> None:
        self._on_message = on_message
        self._first: tuple[int, float] | None = None
        self.seconds: float | None = None

    def __call__(self, message: Message) -> None:
        if isinstance(message, Progress) and message.stage == "score":
            now = message.done, time.monotonic()
            self._first = self._first or now
            faces = now[0] - self._first[0]
            self.seconds = (now[1] - self._first[1]) / faces if faces else self.seconds
        self._on_message(message)
