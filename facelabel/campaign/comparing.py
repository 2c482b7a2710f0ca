"""Model versions side by side: how accurate on the audit faces, how fast, how large. A lead decides by it which model a
campaign goes on with."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from math import prod
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select

from facelabel import costs
from facelabel.campaign import measuring
from facelabel.campaign.orders import FEATURES, version_folder
from facelabel.metrics.ced import bootstrap_interval
from facelabel.store import versions
from facelabel.store.project import Project
from facelabel.store.tables import Job, Prediction, Round

WEIGHTS = "weights.safetensors"


@dataclass(frozen=True)
class Size:
    """What a model of a ``preset`` needs: how many numbers it is, and the memory in bytes to train it further, where
    that is known."""

    preset: str
    parameters: int | None
    training_bytes: float | None


@dataclass(frozen=True)
class Side:
    """A version: its ``preset``, the ``labels`` it learned from, and its NME in per cent on the audit faces with the
    95 % interval, None where none was measured; ``training`` seconds; ``scoring`` seconds a face, of the job that
    trained it, reading and saving included."""

    version: int
    preset: str
    labels: int
    nme: float | None
    interval: tuple[float, float] | None
    faces: int
    training: float
    scoring: float | None
    size: Size


@dataclass(frozen=True)
class Difference:
    """The first's NME less the second's in per cent points, on the ``faces`` that both predicted, with its 95 %
    interval."""

    points: float
    interval: tuple[float, float]
    faces: int

    @property
    def shown(self) -> bool:
        """Whether chance is no likely reason."""
        return self.interval[0] > 0 or self.interval[1] < 0


@dataclass(frozen=True, eq=False)
class Versions:
    """All versions that learned from labels, oldest first; ``errors`` (V, F) on the audit faces, fractions, NaN where
    there is none."""

    sides: tuple[Side, ...]
    errors: npt.NDArray[np.float64]

    def difference(self, first: int, second: int) -> Difference | None:
        """Of two places in ``sides``; None where they have no face in common."""
        apart = self.errors[first] - self.errors[second]
        apart = 100 * apart[np.isfinite(apart)]
        if len(apart) == 0:
            return None
        return Difference(float(apart.mean()), bootstrap_interval(apart, seed=0), len(apart))

    def suggested(self) -> tuple[int, int] | None:
        """Two places worth comparing: the newest version and the newest of another preset, else the one before it."""
        if len(self.sides) < 2:
            return None
        last = len(self.sides) - 1
        others = [place for place in range(last) if self.sides[place].preset != self.sides[last].preset]
        return (others or [last - 1])[-1], last


def read(project: Project) -> Versions:
    """Every version of the project, in one reading."""
    scheme = project.scheme
    with project.reading() as s:
        every = [one for one in versions.all(s) if one.labels > 0 and not one.metrics.get(FEATURES)]
        errors = measuring.each(s, scheme, every)
        jobs = select(Round.trained_id, Job.started_at, Job.finished_at).join(Job, Job.round_id == Round.id)
        jobs = jobs.where(Job.kind == "round", Job.state == "done", Job.finished_at.is_not(None)).order_by(Job.id)
        took = {trained: (ended - begun).total_seconds() for trained, begun, ended in s.execute(jobs) if ended}
        scored = dict(
            s.execute(select(Prediction.model_version_id, func.count()).group_by(Prediction.model_version_id)).all()
        )
        sides = []
        for one, row in zip(every, errors, strict=True):
            known = row[np.isfinite(row)]
            low, high = bootstrap_interval(known, seed=0) if len(known) else (0.0, 0.0)
            rest = max(0.0, took[one.id] - one.seconds) if one.id in took else None
            sides.append(
                Side(
                    one.number,
                    one.preset,
                    one.labels,
                    100 * float(known.mean()) if len(known) else None,
                    (100 * low, 100 * high) if len(known) else None,
                    len(known),
                    one.seconds,
                    rest / scored[one.id] if rest is not None and scored.get(one.id) else None,
                    size_of(version_folder(project, one), one.preset),
                )
            )
    return Versions(tuple(sides), errors)


def size_of(folder: Path, preset: str) -> Size:
    """The size of the model in ``folder``, from the head of its file: nothing of its weights is read."""
    cost = costs.of(preset)
    return Size(preset, _parameters(folder / WEIGHTS), None if cost is None else cost.training_bytes())


def _parameters(file: Path) -> int | None:
    try:
        with file.open("rb") as opened:
            (length,) = struct.unpack("<Q", opened.read(8))
            head = json.loads(opened.read(min(length, file.stat().st_size)))
    except (OSError, struct.error, ValueError):
        return None
    tensors = [entry for name, entry in head.items() if name != "__metadata__"]
    return sum(int(prod(tensor["shape"])) for tensor in tensors if tensor["dtype"].startswith("F"))
