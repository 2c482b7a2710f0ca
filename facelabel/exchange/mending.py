"""Photos that could not be used: looking for them again, trying them again, and finding those that were moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select

from facelabel.errors import FacelabelError
from facelabel.images.decode import probe
from facelabel.images.find import find_images
from facelabel.store import bursts, images
from facelabel.store.among import among
from facelabel.store.project import Project
from facelabel.store.tables import Image, ImageFailure, Refusal

Progress = Callable[[str, int, int], None]
Cancelled = Callable[[], bool]
_CHUNK = 200
GONE = "the photo is not there any more (find it again: choose the folder where it is now)"


@dataclass(frozen=True)
class Mended:
    """How many photos were looked at, how many of them can be used now, and how many still cannot."""

    looked_at: int
    mended: int
    left: int


def check_files(
    project: Project,
    *,
    progress: Progress = lambda stage, done, total: None,
    cancelled: Cancelled = lambda: False,
) -> Mended:
    """Look whether every photo is where it was, and keep which are not; those that are back count as found."""
    with project.reading() as s:
        rows = s.execute(select(Image.id, Image.path, Image.relative)).all()
        known = {
            image_id for (image_id,) in s.execute(select(ImageFailure.image_id).where(ImageFailure.reason == GONE))
        }
    gone, back = [], []
    for place, row in enumerate(rows):
        if place % 1000 == 0:
            if cancelled():
                return Mended(place, 0, 0)
            progress("files", place, len(rows))
        there = project.path_of(row).is_file()
        if there and row.id in known:
            back.append(row.id)
        elif not there and row.id not in known:
            gone.append(row.id)
    with project.writing() as s:
        for image_id in gone:
            images.fail(s, image_id, GONE)
        s.execute(delete(ImageFailure).where(ImageFailure.image_id.in_(among(back))))
    progress("files", len(rows), len(rows))
    return Mended(len(rows), len(back), len(gone) + len(known) - len(back))


def retry(
    project: Project,
    image_ids: Sequence[int],
    refused: Sequence[str],
    *,
    progress: Progress = lambda stage, done, total: None,
    cancelled: Cancelled = lambda: False,
) -> Mended:
    """Read photos again that could not be used: images of the project, and files that an import refused. What can be
    read now is no problem any more; such a file is imported. The others keep the reason of today."""
    total, done, mended = len(image_ids) + len(refused), 0, 0
    with project.reading() as s:
        paths = {image.id: project.path_of(image) for image in (images.get(s, one) for one in image_ids)}
    for image_id, path in paths.items():
        if cancelled():
            return Mended(done, mended, done - mended)
        said, value = _read(path)
        with project.writing() as s:
            if said is None:
                images.succeed(s, image_id)
                if value is not None:
                    bursts.set_hashes(s, {image_id: value})
            else:
                images.fail(s, image_id, said)
        done, mended = done + 1, mended + (said is None)
        progress("retry", done, total)
    for stored in refused:
        if cancelled():
            break
        mended += _import_again(project, Path(stored))
        done += 1
        progress("retry", done, total)
    if mended:
        bursts.regroup(project)
    return Mended(done, mended, done - mended)


def relink(
    project: Project,
    folder: Path,
    *,
    progress: Progress = lambda stage, done, total: None,
    cancelled: Cancelled = lambda: False,
) -> Mended:
    """Find the photos that are gone somewhere under ``folder``, by their content, whatever they are called now.

    Only files of the right length are read. Raises FacelabelError for a folder that cannot be read.
    """
    with project.reading() as s:
        lost = {image.sha256: image for image in s.scalars(select(Image)) if not project.path_of(image).is_file()}
        s.expunge_all()
    lengths = {image.bytes_ for image in lost.values()}
    found = find_images(folder) if lost else []
    mended = 0
    for place, path in enumerate(found):
        if cancelled() or not lost:
            break
        if path.stat().st_size in lengths:
            try:
                image = lost.pop(probe(path).sha256, None)
            except FacelabelError:
                image = None
            if image is not None:
                with project.writing() as s:
                    images.relink(s, image, path, project)
                mended += 1
        progress("relink", place + 1, len(found))
    return Mended(mended + len(lost), mended, len(lost))


def forget_refusals(project: Project, paths: Sequence[str]) -> None:
    """The files are not wanted: nothing is to be told of them any more."""
    with project.writing() as s:
        for start in range(0, len(paths), _CHUNK):
            s.execute(delete(Refusal).where(Refusal.path.in_(paths[start : start + _CHUNK])))


def _read(path: Path) -> tuple[str | None, int | None]:
    """Why a photo cannot be read, None where it can; and its difference hash."""
    try:
        return None, probe(path).difference_hash
    except FacelabelError as error:
        return (GONE if not path.is_file() else str(error)), None


def _import_again(project: Project, path: Path) -> bool:
    try:
        info = probe(path)
    except FacelabelError as error:
        with project.writing() as s:
            images.refuse(s, path, str(error))
        return False
    with project.writing() as s:
        if images.by_hash(s, info.sha256) is None:
            images.add(s, info, path, project)
        s.execute(delete(Refusal).where(Refusal.path == str(path)))
    return True
