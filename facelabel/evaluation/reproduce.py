"""A paper's tables over again: train and measure on a public data set with its boxes, recipe and decoding.

Every run is one worker job in a folder of its own below ``out``, finished or not: a run that is there is not run again,
so that a table of many hours goes on after any interruption.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from facelabel.errors import FacelabelError
from facelabel.evaluation import papers, predicting
from facelabel.evaluation.faces import KnownFace
from facelabel.evaluation.layouts import BoxKind, PublicSet, SetName
from facelabel.evaluation.measuring import Evaluation, Figures, measure
from facelabel.formats.atomic import write_whole
from facelabel.jobs.messages import FaceInput, JobSpec, LabelInput, Message, TrainSpec, points_of


@dataclass(frozen=True)
class Recipe:
    """What is trained. ``weights`` as ``TrainSpec.pretrained``; ``steps`` and ``batch`` of None are the preset's."""

    preset: str = "scaf"
    weights: str | None = "shipped"
    steps: int | None = None
    batch: int | None = None
    boxes: BoxKind = "ground-truth"
    device: str = "auto"


@dataclass(frozen=True)
class Run:
    """One model: trained on ``labels`` faces drawn with ``seed``, measured on the test faces."""

    labels: int
    seed: int
    rows: tuple[Figures, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One cell of a table: the mean over runs, its standard deviation (None of a single run), what the paper states."""

    labels: int
    subset: str
    faces: int
    runs: int
    nme: float
    deviation: float | None
    auc: float
    failure_rate: float
    paper: float | None


def drawn(train: Sequence[KnownFace], labels: int | None, seed: int) -> list[KnownFace]:
    """``labels`` faces at random, without replacement; None is all of them. The smaller draw of a seed is part of the
    larger. Raises FacelabelError when there are fewer."""
    if labels is None:
        return list(train)
    if labels > len(train):
        raise FacelabelError(f"{labels} labels are asked for, the training set has {len(train)} faces")
    return [train[i] for i in np.random.default_rng(seed).permutation(len(train))[:labels].tolist()]


def run(
    name: SetName,
    data: PublicSet,
    labels: int | None,
    seed: int,
    recipe: Recipe,
    out: Path,
    on_message: Callable[[Message], None],
) -> Run:
    """Train and measure one model, or measure what an earlier call left in its folder.

    Raises WorkerError when training fails, FacelabelError when the folder holds a run with other settings.
    """
    chosen, test = drawn(data.train, labels, seed), data.test
    folder = out / f"{name}-{recipe.preset}-{'all' if labels is None else labels}-{recipe.boxes}-seed{seed}"
    spec = JobSpec(
        kind="round",
        scheme=data.scheme.model_dump(),
        train=TrainSpec(
            preset=recipe.preset,
            seed=seed,
            pretrained=recipe.weights,
            steps=recipe.steps,
            batch=recipe.batch,
            changes=papers.SCAF,
        ),
        labels=[LabelInput(**_input(i, face), shape=points_of(face.shape)) for i, face in enumerate(chosen)],
        pool=[FaceInput(**_input(i, face)) for i, face in enumerate(test.faces)],
        device=recipe.device,
        cache=str((out / "crops").resolve()),
    )
    if not _is_done(folder, spec):
        predicting.run(folder, spec, on_message)
    found, left_out = _measured(folder, data, seed)
    return Run(len(chosen), seed, (*found.subsets, found.whole), tuple(left_out))


def _input(index: int, face: KnownFace) -> dict[str, Any]:
    box = face.box
    assert box is not None
    described = (box.left, box.top, box.width, box.height)
    return {"id": index, "image": str(face.image.resolve()), "box": described}


def _is_done(folder: Path, spec: JobSpec) -> bool:
    """Whether the folder holds the finished job of ``spec``, in however many portions."""
    if not (folder / "result.json").is_file():
        return False
    try:
        before = JobSpec.model_validate_json((folder / "spec.json").read_bytes())
    except (OSError, ValidationError):
        before = None
    # Neither the portions of a second try nor where crops are kept makes it another experiment.
    same = {"portions": 1, "cache": None}
    wanted = JobSpec.model_validate_json(spec.model_dump_json()).model_copy(update=same)
    if before is None or before.model_copy(update=same) != wanted:
        raise FacelabelError(
            "a run with other settings is here already", where=folder, cure="choose another --out, or delete it"
        )
    return True


def _measured(folder: Path, data: PublicSet, seed: int) -> tuple[Evaluation, list[str]]:
    ids, shapes = predicting.predictions_of(folder)
    lost = sorted(set(range(len(data.test.faces))) - set(ids.tolist()))
    left_out = [f"{data.test.faces[i].title}: the photo cannot be read" for i in lost]
    if len(ids) == 0:
        raise FacelabelError("none of the test photos could be read", where=folder, cure="check the data set")
    seen = type(data.test)([data.test.faces[i] for i in ids.tolist()], data.test.subsets, left_out)
    found = measure(
        seen,
        shapes,
        np.zeros(len(ids), dtype=np.bool_),
        data.scheme,
        name=folder.name,
        boxes="the data set's boxes",
        norm=data.norm,
        threshold=data.threshold,
        seed=seed,
    )
    return found, left_out


def table(name: SetName, runs: Sequence[Run]) -> list[Row]:
    """The runs by number of labels and subset, beside the paper's values."""
    _, stated = papers.TABLES[name]
    rows = []
    for labels in dict.fromkeys(run.labels for run in runs):
        same = [run for run in runs if run.labels == labels]
        for index, first in enumerate(same[0].rows):
            cells = [run.rows[index] for run in same]
            errors = np.array([cell.nme for cell in cells], dtype=np.float64)
            rows.append(
                Row(
                    labels=labels,
                    subset=first.name,
                    faces=first.faces,
                    runs=len(same),
                    nme=float(errors.mean()),
                    deviation=float(errors.std(ddof=1)) if len(errors) > 1 else None,
                    auc=float(np.mean([cell.auc for cell in cells])),
                    failure_rate=float(np.mean([cell.failure_rate for cell in cells])),
                    paper=stated.get(labels, {}).get(first.name),
                )
            )
    return rows


def differences(name: SetName, data: PublicSet) -> list[str]:
    """What keeps the figures from being the paper's, a line each: not as many test faces as were published."""
    faces = data.test.faces
    counts = {"all": len(faces)} | {s: sum(s in face.subsets for face in faces) for s in data.test.subsets}
    return [
        f"{data.title} has {count} test faces ({subset}), this folder {counts.get(subset, 0)}: not the paper's figures"
        for subset, count in papers.PUBLISHED[name].items()
        if counts.get(subset, 0) != count
    ]


def save(path: Path, name: SetName, recipe: Recipe, runs: Sequence[Run]) -> None:
    """Every run and the table as JSON, whole or not at all."""
    document = {
        "set": name,
        "recipe": asdict(recipe),
        "changes": papers.SCAF,
        "paper": papers.TABLES[name][0],
        "table": [asdict(row) for row in table(name, runs)],
        "runs": [asdict(run) for run in runs],
    }
    write_whole(path, json.dumps(document, indent=2) + "\n")
