"""Near-duplicate images: what tells them apart, and the bursts that they form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from facelabel.geometry import Box
from facelabel.images import similar
from facelabel.store.among import among
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image, ImageFailure

SAME_PERSON = 0.3
"""Overlap (intersection over union) of two faces in near-duplicate images from which on they are one person's."""


@dataclass(frozen=True)
class Shown:
    """A face of a burst: ``burst`` is the id of its first image, ``box`` in shares of the image's width and height,
    ``images`` how many images the burst has."""

    burst: int
    image_id: int
    box: Box
    images: int

    def repeats(self, other: Shown) -> bool:
        """Whether both show one person at nearly one moment."""
        near = self.burst == other.burst and self.image_id != other.image_id
        return near and self.box.overlap(other.box) >= SAME_PERSON


def not_looked_at(s: Session, limit: int | None = None) -> list[Image]:
    """Images without a difference hash that could be read so far, by id."""
    failed = exists().where(ImageFailure.image_id == Image.id)
    waiting = select(Image).where(Image.difference_hash.is_(None), ~failed)
    return list(s.scalars(waiting.order_by(Image.id).limit(limit)))


def set_hashes(s: Session, hashes: Mapping[int, int]) -> None:
    """Image id to its difference hash."""
    if hashes:
        s.execute(update(Image), [{"id": image_id, "difference_hash": value} for image_id, value in hashes.items()])


def regroup(project: Project) -> int:
    """Find the bursts anew among all images with a hash; how many images are in another burst than before.

    Comparing 100,000 images takes a second or two: it is done beside the writers.
    """
    with project.reading() as s:
        columns = (Image.id, Image.difference_hash, Image.path, Image.burst)
        rows = s.execute(select(*columns).where(Image.difference_hash.is_not(None)).order_by(Image.id)).all()
    if not rows:
        return 0
    ids = np.array([row[0] for row in rows])
    first = similar.bursts(np.array([row[1] for row in rows], dtype=np.int64), [row[2] for row in rows])
    alone = np.bincount(first, minlength=len(ids))[first] == 1
    now = [None if single else int(ids[place]) for single, place in zip(alone, first.tolist(), strict=True)]
    changed = [{"id": row[0], "burst": burst} for row, burst in zip(rows, now, strict=True) if row[3] != burst]
    if changed:
        with project.writing() as s:
            s.execute(update(Image), changed)
    return len(changed)


def shown(s: Session, face_ids: Iterable[int]) -> dict[int, Shown]:
    """Those of the faces that stand in an image of a burst."""
    wanted = among(face_ids)
    rows = s.execute(
        select(Face, Image).join(Image, Image.id == Face.image_id).where(Face.id.in_(wanted), Image.burst.is_not(None))
    ).all()
    named = {image.burst for _, image in rows if image.burst is not None}
    sizes = dict(
        s.execute(select(Image.burst, func.count()).where(Image.burst.in_(among(named))).group_by(Image.burst)).all()
    )
    return {face.id: Shown(image.burst or 0, image.id, _share(face, image), sizes[image.burst]) for face, image in rows}


def labelled_neighbours(s: Session, face_id: int) -> list[int]:
    """Labelled faces of the same person in near-duplicate images, the most similar image first.

    Audit faces are left out: their labels measure the model, and nothing may lean on them.
    """
    face = s.get_one(Face, face_id)
    image = s.get_one(Image, face.image_id)
    if image.burst is None:
        return []
    rows = s.execute(
        select(Face, Image)
        .join(Image, Image.id == Face.image_id)
        .where(Image.burst == image.burst, Image.id != image.id, Face.state == "labelled", ~Face.holdout)
    ).all()
    here = _share(face, image)
    found = [
        (_apart(image, other), abs(other.id - image.id), -here.overlap(_share(one, other)), one.id)
        for one, other in rows
        if here.overlap(_share(one, other)) >= SAME_PERSON
    ]
    return [face_id for *_, face_id in sorted(found)]


def _apart(first: Image, second: Image) -> int:
    if first.difference_hash is None or second.difference_hash is None:
        return 64
    return int(similar.distance(first.difference_hash, second.difference_hash))


def _share(face: Face, image: Image) -> Box:
    across, down = image.width, image.height
    return Box(face.left / across, face.top / down, face.width / across, face.height / down)
