"""One simulated campaign: choose, label, train, measure, again until the budget is spent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from facelabel.acquisition import Choice, Pool, choose, ranks, strategy
from facelabel.formats.atomic import write_whole
from facelabel.simulation.annotator import Annotator, Floats
from facelabel.simulation.plan import Arm, Plan, Schedule
from facelabel.simulation.sets import Sets
from facelabel.simulation.trainings import Measured, Order, Said, Trainings, without_labels

_SEEDS = 100_003


@dataclass(frozen=True)
class Campaign:
    """What is played: one cell of the plan."""

    preset: str
    schedule: Schedule
    arm: Arm
    seed: int


@dataclass(frozen=True)
class Point:
    """A model of a campaign, trained on ``labels`` faces: ``nme`` in per cent of the test faces and the ``errors`` of
    each as fractions, NaN for an unreadable photo; the ``corrections`` and ``hours`` of all labels so far. ``chosen``
    are the pool rows of its last batch, ``notice`` where another rule had to help choosing them, ``seconds`` what the
    training took."""

    labels: int
    nme: float
    corrections: int
    hours: float
    chosen: tuple[int, ...]
    notice: str | None
    seconds: float
    errors: tuple[float, ...] = ()


@dataclass(frozen=True)
class Curve:
    """A campaign that came to its end, or ``problem``: why it did not, in one line."""

    campaign: Campaign
    points: tuple[Point, ...]
    problem: str | None = None


@dataclass(frozen=True)
class Batch:
    """Faces that were chosen together, what labelling each took, and where their NNM ranked them, 0 to 1."""

    chosen: tuple[int, ...]
    corrections: tuple[int, ...]
    ranks: tuple[float, ...] | None
    notice: str | None


class Player:
    """Plays campaigns on the same faces with the same trainings; ``folder`` remembers what was chosen."""

    def __init__(self, folder: Path, sets: Sets, plan: Plan, trainings: Trainings) -> None:
        self._folder, self._sets, self._plan, self._trainings = folder, sets, plan, trainings

    def first(self, campaign: Campaign) -> tuple[Order, Batch]:
        """The first batch and the model that is trained on it: the same for all arms with the same start."""
        annotator = self._annotator(campaign.seed)
        start = Arm(start=campaign.arm.start, strategy=campaign.arm.start)
        look = without_labels(campaign.preset) if self._trainings.can_look_first(campaign.preset) else None
        batch = self._chosen(start, campaign.schedule.first, campaign.seed, look, (), [], annotator)
        return self._order(campaign, batch.chosen, None, annotator), batch

    def prepare(self, campaign: Campaign) -> Measured:
        """Train the first model, so that every arm finds it there."""
        order, _ = self.first(campaign)
        return self._train(order, (), campaign.arm)[0]

    def play(self, campaign: Campaign, on_point: Callable[[Point], None] = lambda point: None) -> tuple[Point, ...]:
        """The whole campaign. Raises WorkerError when a training fails, CancelledError when it is cancelled."""
        annotator = self._annotator(campaign.seed)
        order, batch = self.first(campaign)
        history = [batch]
        labelled = batch.chosen
        counts = campaign.schedule.counts
        points: list[Point] = []
        before: Order | None = None
        for place, (count, following) in enumerate(zip(counts, (*counts[1:], None), strict=True)):
            wanted = 0 if following is None else following - count
            # What is to be predicted depends on who chooses, so choosing says when it trains.
            coming = None
            if wanted:
                coming = self._chosen(campaign.arm, wanted, campaign.seed, order, labelled, history, annotator, before)
            found = self._trainings.measured(order) or self._train(order, (), campaign.arm)[0]
            points.append(self._point(annotator, history, found))
            on_point(points[-1])
            # The first model stays: other arms begin with it.
            if before is not None and place > 1:
                self._trainings.forget(before)
            if coming is None:
                if place > 0:
                    self._trainings.forget(order)
                break
            before, labelled = order, (*labelled, *coming.chosen)
            history.append(coming)
            order = self._order(campaign, labelled, before, annotator)
        return tuple(points)

    def _chosen(
        self,
        arm: Arm,
        k: int,
        seed: int,
        order: Order | None,
        labelled: Sequence[int],
        history: Sequence[Batch],
        annotator: Annotator,
        before: Order | None = None,
    ) -> Batch:
        """The next batch by the model of ``order``, read back where the same was chosen before."""
        path = self._choice(arm, k, seed, order, labelled, before)
        try:
            kept = json.loads(path.read_bytes())
            chosen = tuple(kept["chosen"])
            at = None if kept["ranks"] is None else tuple(kept["ranks"])
            return Batch(chosen, tuple(kept["corrections"]), at, kept["notice"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        rule = strategy(arm.strategy)
        key = [seed, len(labelled)]
        count = len(self._sets.pool)
        mask = np.zeros(count, dtype=bool)
        mask[list(labelled)] = True
        said: Said | None = None
        at_rank: Floats | None = None
        if order is None or not rule.needs:
            pool = Pool(labelled=mask, images=self._sets.photos)
            choice = choose(rule, pool, k, seed=key, parameters=arm.values)
            if order is not None:
                said = self._train(order, choice.faces, arm)[1]
        else:
            said = self._train(order, self._asked(mask, key), arm)[1]
            at_rank = _rank(said)
            last = self._trainings.said(before) if before is not None and "committee" in rule.needs else None
            pool = self._pool(said, mask, at_rank, history, annotator, last)
            choice = choose(rule, pool, k, seed=key, parameters=arm.values)
        batch = self._batch(choice, said, at_rank, annotator)
        write_whole(path, json.dumps(asdict(batch)))
        return batch

    def _train(self, order: Order, asked: Sequence[int], arm: Arm) -> tuple[Measured, Said]:
        """The first models, and those without labels, are asked all about every face: any arm may begin with them."""
        if len(order.labels) <= max(schedule.first for schedule in self._plan.schedules):
            return self._trainings.train(order, range(len(self._sets.pool)), self._plan.costly)
        return self._trainings.train(order, asked, arm.costly if asked else ())

    def _asked(self, labelled: np.ndarray[tuple[int], np.dtype[np.bool_]], key: Sequence[int]) -> list[int]:
        """Every face, or of the open ones a seeded sample, as a campaign scores them."""
        opened = np.flatnonzero(~labelled)
        most = self._plan.score_at_most
        if most is not None and len(opened) > most:
            opened = np.sort(np.random.default_rng([*key, 3]).choice(opened, most, replace=False))
        return sorted([*opened.tolist(), *np.flatnonzero(labelled).tolist()])

    def _pool(
        self,
        said: Said,
        labelled: np.ndarray[tuple[int], np.dtype[np.bool_]],
        at_rank: Floats | None,
        history: Sequence[Batch],
        annotator: Annotator,
        last: Said | None,
    ) -> Pool:
        truths = [annotator.label(face) for batch in history for face in batch.chosen]
        known = [
            (r, c) for batch in history if batch.ranks for r, c in zip(batch.ranks, batch.corrections, strict=True)
        ]
        seconds = None
        if at_rank is not None and history:
            seconds = annotator.expected_seconds(at_rank, [r for r, _ in known], [c for _, c in known])
        return Pool(
            labelled=labelled,
            scores=said.scores,
            embeddings=said.embeddings,
            shapes=said.shapes,
            committee=None if last is None else last.shapes,
            confidence=said.confidence,
            seconds=seconds,
            truths=np.stack(truths) if truths else None,
            images=self._sets.photos,
        )

    def _batch(self, choice: Choice, said: Said | None, at_rank: Floats | None, annotator: Annotator) -> Batch:
        corrections = [annotator.corrections(f, None if said is None else said.shapes[f]) for f in choice.faces]
        at = None if at_rank is None else tuple(round(float(at_rank[face]), 6) for face in choice.faces)
        if at is not None and not np.isfinite(at).all():
            at = None
        return Batch(choice.faces, tuple(corrections), at, choice.notice)

    def _order(self, campaign: Campaign, labelled: Sequence[int], before: Order | None, annotator: Annotator) -> Order:
        labels = {face: annotator.label(face) for face in sorted(labelled)}
        parent = before if self._plan.start_from == "last" else None
        return Order(campaign.preset, _SEEDS * campaign.seed + len(labels), labels, parent)

    def _point(self, annotator: Annotator, history: Sequence[Batch], found: Measured) -> Point:
        corrections = [count for batch in history for count in batch.corrections]
        return Point(
            labels=len(corrections),
            nme=found.nme,
            corrections=sum(corrections),
            hours=annotator.seconds(corrections) / 3600,
            chosen=history[-1].chosen,
            notice=history[-1].notice,
            seconds=found.seconds,
            errors=tuple(np.nan if error is None else error for error in found.errors),
        )

    def _annotator(self, seed: int) -> Annotator:
        return Annotator(self._sets, self._plan.effort, self._plan.noise, seed)

    def _choice(
        self, arm: Arm, k: int, seed: int, order: Order | None, labelled: Sequence[int], before: Order | None
    ) -> Path:
        """Where a choice is kept, by everything that it depends on."""
        models = [None if one is None else self._trainings.key(one) for one in (order, before)]
        parts: list[object] = [arm.strategy, arm.parameters, k, seed, list(labelled), *models, self._sets.digest]
        parts += [self._plan.score_at_most, self._plan.noise, self._plan.effort.model_dump()]
        return self._folder / "choices" / f"{hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]}.json"


def _rank(said: Said) -> Floats | None:
    """Where each face stands by NNM, 1 the least certain; NaN for those that were not asked about."""
    if "nnm" not in said.scores:
        return None
    scores = said.scores["nnm"]
    known = np.isfinite(scores)
    found = np.full(len(scores), np.nan)
    found[known] = ranks(scores[known])
    return found
