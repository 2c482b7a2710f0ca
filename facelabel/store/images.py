"""The photos of a project, and the files that an import refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from facelabel.errors import StoreError
from facelabel.store.among import among
from facelabel.store.tables import Image, ImageFailure, Refusal, now

if TYPE_CHECKING:
    from facelabel.images.decode import ImageInfo
    from facelabel.store.project import Project


def add(s: Session, info: ImageInfo, path: Path, project: Project) -> Image:
    """A photo whose content (``info.sha256``) is new to the project; an earlier refusal of the path is forgotten."""
    stored, relative = project.place(path)
    image = Image(
        path=stored,
        relative=relative,
        sha256=info.sha256,
        width=info.width,
        height=info.height,
        bytes_=info.bytes,
        difference_hash=info.difference_hash,
    )
    s.add(image)
    s.execute(delete(Refusal).where(Refusal.path == str(path)))
    s.flush()
    return image


def by_hash(s: Session, sha256: str) -> Image | None:
    return s.scalars(select(Image).where(Image.sha256 == sha256)).one_or_none()


def get(s: Session, image_id: int) -> Image:
    """Raises StoreError when there is none of that id."""
    image = s.get(Image, image_id)
    if image is None:
        raise StoreError(f"there is no image {image_id} in this project")
    return image


def count(s: Session) -> int:
    return s.scalars(select(func.count()).select_from(Image)).one()


def not_searched(s: Session) -> list[Image]:
    """Images that no detector has looked at yet, by id."""
    return list(s.scalars(select(Image).where(Image.detected_with.is_(None)).order_by(Image.id)))


def mark_searched(s: Session, image_id: int, detector: str) -> None:
    s.execute(update(Image).where(Image.id == image_id).values(detected_with=detector))


def search_again(s: Session, image_ids: Iterable[int], looked_at_by: str | None = None) -> None:
    """Nobody has looked for faces in these images, or only ``looked_at_by``."""
    s.execute(update(Image).where(Image.id.in_(among(image_ids))).values(detected_with=looked_at_by))


def relink(s: Session, image: Image, path: Path, project: Project) -> Image:
    """The photo was found again at ``path``. Returns the image as it now stands."""
    known = get(s, image.id)
    known.path, known.relative = project.place(path)
    s.execute(delete(Refusal).where(Refusal.path == str(path)))
    succeed(s, image.id)
    s.flush()
    return known


def fail(s: Session, image_id: int, reason: str) -> None:
    """Remember why an image could not be used; the newest reason stays until it is read again."""
    values = {"reason": reason, "at": now()}
    row = insert(ImageFailure).values(image_id=image_id, **values)
    s.execute(row.on_conflict_do_update(index_elements=["image_id"], set_=values))


def succeed(s: Session, image_id: int) -> None:
    """The image could be read: nothing is to be told of it any more."""
    s.execute(delete(ImageFailure).where(ImageFailure.image_id == image_id))


def refuse(s: Session, path: Path | str, reason: str) -> None:
    """Remember why a file was not imported; the newest reason for each path stays."""
    values = {"reason": reason, "at": now()}
    row = insert(Refusal).values(path=str(path), **values)
    s.execute(row.on_conflict_do_update(index_elements=["path"], set_=values))
