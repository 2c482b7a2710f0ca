"""Taking a finished job's files into the project: all of it or nothing, and right again after a kill at any point.

The weights are first linked (or copied) to their place under ``models/``, then the transaction commits, then the job's
own copy goes. A kill before the commit leaves a folder that no version names; the next ingest replaces it. A kill after
it leaves a spare copy in the job folder; ``sweep`` removes it.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.campaign import batches, counting, measuring, orders
from facelabel.campaign.settings import CampaignSettings
from facelabel.errors import FacelabelError, WorkerError
from facelabel.geometry import Box
from facelabel.jobs.messages import Failure, ImageFaces, JobSpec, Result
from facelabel.store import faces, heatmaps, images, predictions, rounds, versions
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image, Job, ModelVersion

_PATHS = 10_000
"""Paths that one statement looks for."""
SAME_FACE = 0.5
"""Overlap (intersection over union) above which a found face is one that the image already has."""


@dataclass(frozen=True)
class Ingested:
    """What came of a job: the model version (new, or the one that scored), faces predicted or found, faces left out and
    why, and how many faces were drawn for the batch (0 when none were)."""

    version: int | None
    faces: int
    failures: list[str] = field(default_factory=list)
    drawn: int = 0


@dataclass(frozen=True)
class JobFiles:
    """A job folder whose result is complete."""

    folder: Path
    spec: JobSpec
    result: Result
    failures: list[Failure]

    @classmethod
    def read(cls, folder: Path) -> JobFiles:
        """Raises WorkerError when the folder holds no complete result."""
        try:
            return cls(
                folder,
                JobSpec.model_validate_json((folder / "spec.json").read_bytes()),
                Result.model_validate_json((folder / "result.json").read_bytes()),
                TypeAdapter(list[Failure]).validate_json((folder / "failures.json").read_bytes()),
            )
        except (OSError, ValidationError) as error:
            raise WorkerError(
                f"the job's result cannot be read: {error}", where=folder, cure="run the job again"
            ) from None


def _unreadable(what: str, folder: Path, error: Exception) -> WorkerError:
    first = str(error).splitlines()[0]
    return WorkerError(f"the job's {what} cannot be read: {first}", where=folder, cure="run the job again")


def is_complete(folder: Path) -> bool:
    return (folder / "result.json").is_file()


def ingest(s: Session, project: Project, settings: CampaignSettings, job: Job, files: JobFiles) -> Ingested:
    """Store what the job found; the caller's transaction makes it one step, and calls ``sweep`` after it."""
    said = [f"{failure.image}: {failure.why}" for failure in files.failures]
    _take_failures(s, project, files)
    if files.spec.kind == "detect":
        found = _take_detections(s, files)
        return Ingested(None, found, said)
    scored = files.spec.kind == "score" and files.spec.weights is not None
    version = _scored_with(s, files.spec) if scored else _take_version(s, project, files)
    first_look = files.spec.kind == "score" and not scored
    if first_look and files.spec.scheme["id"] != project.scheme.id:
        version.metrics = version.metrics | {orders.FEATURES: True}
    predicted = _take_predictions(s, project, version, files) if files.spec.kind != "train" else 0
    version.metrics = version.metrics | measuring.of_version(s, project.scheme, version)
    drawn = 0
    if job.round_id is not None:
        rounds.set_state(s, job.round_id, "done", version.id)
    if files.spec.kind == "score":
        drawn = batches.redraw(s, settings)
    if files.spec.kind == "round":
        try:
            drawn = counting.batch(s, batches.draw(s, settings).id)[1]
        except FacelabelError:
            drawn = 0  # Budget spent or nothing open: the status says so.
    return Ingested(version.number, predicted, said, drawn)


def sweep(folder: Path) -> None:
    """Drop the job's own copy of what the project now has."""
    for name in ("model", "heatmaps"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _take_version(s: Session, project: Project, files: JobFiles) -> ModelVersion:
    train = files.spec.train
    assert train is not None
    parent = None
    if train.start_from is not None:
        parent = s.scalar(select(ModelVersion.id).where(ModelVersion.number == _number_of(train.start_from)))
    metrics: dict[str, Any] = {} if files.result.loss is None else {"loss": files.result.loss}
    if train.finish:
        metrics[measuring.FINISH] = True
    version = versions.add(
        s,
        preset=train.preset,
        seed=train.seed,
        labels=files.result.labels,
        data_hash=orders.data_hash(s, files.spec.labels),
        parent_id=parent,
        seconds=files.result.train_seconds,
        metrics=metrics,
    )
    _place(files.folder / "model", orders.version_folder(project, version))
    return version


def _place(source: Path, target: Path) -> None:
    """Put the weights at ``target``, whole or not at all; what a killed ingest left there is replaced."""
    if not source.is_dir():
        raise WorkerError("the job has a result but no model", where=source, cure="train again")
    fresh = target.with_name(f"{target.name}.new")
    for old in (fresh, target):
        if old.exists():
            shutil.rmtree(old)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(source, fresh, copy_function=_link_or_copy)
    os.replace(fresh, target)
    _sync(target.parent)


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
        with open(target, "rb+") as copy:
            os.fsync(copy.fileno())
    return target


def _sync(folder: Path) -> None:
    """Make a rename survive a power cut; only POSIX can open a folder."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _scored_with(s: Session, spec: JobSpec) -> ModelVersion:
    assert spec.weights is not None
    version = s.scalar(select(ModelVersion).where(ModelVersion.number == _number_of(spec.weights)))
    if version is None:
        raise WorkerError("the project has no such model version", where=spec.weights, cure="score again")
    return version


def _number_of(folder: str) -> int:
    name = Path(folder).name
    return int(name[1:]) if name[1:].isdigit() else -1


def _take_predictions(s: Session, project: Project, version: ModelVersion, files: JobFiles) -> int:
    size = project.scheme.size
    try:
        with np.load(files.folder / "scores.npz") as arrays:
            data = {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError) as error:
        raise _unreadable("scores", files.folder, error) from None
    features_only = bool(version.metrics.get(orders.FEATURES))
    if data["shapes"].shape[1:] != (size, 2) and not features_only:
        raise _unreadable("scores", files.folder, ValueError(f"shapes are {data['shapes'].shape}, not (N, {size}, 2)"))
    # Faces may have been deleted while the worker ran.
    known = set(s.scalars(select(Face.id)).all())
    there = np.array([int(face_id) in known for face_id in data["face_ids"]], dtype=bool)
    ids = [int(face_id) for face_id in data["face_ids"][there]]
    if not ids:
        return 0
    predictions.save_embeddings(s, version.id, ids, data["embeddings"][there])
    if features_only:
        return len(ids)
    predictions.save(s, version.id, ids, data["shapes"][there], data["confidence"][there])
    heatmaps.keep(project, version.number, files.folder / "heatmaps")
    for name, values in data.items():
        if name.startswith("score_"):
            known = np.isfinite(values[there])  # A face without a score counts as not scored.
            faces_of = [face_id for face_id, fine in zip(ids, known, strict=True) if fine]
            predictions.save_scores(s, version.id, name.removeprefix("score_"), faces_of, values[there][known])
    return len(ids)


def _take_failures(s: Session, project: Project, files: JobFiles) -> None:
    """Keep why photos could not be used, for whoever looks after the data."""
    because = {Path(failure.image): failure.why for failure in files.failures}
    stored_at = [project.place(path)[0] for path in because]
    for start in range(0, len(stored_at), _PATHS):
        stored = stored_at[start : start + _PATHS]
        for image in s.scalars(select(Image).where(Image.path.in_(stored))).all():
            if (why := because.get(project.path_of(image))) is not None:
                images.fail(s, image.id, why)


def _take_detections(s: Session, files: JobFiles) -> int:
    try:
        found = TypeAdapter(list[ImageFaces]).validate_json((files.folder / "detections.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise WorkerError(
            f"the detections cannot be read: {error}", where=files.folder, cure="run the job again"
        ) from None
    added = 0
    for entry in found:
        if s.get(Image, entry.image) is None:
            continue
        there = [faces.box_of(face) for face in faces.of_image(s, entry.image)]
        for detected in entry.faces:
            box = Box(*detected.box)
            if all(box.overlap(other) <= SAME_FACE for other in there):
                faces.add(s, entry.image, box, source="detector", score=detected.score, points=detected.points)
                added += 1
        images.mark_searched(s, entry.image, entry.detector)
    return added
