"""How good the model is on a folder of labelled photos that the project never sees: NME, CED, AUC and failure rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np
import numpy.typing as npt

from facelabel.errors import FacelabelError, WorkerError
from facelabel.exchange.labelled import LabelKind, LabelledFace, boxes_by_photo, read_folder
from facelabel.formats.pts import Origin
from facelabel.geometry import Box
from facelabel.jobs.messages import FaceInput, JobSpec, Message
from facelabel.jobs.supervisor import Supervisor
from facelabel.metrics.ced import auc, bootstrap_interval, failure_rate
from facelabel.metrics.nme import default_kind, nme, normaliser
from facelabel.store import versions
from facelabel.store.project import Project

Norm = Literal["inter-ocular", "inter-pupil", "box", "diagonal"]


@dataclass(frozen=True)
class Evaluation:
    """Errors of one model version on a labelled folder. NME, interval and failure rate are in per cent."""

    version: int
    norm: Norm
    threshold: float
    errors: npt.NDArray[np.float64]
    """(N,) NME of each face as a fraction."""
    images: list[str]
    nme: float
    interval: tuple[float, float]
    auc: float
    failure_rate: float
    left_out: list[str] = field(default_factory=list)


def evaluate(
    project: Project,
    folder: Path,
    *,
    labels: LabelKind = "pts",
    norm: Norm | None = None,
    threshold: float | None = None,
    origin: Origin = "one-based",
    boxes: Path | None = None,
    on_message: Callable[[Message], None] = lambda message: None,
) -> Evaluation:
    """Predict every labelled face of ``folder`` and compare.

    The box of a face is that of its label, or the one of the file ``boxes`` that fits it best: what a detector found,
    say; "box" and "diagonal" normalise by it. ``norm`` is the scheme's own by default. ``threshold`` of AUC and failure
    rate is a fraction; by default 0.10 for the eye distances and 0.07 for the box, as 300-W, WFLW and AFLW report them.
    Raises FacelabelError when the project has no model or the folder no labels.
    """
    scheme = project.scheme
    norm = norm or default_kind(scheme)
    with project.reading() as session:
        version = versions.latest(session)
    if version is None:
        raise FacelabelError("there is no model yet", where=project.folder, cure=f"facelabel train {project.folder}")
    given = None if boxes is None else boxes_by_photo(boxes, folder)
    pool: list[FaceInput] = []
    truth, images, used, left_out = [], [], [], []
    for photo in read_folder(folder, labels, scheme, origin=origin):
        if photo.refused is not None:
            left_out.append(photo.refused[1])
        for face in photo.faces:
            box = face.box if given is None else _fitting(face, given.get(photo.path.resolve(), []))
            if box is None:
                left_out.append(f"{face.file}: no box is known for this face; --boxes names a file that has one")
                continue
            described = (box.left, box.top, box.width, box.height)
            pool.append(FaceInput(id=len(pool), image=str(photo.path.resolve()), box=described, points=None))
            truth.append(face.shape)
            used.append(box)
            images.append(str(photo.path))
    if not pool:
        raise FacelabelError(
            f"no face to measure on: {left_out[0]}" if left_out else "no labelled photo in this folder",
            where=folder,
            cure=None if left_out else "photos need their .pts beside them",
        )
    distances = normaliser(scheme, np.stack(truth), norm, None if given is None else used)
    weights = project.models_folder / f"v{version.number:04d}"
    with TemporaryDirectory(prefix="facelabel-evaluate-") as scratch:
        spec = JobSpec(kind="score", scheme=scheme.model_dump(), pool=pool, weights=str(weights), functions=[])
        outcome = Supervisor(Path(scratch), spec, on_message).run()
        if outcome.state != "done":
            raise WorkerError(outcome.message or "the evaluation was stopped", cure="see the lines above")
        with np.load(Path(scratch) / "scores.npz") as scores:
            ids, shapes = scores["face_ids"], scores["shapes"].astype(np.float64)
    left_out += [f"{images[i]}: cannot be read" for i in sorted(set(range(len(pool))) - set(ids.tolist()))]
    if len(ids) == 0:
        raise FacelabelError("none of the photos could be read", where=folder, cure="see what was refused above")
    expected = np.stack([truth[i] for i in ids])
    errors = nme(shapes, expected, distances[ids])
    limit = threshold if threshold is not None else 0.10 if norm in ("inter-ocular", "inter-pupil") else 0.07
    low, high = bootstrap_interval(errors, seed=0)
    return Evaluation(
        version=version.number,
        norm=norm,
        threshold=limit,
        errors=errors,
        images=[images[i] for i in ids],
        nme=100 * float(errors.mean()),
        interval=(100 * low, 100 * high),
        auc=auc(errors, limit),
        failure_rate=100 * failure_rate(errors, limit),
        left_out=left_out,
    )


def _fitting(face: LabelledFace, boxes: list[tuple[Box, str]]) -> Box | None:
    """The box that overlaps the label's most; of landmarks at a single place, the smallest around it."""
    if (tight := face.box) is not None:
        overlap, box = max(((box.overlap(tight), box) for box, _ in boxes), key=lambda pair: pair[0], default=(0, None))
        return box if overlap else None
    holding = [box for box, _ in boxes if box.holds(face.shape)]
    return min(holding, key=lambda box: box.width * box.height, default=None)
