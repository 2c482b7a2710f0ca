"""Lists of faces and images of any length: first the ids in order, then the rows of those that are in sight.

A list of 120,000 faces is half a megabyte of ids, read in one indexed query; filtering, sorting and jumping anywhere in
it costs no more than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from facelabel.geometry import Box
from facelabel.store.among import among
from facelabel.store.tables import BatchItem, Draft, Face, Image, ImageFailure, Refusal, Revision, Round

Ids = npt.NDArray[np.int64]
Kind = Literal["all", "audit", "begun", "near", "failed"]
"""All faces; audit faces; those with a draft; those whose image has near-duplicates; those without a photo."""
Order = Literal["added", "name", "state", "author", "labelled", "round", "size"]
NOBODY = "a person: no face here"
"""What stands in ``Image.detected_with`` where somebody has looked and there is no face."""


@dataclass(frozen=True)
class Wanted:
    """Which faces: in ``state``, of ``kind``, whose newest label is by ``author``, asked for in the round of that
    number, with ``text`` in their photo's path (letter case does not count). None and empty: any."""

    state: str | None = None
    kind: Kind = "all"
    author: str | None = None
    round: int | None = None
    text: str = ""


@dataclass(frozen=True)
class FaceRow:
    """A face as a list shows it. ``author`` and ``labelled_at`` are those of the newest label, ``round`` the number of
    the last round that asked for it, ``burst`` the first image of its near-duplicates, ``failure`` why its photo cannot
    be read. ``project.path_of(row)`` gives its photo."""

    id: int
    image_id: int
    path: str
    relative: bool
    sha256: str
    size: tuple[int, int]
    box: Box
    state: str
    reason: str | None
    holdout: bool
    author: str | None
    labelled_at: datetime | None
    round: int | None
    burst: int | None
    begun: bool
    failure: str | None


@dataclass(frozen=True)
class ImageRow:
    """An image as a list shows it; ``detected_with`` says who has looked for faces in it, None: nobody."""

    id: int
    path: str
    relative: bool
    sha256: str
    size: tuple[int, int]
    detected_with: str | None


@dataclass(frozen=True)
class Problem:
    """A photo that could not be used, with the reason; ``image_id`` is None for a file that no import accepted."""

    image_id: int | None
    path: str
    relative: bool
    reason: str
    at: datetime


def face_ids(s: Session, wanted: Wanted, order: Order = "added", *, descending: bool = False) -> Ids:
    """Ids (N,) of the faces, in order; ties by id. Faces that the order says nothing of (no label, say) come last."""
    found = _with_photo(select(Face.id), order == "name" or bool(wanted.text) or wanted.kind == "near")
    key: ColumnElement[Any] = _key(order)
    if order in ("labelled", "author"):
        last = _last_label()
        found = found.outerjoin(last, last.c.face_id == Face.id)
        if order == "author":
            found = found.outerjoin(Revision, Revision.id == last.c.revision_id)
        key = last.c.revision_id if order == "labelled" else Revision.author.expression
    elif order == "round":
        asked = select(BatchItem.face_id, func.max(BatchItem.round_id).label("round_id"))
        asked_for = asked.group_by(BatchItem.face_id).subquery()
        found = found.outerjoin(asked_for, asked_for.c.face_id == Face.id)
        key = asked_for.c.round_id
    for condition in _conditions(wanted):
        found = found.where(condition)
    if order in ("labelled", "author", "round"):
        found = found.order_by(key.is_(None))
    if order == "added":
        found = found.order_by(Face.id.desc() if descending else Face.id)
    else:
        found = found.order_by(key.desc() if descending else key, Face.id)
    return _ids(s, found)


def face_rows(s: Session, ids: Iterable[int]) -> list[FaceRow]:
    """The rows of some faces, in the order of ``ids``; those that are gone are left out."""
    listed = [int(face_id) for face_id in ids]
    last = _last_label(listed)
    columns = (
        Face.id,
        Image.id,
        Image.path,
        Image.relative,
        Image.sha256,
        Image.width,
        Image.height,
        Face.left,
        Face.top,
        Face.width,
        Face.height,
        Face.state,
        Face.reason,
        Face.holdout,
        Revision.author,
        Revision.created_at,
        select(func.max(Round.number))
        .join(BatchItem, BatchItem.round_id == Round.id)
        .where(BatchItem.face_id == Face.id)
        .scalar_subquery(),
        Image.burst,
        exists().where(Draft.face_id == Face.id),
        ImageFailure.reason,
    )
    rows = s.connection().execute(
        select(*columns)
        .select_from(Face)
        .join(Image, Image.id == Face.image_id)
        .outerjoin(last, last.c.face_id == Face.id)
        .outerjoin(Revision, Revision.id == last.c.revision_id)
        .outerjoin(ImageFailure, ImageFailure.image_id == Image.id)
        .where(Face.id.in_(among(listed)))
    )
    known = {}
    for row in rows:
        (state, reason, holdout, author, at, number, burst, begun, failure) = row[11:]
        size, box = (row[5], row[6]), Box(*row[7:11])
        label = (author, at, number, burst, bool(begun), failure)
        known[row[0]] = FaceRow(row[0], row[1], row[2], row[3], row[4], size, box, state, reason, holdout, *label)
    return [known[face_id] for face_id in listed if face_id in known]


def image_ids_without_faces(s: Session, *, settled: bool = False, text: str = "") -> Ids:
    """Ids (N,), ascending, of the images that have no face; ``settled``: of those where somebody said that there is
    none, else of all others."""
    told = Image.detected_with == NOBODY
    found = select(Image.id).where(~exists().where(Face.image_id == Image.id))
    found = found.where(told if settled else Image.detected_with.is_(None) | ~told)
    if text:
        found = found.where(_contains(text))
    return _ids(s, found.order_by(Image.id))


def image_rows(s: Session, ids: Iterable[int]) -> list[ImageRow]:
    """The rows of some images, in the order of ``ids``; those that are gone are left out."""
    listed = [int(image_id) for image_id in ids]
    columns = (Image.id, Image.path, Image.relative, Image.sha256, Image.width, Image.height, Image.detected_with)
    rows = s.connection().execute(select(*columns).where(Image.id.in_(among(listed))))
    known = {row[0]: ImageRow(*row[:4], (row[4], row[5]), row[6]) for row in rows}
    return [known[image_id] for image_id in listed if image_id in known]


def problems(s: Session) -> list[Problem]:
    """Images that could not be used and files that no import accepted, by path."""
    failed = s.execute(
        select(Image.id, Image.path, Image.relative, ImageFailure.reason, ImageFailure.at).join(
            ImageFailure, ImageFailure.image_id == Image.id
        )
    ).all()
    refused = s.execute(select(Refusal.path, Refusal.reason, Refusal.at)).all()
    found = [Problem(*row) for row in failed] + [Problem(None, path, False, why, at) for path, why, at in refused]
    return sorted(found, key=lambda problem: problem.path)


def authors(s: Session) -> list[str]:
    """Who has labelled any face."""
    return list(s.scalars(select(Revision.author).distinct().order_by(Revision.author)))


def _with_photo(found: Select[Any], needed: bool) -> Select[Any]:
    return found.join(Image, Image.id == Face.image_id) if needed else found


def _key(order: Order) -> ColumnElement[Any]:
    keys: dict[str, Any] = {"name": Image.path, "state": Face.state, "size": Face.width * Face.height}
    found: ColumnElement[Any] = keys.get(order, Face.id)
    return found


def _conditions(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        conditions.append(Face.state == wanted.state)
    if wanted.author is not None:
        later = Revision.__table__.alias("later")
        newest = ~exists().where(later.c.face_id == Revision.face_id, later.c.number > Revision.number)
        conditions.append(Face.id.in_(select(Revision.face_id).where(Revision.author == wanted.author, newest)))
    if wanted.round is not None:
        of_round = select(BatchItem.face_id).join(Round, Round.id == BatchItem.round_id)
        conditions.append(Face.id.in_(of_round.where(Round.number == wanted.round)))
    if wanted.text:
        conditions.append(_contains(wanted.text))
    if wanted.kind == "audit":
        conditions.append(Face.holdout.is_(True))
    elif wanted.kind == "begun":
        conditions.append(Face.id.in_(select(Draft.face_id)))
    elif wanted.kind == "near":
        conditions.append(Image.burst.is_not(None))
    elif wanted.kind == "failed":
        conditions.append(Face.image_id.in_(select(ImageFailure.image_id)))
    return conditions


def _contains(text: str) -> ColumnElement[bool]:
    return Image.path.icontains(text.strip(), autoescape=True)


def _last_label(face_ids: list[int] | None = None) -> Any:
    last = select(Revision.face_id, func.max(Revision.id).label("revision_id")).group_by(Revision.face_id)
    return (last if face_ids is None else last.where(Revision.face_id.in_(among(face_ids)))).subquery()


def _ids(s: Session, found: Select[Any]) -> Ids:
    return np.fromiter((row[0] for row in s.connection().execute(found)), dtype=np.int64)
