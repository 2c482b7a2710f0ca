"""Writing the order for a worker: which faces to train on, which to predict, which images to search."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from sqlalchemy import SelectBase, or_, select
from sqlalchemy.orm import Session

from facelabel import pretrained, schemes
from facelabel.acquisition import COSTLY, SCORES, strategies
from facelabel.campaign import counting
from facelabel.campaign.settings import CampaignSettings
from facelabel.errors import FacelabelError
from facelabel.jobs.messages import FaceInput, ImageInput, JobSpec, LabelInput, TrainSpec, points_of
from facelabel.pretrained import SHIPPED
from facelabel.schemes import Scheme
from facelabel.store import images, labels, versions
from facelabel.store.among import among
from facelabel.store.project import Project
from facelabel.store.tables import BatchItem, Draft, Face, Image, ModelVersion

FEWEST_LABELS = 2
FEATURES = "features"
"""Among a version's metrics: that it only gave features, by a scheme that is not the project's."""
JobKind = Literal["round", "train", "finish", "score", "detect"]
"""What a campaign asks of a worker."""
SCORED = list(SCORES)
"""These are scored in each round: changing the function then needs no new scoring."""


def version_folder(project: Project, version: ModelVersion) -> Path:
    return project.models_folder / f"v{version.number:04d}"


def order(s: Session, project: Project, settings: CampaignSettings, kind: JobKind) -> JobSpec:
    """The spec of a job of this kind; ``finish`` is a training anew, by the long schedule.

    Raises FacelabelError where there is nothing to train on, score or search.
    """
    scheme = project.scheme.model_dump(mode="json")
    if kind == "detect":
        return JobSpec(kind=kind, scheme=scheme, images=_to_search(s, project))
    cache = str(project.crops_folder)
    latest = versions.latest(s)
    if kind == "score":
        if latest is None:
            return _first_look(s, project, settings)
        if latest.metrics.get(FEATURES):
            raise FacelabelError("no model knows the project's scheme yet", cure="label a first batch and train on it")
        weights = str(version_folder(project, latest))
        pool = _pool(s, project, settings, latest.number)
        return JobSpec(kind=kind, scheme=scheme, weights=weights, pool=pool, functions=_scored(settings), cache=cache)
    finish = kind == "finish"
    number = 1 if latest is None else latest.number + 1
    # A version without labels is the pretrained weights: training goes on from those with all of its steps.
    goes_on = settings.start_from == "last" and latest is not None and latest.labels > 0
    goes_on = goes_on and latest is not None and latest.preset == settings.preset
    train = TrainSpec(
        preset=settings.preset,
        seed=settings.seed + number,
        start_from=str(version_folder(project, latest)) if goes_on and latest is not None and not finish else None,
        pretrained=None if settings.start_from == "scratch" else chosen_weights(project, settings),
        steps=None if finish else settings.steps,
        finish=finish,
        allow_slow=settings.slow_training == "allow",
    )
    examples = training_set(s, project)
    if kind in ("train", "finish"):
        return JobSpec(kind="train", scheme=scheme, train=train, labels=examples, cache=cache)
    pool = _pool(s, project, settings, number)
    functions = _scored(settings)
    return JobSpec(kind=kind, scheme=scheme, train=train, labels=examples, pool=pool, functions=functions, cache=cache)


def _scored(settings: CampaignSettings) -> list[str]:
    """``SCORED``, and what takes further passes where the strategy needs it."""
    strategy = strategies().get(settings.function)
    return [*SCORED, *(name for name in COSTLY if strategy is not None and name in strategy.needs)]


def _first_look(s: Session, project: Project, settings: CampaignSettings) -> JobSpec:
    """Predict and score before there is any label; where the pretrained weights do not know the scheme, by one that
    they know, for the features alone."""
    scheme = first_scheme(project, settings)
    if scheme is None:
        raise FacelabelError("there is no model to score with", cure="train one first")
    return JobSpec(
        kind="score",
        scheme=scheme.model_dump(mode="json"),
        train=TrainSpec(preset=settings.preset, seed=settings.seed + 1, pretrained=chosen_weights(project, settings)),
        pool=_pool(s, project, settings, 1),
        functions=SCORED,
    )


def begins_knowing(project: Project, settings: CampaignSettings) -> bool:
    """Whether the weights that the campaign starts from predict the project's landmarks without a label."""
    if settings.start_from == "scratch":
        return False
    return pretrained.knows(settings.preset, chosen_weights(project, settings), project.scheme.id)


def first_scheme(project: Project, settings: CampaignSettings) -> Scheme | None:
    """The scheme by which the weights that the campaign starts from look at faces before any label: the project's, or
    else one that comes with facelabel; None where they can look by none. Reads files."""
    if settings.start_from == "scratch":
        return None
    return scheme_to_look_by(settings.preset, chosen_weights(project, settings), project.scheme)


def scheme_to_look_by(preset: str, weights: str | None, scheme: Scheme) -> Scheme | None:
    """As ``first_scheme``, for faces that are no project's; ``weights`` as ``TrainSpec.pretrained``."""
    if pretrained.knows(preset, weights, scheme.id):
        return scheme
    folder = pretrained.choose(preset, weights)
    if folder is None:
        return None
    try:
        heads = set(pretrained.read(folder).heads)
    except FacelabelError:
        return None
    known = sorted(heads & set(schemes.shipped()))
    return schemes.load(known[0]) if known else None


def chosen_weights(project: Project, settings: CampaignSettings) -> str:
    """The campaign's pretrained weights as a job takes them: ``SHIPPED`` or a folder."""
    return SHIPPED if settings.pretrained == SHIPPED else str(project.folder / settings.pretrained)


def training_set(s: Session, project: Project) -> list[LabelInput]:
    """The newest label of every face that teaches, without what nobody confirmed. Raises FacelabelError when there are
    fewer than two."""
    rows = _faces(s, select(Face.id).where(counting.teaches()))
    if len(rows) < FEWEST_LABELS:
        count = len(rows)
        raise FacelabelError(
            f"{count} labelled face{' is' if count == 1 else 's are'} too few to train on, "
            f"at least {FEWEST_LABELS} are needed",
            cure="label more faces; audit faces only measure, and one without a present landmark teaches nothing",
        )
    shapes = labels.newest_of(s, [face.id for face, _ in rows])
    return [
        LabelInput(**_described(project, face, image), shape=points_of(shapes[face.id][1].confirmed))
        for face, image in rows
        if face.id in shapes
    ]


def every_face(s: Session, project: Project) -> tuple[list[FaceInput], list[LabelInput]]:
    """What there is to pretrain on: the faces without a label, and those that teach. Rejected ones are none."""
    unlabelled = select(Face.id).where(Face.state.in_(["open", "skipped"]))
    rows = _faces(s, select(Face.id).where(counting.teaches()))
    labelled = training_set(s, project) if len(rows) >= FEWEST_LABELS else []
    return [FaceInput(**_described(project, face, image)) for face, image in _faces(s, unlabelled)], labelled


def data_hash(s: Session, examples: Sequence[LabelInput]) -> str:
    """SHA-256 over the sorted (image SHA-256, box, shape) of the faces of a training set: equal sets, equal hash."""
    wanted = among(example.id for example in examples)
    rows = s.execute(select(Face.id, Image.sha256).join(Image, Image.id == Face.image_id).where(Face.id.in_(wanted)))
    by_face = dict(rows.all())
    lines = sorted(f"{by_face.get(e.id, '')} {e.box!r} {e.shape!r}" for e in examples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _pool(s: Session, project: Project, settings: CampaignSettings, version: int) -> list[FaceInput]:
    """The faces that a version predicts: open and skipped ones (a seeded sample where there are more than the setting),
    the labelled ones that hold out or that k-center measures distances from, and always those in the queue or begun."""
    rng = np.random.default_rng([settings.seed, version, 3])
    waiting = _sample(
        s.scalars(select(Face.id).where(Face.state.in_(["open", "skipped"])).order_by(Face.id)), settings, rng
    )
    labelled = s.scalars(select(Face.id).where(Face.state == "labelled", ~Face.holdout).order_by(Face.id))
    chosen = {*waiting, *_sample(labelled, settings, rng)}
    chosen |= set(s.scalars(select(Face.id).where(Face.state == "labelled", Face.holdout)))
    begun = select(Draft.face_id)
    current = counting.newest_round(s)
    queued = select(BatchItem.face_id).where(BatchItem.round_id == (None if current is None else current.id))
    asked = or_(Face.id.in_(begun), Face.id.in_(queued))
    chosen |= set(s.scalars(select(Face.id).where(Face.state != "rejected", asked)))
    rows = _faces(s, among(chosen))
    if not rows:
        raise FacelabelError("there is no face to score", cure="import photos, or find faces in them")
    return [FaceInput(**_described(project, face, image)) for face, image in rows]


def _to_search(s: Session, project: Project) -> list[ImageInput]:
    found = [ImageInput(id=image.id, path=str(project.path_of(image))) for image in images.not_searched(s)]
    if not found:
        raise FacelabelError("there is no photo left to search for faces", cure="import photos first")
    return found


def _sample(ids: Iterable[int], settings: CampaignSettings, rng: np.random.Generator) -> list[int]:
    every = list(ids)
    if len(every) <= settings.score_at_most:
        return every
    return [every[i] for i in rng.choice(len(every), size=settings.score_at_most, replace=False)]


def _faces(s: Session, ids: SelectBase) -> Sequence[tuple[Face, Image]]:
    found = select(Face, Image).join(Image, Image.id == Face.image_id).where(Face.id.in_(ids))
    return s.execute(found.order_by(Face.id)).all()


def _described(project: Project, face: Face, image: Image) -> dict[str, Any]:
    return {
        "id": face.id,
        "image": str(project.path_of(image)),
        "box": (face.left, face.top, face.width, face.height),
        "points": face.points,
    }
