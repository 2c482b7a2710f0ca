"""The worker's end of the pipe: messages out, commands in, and the end of the parent noticed."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from typing import NoReturn

from pydantic import ValidationError

from facelabel.errors import CancelledError
from facelabel.jobs.messages import Command, Message, Progress, Stage

INTERVAL = 0.1
"""Seconds between two progress messages at least."""


class Pipe:
    """Takes stdout for messages (stray prints go to stderr, at the level of file descriptors) and listens on stdin.

    When stdin ends the parent is gone: the process ends itself at once, whatever it is doing.
    """

    def __init__(self) -> None:
        sys.stdout.flush()
        self._out = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)
        self._running = threading.Event()
        self._running.set()
        self._cancelled = False
        threading.Thread(target=self._listen, name="commands", daemon=True).start()

    def send(self, message: Message) -> None:
        self._out.write(message.model_dump_json().encode() + b"\n")

    def checkpoint(self) -> None:
        """Called between steps: holds while paused, raises CancelledError when cancelled."""
        self._running.wait()
        if self._cancelled:
            raise CancelledError("cancelled")

    def _listen(self) -> NoReturn:
        for line in _lines(0):
            try:
                command = Command.model_validate_json(line).command
            except ValidationError:
                continue
            if command == "pause":
                self._running.clear()
                continue
            self._cancelled |= command == "cancel"
            self._running.set()
        os._exit(3)


def _lines(descriptor: int) -> Iterator[bytes]:
    """Lines of a descriptor until its end. Unlike ``sys.stdin``, no lock that the interpreter's exit would wait for."""
    kept = b""
    while read := os.read(descriptor, 4096):
        *whole, kept = (kept + read).split(b"\n")
        yield from whole


class Meter:
    """Turns steps into progress messages: at most ten a second, with the time left from a smoothed rate."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._stage: Stage | None = None
        self._last_sent = 0.0
        self._last_step = 0.0
        self._last_done = 0
        self._per_step: float | None = None

    def step(self, stage: Stage, done: int, total: int, loss: float | None = None) -> None:
        """Between two steps: report, hold while paused. Raises CancelledError when cancelled."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._last_sent, self._per_step = stage, 0.0, None
        elif done > self._last_done:
            took = (now - self._last_step) / (done - self._last_done)
            self._per_step = took if self._per_step is None else 0.9 * self._per_step + 0.1 * took
        self._last_done = done
        if done >= total or now - self._last_sent >= INTERVAL:
            self._last_sent = now
            eta = None if self._per_step is None else self._per_step * max(0, total - done)
            self._pipe.send(Progress(stage=stage, done=done, total=total, eta_s=eta, loss=loss))
        self._pipe.checkpoint()
        self._last_step = time.monotonic()
