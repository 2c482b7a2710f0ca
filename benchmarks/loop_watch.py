"""How late the event loop is: a 10 ms timer, and what the GUI thread was at when the timer came late."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt, QTimer

PERIOD = 10.0
"""Milliseconds of the timer."""
STALL = 50.0
"""Milliseconds of lateness from which on a person feels it."""
_SUSPECT = 15.0
"""Milliseconds of lateness from which on the stack of the GUI thread is sampled."""
_PACKAGE = f"{os.sep}facelabel{os.sep}"


@dataclass(frozen=True)
class Stall:
    """One late tick, all in milliseconds but ``at`` (seconds since the start). ``late`` is made up of the thread's own
    ``cpu`` time, of ``queued`` (ready to run, but no core was free; NaN where the system does not tell), and of waiting
    for locks, the interpreter's among them, or for the disk."""

    at: float
    late: float
    cpu: float
    queued: float
    collected: float
    doing: str
    seen: str

    @property
    def waited(self) -> float:
        return max(0.0, self.late + PERIOD - self.cpu - self.queued)


@dataclass
class LoopWatch:
    """Made, started and stopped on the GUI thread. ``doing`` says in words what is going on, for the list of stalls."""

    doing: Callable[[], str]
    late: list[float] = field(default_factory=list)
    queued: list[float] = field(default_factory=list)
    stalls: list[Stall] = field(default_factory=list)

    def start(self) -> None:
        self._queue_time = QueueTime()
        self._thread = threading.get_ident()
        self._collected = 0.0
        self._seen: Counter[str] = Counter()
        gc.callbacks.append(self._on_collection)
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(PERIOD))
        self._timer.timeout.connect(self._tick)
        self._began = self._last = time.perf_counter()
        self._cpu, self._waited = time.thread_time(), self._queue_time.read()
        self._timer.start()
        self._ends = threading.Event()
        self._sampler = threading.Thread(target=self._sample, name="sampler", daemon=True)
        self._sampler.start()

    def stop(self) -> None:
        self._timer.stop()
        self._ends.set()
        self._sampler.join()
        gc.callbacks.remove(self._on_collection)

    def quantile(self, share: float) -> float:
        return float(np.quantile(self.late, share))

    @property
    def own(self) -> npt.NDArray[np.float64]:
        """Lateness without the time that no core was free."""
        return np.maximum(0.0, np.array(self.late) - np.nan_to_num(np.array(self.queued)))

    def _tick(self) -> None:
        now, cpu, waited = time.perf_counter(), time.thread_time(), self._queue_time.read()
        late = max(0.0, 1000 * (now - self._last) - PERIOD)
        queued = 1000 * (waited - self._waited)
        self.late.append(late)
        self.queued.append(queued)
        if late > STALL:
            seen = "; ".join(f"{place} ({count})" for place, count in self._seen.most_common(3))
            own = 1000 * (cpu - self._cpu)
            self.stalls.append(Stall(now - self._began, late, own, queued, 1000 * self._collected, self.doing(), seen))
        self._seen = Counter()
        self._last, self._cpu, self._waited, self._collected = now, cpu, waited, 0.0

    def _sample(self) -> None:
        while not self._ends.wait(0.005):
            if 1000 * (time.perf_counter() - self._last) > PERIOD + _SUSPECT:
                frames = sys._current_frames()
                seen = _place(frames.get(self._thread))
                busy = {_place(frame) for thread, frame in frames.items() if thread != self._thread}
                others = sorted(place for place in busy if place and "wait" not in place and "_next" not in place)
                self._seen[f"{seen or 'Qt'}" + (f" beside {', '.join(others)}" if others else "")] += 1
                frames.clear()  # They would keep what the threads work on: photos, say.

    def _on_collection(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self._collection = time.perf_counter()
        else:
            self._collected += time.perf_counter() - self._collection


class QueueTime:
    """Seconds that the calling thread has been ready without a core to run on; Linux tells, others do not."""

    def __init__(self) -> None:
        path = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._file = os.open(path, os.O_RDONLY) if path.exists() else None

    def read(self) -> float:
        if self._file is None:
            return float("nan")
        return int(os.pread(self._file, 64, 0).split()[1]) / 1e9


def _place(frame: FrameType | None) -> str:
    """The innermost line of facelabel that a thread is in, and the function outside of it that it calls."""
    inner = None if frame is None else frame.f_code.co_name
    while frame is not None:
        name = frame.f_code.co_filename
        if _PACKAGE in name:
            place = f"{name.rpartition(_PACKAGE)[2]}:{frame.f_lineno} {frame.f_code.co_name}"
            return place if inner == frame.f_code.co_name else f"{place} > {inner}"
        frame = frame.f_back
    return ""
