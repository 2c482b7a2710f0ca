"""What an export asks for, and the faces of a project that can be in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.formats.pts import Origin
from facelabel.store import labels, predictions
from facelabel.store.tables import Face, Image, Revision

Format = Literal["300w", "wflw"]
Unset = Literal["ask", "zero", "leave-out"]


@dataclass(frozen=True)
class ExportOptions:
    """``predictions`` adds unlabelled faces with the model's shape; ``unset``: what an unset attribute becomes;
    ``confirmed_only``: of faces labelled in part, the landmarks that nobody confirmed count as missing."""

    format: Format
    predictions: bool = False
    confirmed_only: bool = True
    unset: Unset = "ask"
    origin: Origin = "one-based"
    convert: bool = False
    photos: bool = False
    overwrite: bool = False


@dataclass(frozen=True)
class Candidate:
    """A face as an export sees it: its shape (L, 2) in image pixels and where that came from; ``unconfirmed`` are the
    landmarks of a label that are the model's."""

    face: Face
    image: Image
    shape: npt.NDArray[np.float64]
    attributes: Mapping[str, bool]
    occluded: tuple[int, ...]
    origin: str
    version: int | None
    unconfirmed: tuple[int, ...] = ()


def labelled(session: Session) -> Iterator[Candidate]:
    """Every labelled face with its newest label, in the order of the faces."""
    newest = labels.newest_of(session, None)
    rows = select(Face, Image).join(Image, Image.id == Face.image_id).where(Face.state == "labelled").order_by(Face.id)
    for face, image in session.execute(rows):
        revision, record = newest[face.id]
        occluded = tuple(i for i, v in enumerate(record.visibility) if v == "occluded")
        yield Candidate(
            face,
            image,
            record.shape,
            record.attributes,
            occluded,
            _origin(revision),
            revision.model_version_id,
            record.predicted,
        )


def _origin(revision: Revision) -> str:
    return {"desk": "human", "import": "imported", "simulated": "simulated"}[revision.origin]


def predicted(session: Session) -> Iterator[Candidate]:
    """Every open face that a model has predicted, with the newest prediction."""
    rows = select(Face, Image).join(Image, Image.id == Face.image_id).where(Face.state == "open").order_by(Face.id)
    for face, image in session.execute(rows):
        known = predictions.get(session, face.id)
        if known is not None:
            version_id, shape, _ = known
            yield Candidate(face, image, shape, {}, (), "predicted", version_id)
