"""From a folder of photos into a project: images by content, faces from labels or a boxes file, all or nothing a file.

Faces that nobody gave a box for are found later by the detector, which runs in the worker process.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

from facelabel.errors import FacelabelError, FormatError
from facelabel.exchange.labelled import LabelledFace, LabelledImage, read_folder
from facelabel.formats import boxes as boxes_file
from facelabel.formats.pts import Origin
from facelabel.geometry import Box
from facelabel.images.decode import ImageInfo, probe
from facelabel.images.find import find_images
from facelabel.store import faces, images, labels
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image

SAME_FACE = 0.5
"""Two boxes of one image that overlap more than this are the same face."""

CHUNK = 32
"""Photos a transaction: small enough that the window's own writes slip in between."""

Progress = Callable[[str, int, int], None]


@dataclass
class ImportReport:
    """What an import did. ``refused`` pairs a path with the one line that says why."""

    images: int = 0
    faces: int = 0
    labels: int = 0
    duplicates: int = 0
    known: int = 0
    relinked: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    cancelled: bool = False


def import_folder(
    project: Project,
    folder: Path,
    *,
    labels: Literal["pts", "wflw", "none"] = "none",
    boxes: Path | None = None,
    origin: Origin = "one-based",
    author: str = "import",
    progress: Progress = lambda stage, done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Add what is new in ``folder``. Importing again adds only what was not there, and finds photos that have moved.

    Raises FacelabelError when there is nothing to import, or when a list of labels or boxes is at fault.
    """
    if not folder.is_dir():
        said = "is a file" if folder.exists() else "no such folder"
        raise FacelabelError(said, where=folder, cure="name a folder of photos")
    found = _photos(project, folder, labels, boxes, origin)
    if not found:
        raise FacelabelError(
            "no photos in this folder",
            where=folder,
            cure="facelabel reads JPEG, PNG, WebP, BMP and TIFF, in subfolders too",
        )
    given = _boxes_by_photo(boxes, folder) if boxes else {}
    report = ImportReport()
    pool = ThreadPoolExecutor(max_workers=2)
    try:
        for done, chunk in _chunks(_probed(pool, found)):
            if cancelled():
                report.cancelled = True
                break
            with project.writing() as session:
                for photo, info in chunk:
                    _add(session, project, photo, info, given.get(photo.path.resolve(), []), author, report)
            progress("import", done, len(found))
    finally:
        pool.shutdown(cancel_futures=True)
    return report


def _photos(project: Project, folder: Path, kind: str, boxes: Path | None, origin: Origin) -> list[LabelledImage]:
    if kind in ("pts", "wflw"):
        return read_folder(folder, kind, project.scheme, origin=origin)  # type: ignore[arg-type]
    inside = project.folder.resolve()
    return [LabelledImage(path, []) for path in find_images(folder) if inside not in path.resolve().parents]


def _boxes_by_photo(file: Path, folder: Path) -> dict[Path, list[tuple[Box, str]]]:
    by_photo: dict[Path, list[tuple[Box, str]]] = {}
    for line in boxes_file.read(file):
        path = next((root / line.image for root in (folder, file.parent) if (root / line.image).is_file()), None)
        if path is None:
            raise FormatError(
                f"the photo '{line.image}' is not there", where=file, line=line.line, cure=f"names start at {folder}"
            )
        by_photo.setdefault(path.resolve(), []).append((line.box, f"{file.name}:{line.line}"))
    return by_photo


Probed = tuple[LabelledImage, ImageInfo | FacelabelError]


def _probed(pool: ThreadPoolExecutor, photos: list[LabelledImage]) -> Iterator[Probed]:
    """Every photo with what its file says, decoded and hashed a little ahead of where the database is."""

    def look(photo: LabelledImage) -> ImageInfo | FacelabelError:
        try:
            return probe(photo.path)
        except FacelabelError as error:
            return error

    rest = iter(photos)
    waiting = [(photo, pool.submit(look, photo)) for photo in islice(rest, 2 * CHUNK)]
    while waiting:
        photo, future = waiting.pop(0)
        yield photo, future.result()
        waiting += [(more, pool.submit(look, more)) for more in islice(rest, 1)]


def _chunks(items: Iterable[Probed]) -> Iterator[tuple[int, list[Probed]]]:
    iterator, done = iter(items), 0
    while chunk := list(islice(iterator, CHUNK)):
        done += len(chunk)
        yield done, chunk


def _add(
    session: Session,
    project: Project,
    photo: LabelledImage,
    info: ImageInfo | FacelabelError,
    boxes: list[tuple[Box, str]],
    author: str,
    report: ImportReport,
) -> None:
    refused = (photo.path, str(info)) if isinstance(info, FacelabelError) else photo.refused
    if refused is not None:
        images.refuse(session, refused[0], refused[1])
        report.refused.append((str(refused[0]), refused[1]))
        return
    assert isinstance(info, ImageInfo)
    image = _image(session, project, photo.path, info, report)
    for label in photo.faces:
        try:
            _add_label(session, image, label, author, report)
        except FormatError as error:
            images.refuse(session, label.file, str(error))
            report.refused.append((str(label.file), str(error)))
    for box, source in boxes:
        if not any(
            face.source == source or faces.box_of(face).overlap(box) > SAME_FACE
            for face in faces.of_image(session, image.id)
        ):
            faces.add(session, image.id, box, source="file", origin=source)
            report.faces += 1


def _image(session: Session, project: Project, path: Path, info: ImageInfo, report: ImportReport) -> Image:
    known = images.by_hash(session, info.sha256)
    if known is None:
        if project.copy_photos:
            path = _copied(project, path, info)
        report.images += 1
        return images.add(session, info, path, project)
    stands_at = project.path_of(known)
    if stands_at.resolve() == path.resolve() or project.photos_folder in stands_at.parents:
        report.known += 1
    elif not stands_at.exists():
        images.relink(session, known, path, project)
        report.relinked += 1
    else:
        report.duplicates += 1
    return known


def _copied(project: Project, path: Path, info: ImageInfo) -> Path:
    """A copy inside the project, named by its content so that two photos of one name both fit."""
    target = project.photos_folder / f"{path.stem}-{info.sha256[:8]}{path.suffix.lower()}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(target.name + ".part")
        try:
            shutil.copyfile(path, fresh)
            fresh.replace(target)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise FacelabelError(
                f"cannot copy the photo here: {error.strerror}",
                where=target,
                cure="free some space, or do not copy photos",
            ) from error
    return target


def _add_label(session: Session, image: Image, label: LabelledFace, author: str, report: ImportReport) -> None:
    """Store it with the face that it belongs to. Raises FormatError when its landmarks do not tell which that is."""
    present = faces.of_image(session, image.id)
    if any(face.source == label.source for face in present):
        return
    box = label.box
    same = _around(label.shape, present) if box is None else _overlapping(box, present)
    if same is not None and same.state == "labelled":
        return
    if box is None and same is None:
        raise FormatError(
            "its landmarks stand at a single place, which makes no face box",
            where=label.file,
            line=label.line,
            cure="import a box around it first (--boxes), then the labels again",
        )
    if same is not None:
        face = same
        if box is not None:
            faces.set_box(session, same.id, box, source="labels")
    else:
        assert box is not None
        face = faces.add(session, image.id, box, source="labels", origin=label.source)
        report.faces += 1
    absent = np.isnan(label.shape[:, 0])
    record = LabelRecord(
        shape=label.shape,
        visibility=tuple("absent" if gone else "visible" for gone in absent),
        sources=("imported",) * len(label.shape),
        moved=np.zeros(len(label.shape)),
        attributes=label.attributes,
    )
    labels.add(session, face.id, record, author=author, origin="import")
    report.labels += 1


def _overlapping(box: Box, present: list[Face]) -> Face | None:
    best = max(present, key=lambda face: faces.box_of(face).overlap(box), default=None)
    return best if best is not None and faces.box_of(best).overlap(box) > SAME_FACE else None


def _around(shape: npt.NDArray[np.float64], present: list[Face]) -> Face | None:
    """The smallest face whose box holds all landmarks of ``shape`` (L, 2) that are present."""
    shown = shape[~np.isnan(shape).any(axis=1)]
    holding = [
        face
        for face in present
        if ((shown >= (face.left, face.top)) & (shown <= (face.left + face.width, face.top + face.height))).all()
    ]
    return min(holding, key=lambda face: face.width * face.height, default=None)
