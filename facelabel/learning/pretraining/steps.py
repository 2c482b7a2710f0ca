"""The updates of one run, one after the other: where it stands, what it tells, and how it goes on."""

from __future__ import annotations

import csv
import io
import math
import time
from pathlib import Path

import numpy as np
import torch

from facelabel.errors import FacelabelError
from facelabel.formats.atomic import write_whole
from facelabel.learning.faces import Clock, OnProgress
from facelabel.learning.pretraining import pictures
from facelabel.learning.pretraining.batches import Batches
from facelabel.learning.pretraining.objective import Objective
from facelabel.learning.pretraining.settings import PretrainSettings

SAVE_EVERY, LOG_EVERY, SHOW_EVERY = 60.0, 50, 1000
"""Seconds between two saved states; steps between two lines of the log, and between two sheets of samples."""
_WARM_UP = 100
"""Steps of the rising rate at the beginning."""


class Run:
    """Where a run stands: ``step`` updates and ``seconds`` of work are behind it."""

    def __init__(self, out: Path, settings: PretrainSettings, objective: Objective) -> None:
        self._out, self._settings, self._objective = out, settings, objective
        self.step, self.seconds = 0, 0.0
        self._sums: dict[str, list[float]] = {}
        path = out / "state.pt"
        if not path.is_file():
            return
        try:
            state = torch.load(path, map_location="cpu", weights_only=True)
            objective.restore(state["objective"])
            self.step, self.seconds = int(state["step"]), float(state["seconds"])
        except Exception:
            raise FacelabelError(
                "the state of this run is damaged", where=path, cure="remove it to begin again, or name a new folder"
            ) from None

    def go_on(
        self,
        batches: Batches,
        workers: int,
        limit: float | None,
        on_progress: OnProgress | None,
    ) -> bool:
        """Whether the last step is done; False when ``limit`` seconds were up first."""
        steps, begun = self._settings.steps, self.step
        clock = Clock("train", steps - begun, on_progress)
        since = saved = time.monotonic()
        shown = np.concatenate([batch.images[:8] for batch in batches.at(0)])[:12]
        try:
            for ready in batches.ahead(begun + 1, steps, workers):
                losses = self._objective.step(ready, self.step + 1, _rate(self.step, steps))
                if not all(math.isfinite(value) for value in losses.values()):
                    raise _DivergedError(self._out, self.step + 1)
                self.step += 1
                now = time.monotonic()
                self.seconds, since = self.seconds + now - since, now
                look = self.step % SHOW_EVERY == 0 or self.step == steps
                self._log(losses | (self._objective.measured(batches.at) if look else {}), last=self.step == steps)
                if look:
                    pictures.sheet(self._out / "samples" / f"{self.step:07d}.png", self._objective.sheet(shown))
                    pictures.curves(self._out / "log.csv", self._out / "curves.png")
                if now - saved > SAVE_EVERY:
                    self._save()
                    saved = now
                clock.tell(self.step - begun, losses[next(name for name in self._objective.columns if name in losses)])
                if limit is not None and clock.seconds > limit:
                    break
        except _DivergedError:
            raise
        except BaseException:
            self._save()
            raise
        self._save()
        return self.step == steps

    def _log(self, losses: dict[str, float], *, last: bool) -> None:
        for name, value in losses.items():
            self._sums.setdefault(name, []).append(value)
        if self.step % LOG_EVERY and not last:
            return
        path, names = self._out / "log.csv", self._objective.columns
        fresh = not path.is_file()
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            if fresh:
                writer.writerow(["step", "seconds", *names])
            means = [f"{np.mean(self._sums[name]):.5f}" if self._sums.get(name) else "" for name in names]
            writer.writerow([self.step, round(self.seconds, 1), *means])
        self._sums = {}

    def _save(self) -> None:
        state = {"step": self.step, "seconds": self.seconds, "objective": self._objective.state()}
        data = io.BytesIO()
        torch.save(state, data)  # not to the file itself: on a full disk torch speaks of positions
        write_whole(self._out / "state.pt", data.getbuffer())


class _DivergedError(FacelabelError):
    def __init__(self, out: Path, step: int) -> None:
        super().__init__(
            f"a loss of pretraining is no longer a number at step {step}",
            where=out,
            cure="begin again in a new folder with a lower --lr; the last sound state stays",
        )


def _rate(done: int, steps: int) -> float:
    warm_up = min(_WARM_UP, steps // 5)
    if done < warm_up:
        return (done + 1) / (warm_up + 1)
    return 0.5 * (1 + math.cos(math.pi * (done - warm_up) / max(1, steps - warm_up)))
