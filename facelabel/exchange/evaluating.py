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
from facelabel.exchange.labelled import LabelKind, read_folder
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
    on_message: Callable[[Message], None] = lambda message: None,
) -> Evaluation:
    """Predict every labelled face of ``folder`` from its ground-truth box and compare.

    ``norm`` is the scheme's own by default. ``threshold`` of AUC and failure rate is a fraction; by default 0.10 for
    the eye distances and 0.07 for the box, as 300-W, WFLW and AFLW report them. Raises FacelabelError when the
    project has no model or the folder no labels.
    """
    scheme = project.scheme
    norm = norm or default_kind(scheme)
    with project.reading() as session:
        version = versions.latest(session)
    if version is None:
        raise FacelabelError("there is no model yet", where=project.folder, cure=f"facelabel train {project.folder}")
    pool: list[FaceInput] = []
    truth, images, left_out = [], [], []
    for photo in read_folder(folder, labels, scheme, origin=origin):
        if photo.refused is not None:
            left_out.append(photo.refused[1])
        for face in photo.faces:
            box = Box.around(face.shape)
            pool.append(
                FaceInput(
                    id=len(pool),
                    image=str(photo.path.resolve()),
                    box=(box.left, box.top, box.width, box.height),
                    points=None,
                )
            )
            truth.append(face.shape)
            images.append(str(photo.path))
    if not pool:
        raise FacelabelError(
            "no labelled photo in this folder", where=folder, cure="photos need their .pts beside them"
        )
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
    errors = nme(shapes, expected, normaliser(scheme, expected, norm))
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
