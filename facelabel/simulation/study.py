"""Playing all campaigns of a plan: several at a time, where they stopped the last time, until cancelled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from filelock import FileLock, Timeout

from facelabel.errors import CancelledError, FacelabelError
from facelabel.formats.atomic import write_whole
from facelabel.jobs.messages import JobSpec, Message
from facelabel.jobs.supervisor import Outcome
from facelabel.simulation.curves import Campaign, Curve, Player, Point
from facelabel.simulation.plan import Plan
from facelabel.simulation.sets import Sets
from facelabel.simulation.trainings import Trainings, without_labels

_GLANCE = 0.5
"""Seconds between two looks at whether somebody wants to stop."""
Run = Callable[[Path, JobSpec, Callable[[Message], None]], Outcome]


@dataclass(frozen=True)
class Step:
    """A model was measured, now or earlier: ``point`` of ``campaign``, the ``done``-th of ``total``; ``eta_s`` seconds
    until the last one, None before the first training has shown how long they take."""

    campaign: Campaign
    point: Point
    done: int
    total: int
    eta_s: float | None


class Study:
    """A plan on faces, in a ``folder`` that keeps whatever is finished. ``run`` blocks, ``cancel`` is for any
    thread."""

    def __init__(
        self,
        folder: Path,
        sets: Sets,
        plan: Plan,
        *,
        jobs: int = 1,
        device: str = "auto",
        on_step: Callable[[Step], None] = lambda step: None,
        run: Run | None = None,
    ) -> None:
        """Raises FacelabelError for a budget that the pool cannot pay, and for a folder that cannot be written."""
        if plan.most > len(sets.pool):
            raise FacelabelError(
                f"a budget of {plan.most} labels is more than the {len(sets.pool)} faces of the pool",
                cure="lower the budget, or hold fewer faces out",
            )
        self._plan, self._jobs, self._on_step = plan, jobs, on_step
        self._folder = folder
        self._cancelled = False
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self._done = 0
        starts = {self._start(campaign) for campaign in self.campaigns}
        self._total = len(starts) + sum(len(campaign.schedule.counts) - 1 for campaign in self.campaigns)
        try:
            (folder / "models").mkdir(parents=True, exist_ok=True)
            (folder / "choices").mkdir(exist_ok=True)
        except OSError as error:
            raise FacelabelError(
                f"no folder can be made here: {error.strerror}", where=folder, cure="choose another --out"
            ) from None
        self._trainings = Trainings(folder, sets, plan, device, run=run)
        self._player = Player(folder, sets, plan, self._trainings)

    @property
    def campaigns(self) -> list[Campaign]:
        """Every cell of the plan, seed by seed, so that what is finished early is paired."""
        plan = self._plan
        return [
            Campaign(preset, schedule, arm, seed)
            for preset in plan.presets
            for seed in plan.seeds
            for schedule in plan.schedules
            for arm in plan.arms
        ]

    @property
    def trained(self) -> int:
        """Worker jobs that this run needed."""
        return self._trainings.trained

    def run(self) -> list[Curve]:
        """Play everything. A campaign whose training fails has a ``problem`` and the others go on.

        Raises CancelledError after ``cancel``, FacelabelError where another process works in the folder, and whatever
        ``on_step`` raises; no worker is left running then.
        """
        with self._alone():
            write_whole(self._folder / "plan.json", self._plan.model_dump_json(indent=2) + "\n")
            self._began = time.monotonic()
            pool = ThreadPoolExecutor(self._jobs, thread_name_prefix="simulate")
            try:
                return self._play(pool)
            except BaseException:
                self.cancel()
                raise
            finally:
                pool.shutdown(cancel_futures=True)

    def cancel(self) -> None:
        """End what runs; what is finished stays."""
        self._cancelled = True
        self._trainings.cancel()

    def before_labels(self) -> dict[str, float]:
        """NME in per cent of the pretrained weights as they are, by preset, where they know the landmarks."""
        known = {preset: self._trainings.measured(without_labels(preset)) for preset in self._plan.presets}
        return {preset: found.nme for preset, found in known.items() if found is not None and found.errors}

    def _play(self, pool: ThreadPoolExecutor) -> list[Curve]:
        campaigns = self.campaigns
        # First models come a few ahead of the campaigns that begin with them, so that no thread waits for another's.
        by_start: dict[tuple[str, int, str, int], Campaign] = {}
        for campaign in campaigns:
            by_start.setdefault(self._start(campaign), campaign)
        firsts = iter(by_start.values())
        queue = [(True, campaign) for campaign in islice(firsts, self._jobs)]
        for campaign in campaigns:
            if by_start[self._start(campaign)] is campaign:
                queue += [(True, other) for other in islice(firsts, 1)]
            queue.append((False, campaign))
        waiting: set[Future[Curve | None]] = {
            pool.submit(self._prepared if first else self._played, campaign) for first, campaign in queue
        }
        found: dict[Campaign, Curve] = {}
        while waiting:
            # Not for ever: a Ctrl-C that comes as the wait begins is only noticed when it ends.
            done, waiting = wait(waiting, timeout=_GLANCE, return_when=FIRST_COMPLETED)
            for curve in (future.result() for future in done):
                if curve is not None:
                    found[curve.campaign] = curve
        return [found[campaign] for campaign in campaigns]

    def _prepared(self, campaign: Campaign) -> None:
        """A failure here comes again, and is told, where the campaign itself needs the model."""
        with suppress(FacelabelError):
            self._player.prepare(campaign)
        with self._lock:
            self._done += 1

    def _played(self, campaign: Campaign) -> Curve:
        points: list[Point] = []

        def tell(point: Point) -> None:
            points.append(point)
            self._tell(campaign, point, shared=len(points) == 1)

        try:
            return Curve(campaign, self._player.play(campaign, tell))
        except CancelledError:
            raise
        except FacelabelError as error:
            return Curve(campaign, tuple(points), str(error))

    def _tell(self, campaign: Campaign, point: Point, *, shared: bool) -> None:
        with self._lock:
            self._done += not shared
            # What was there already took no time: only what was trained now says how long the rest will take.
            trained, left = self._trainings.trained, self._total - self._done
            eta = (time.monotonic() - self._began) / trained * left if trained else None
            self._on_step(Step(campaign, point, self._done, self._total, eta))

    def _start(self, campaign: Campaign) -> tuple[str, int, str, int]:
        return campaign.preset, campaign.seed, campaign.arm.start, campaign.schedule.first

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FileLock(self._folder / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise FacelabelError(
                "another command simulates in this folder",
                where=self._folder,
                cure="wait for it, or choose another --out",
            ) from None
        try:
            yield
        finally:
            lock.release()
