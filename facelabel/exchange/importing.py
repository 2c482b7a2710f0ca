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
from facelabel.exchange.labelled import LabelledFace, LabelledImage, boxes_by_photo, read_folder
from facelabel.formats.pts import Origin
from facelabel.geometry import Box
from facelabel.images.decode import ImageInfo, probe
from facelabel.images.find import find_images
from facelabel.store import bursts, faces, images, labels
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
    found = _photos(project, folder, labels, origin)
    if not found:
        raise FacelabelError(
            "no photos in this folder",
            where=folder,
            cure="facelabel reads JPEG, PNG, WebP, BMP and TIFF, in subfolders too",
        )
    given = boxes_by_photo(boxes, folder) if boxes else {}
    report = ImportReport()
    pool = ThreadPoolExecutor(max_workers=2)
    try:
        for done, chunk in _chunks(_probed(pool, found)):
            if cancelled():
                report.cancelled = True
                break
            copies: list[Path] = []
            try:
                with project.writing() as session:
                    intake = _Intake(session, project, author, report, copies)
                    for photo, info in chunk:
                        intake.take(photo, info, given.get(photo.path.resolve(), []))
            except BaseException:
                for copy in copies:
                    copy.unlink(missing_ok=True)
                raise
            progress("import", done, len(found))
    finally:
        pool.shutdown(cancel_futures=True)
    if report.images:
        bursts.regroup(project)
    return report


def _photos(project: Project, folder: Path, kind: str, origin: Origin) -> list[LabelledImage]:
    if kind in ("pts", "wflw"):
        return read_folder(folder, kind, project.scheme, origin=origin)  # type: ignore[arg-type]
    inside = project.folder.resolve()
    return [LabelledImage(path, []) for path in find_images(folder) if inside not in path.resolve().parents]


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


@dataclass(frozen=True)
class _Intake:
    """One transaction of an import; ``copies`` are the photos that it copied."""

    session: Session
    project: Project
    author: str
    report: ImportReport
    copies: list[Path]

    def take(self, photo: LabelledImage, info: ImageInfo | FacelabelError, boxes: Iterable[tuple[Box, str]]) -> None:
        refused = (photo.path, str(info)) if isinstance(info, FacelabelError) else photo.refused
        if refused is not None:
            self._refuse(*refused)
            return
        assert isinstance(info, ImageInfo)
        image = self._image(photo.path, info)
        for label in photo.faces:
            try:
                self._label(image, label)
            except FormatError as error:
                self._refuse(label.file, str(error))
        for box, source in boxes:
            if not any(
                face.source == source or faces.box_of(face).overlap(box) > SAME_FACE
                for face in faces.of_image(self.session, image.id)
            ):
                faces.add(self.session, image.id, box, source="file", origin=source)
                self.report.faces += 1

    def _refuse(self, path: Path, why: str) -> None:
        images.refuse(self.session, path, why)
        self.report.refused.append((str(path), why))

    def _image(self, path: Path, info: ImageInfo) -> Image:
        known = images.by_hash(self.session, info.sha256)
        if known is None:
            if self.project.copy_photos:
                path = self._copied(path, info)
            self.report.images += 1
            return images.add(self.session, info, path, self.project)
        images.succeed(self.session, known.id)
        stands_at = self.project.path_of(known)
        if not stands_at.exists():
            if self.project.copy_photos:
                path = self._copied(path, info)
            images.relink(self.session, known, path, self.project)
            self.report.relinked += 1
        elif stands_at.resolve() == path.resolve() or self.project.photos_folder in stands_at.parents:
            self.report.known += 1
        else:
            self.report.duplicates += 1
        return known

    def _copied(self, path: Path, info: ImageInfo) -> Path:
        """A copy inside the project, named by its content so that two photos of one name both fit."""
        target = self.project.photos_folder / f"{path.stem}-{info.sha256[:8]}{path.suffix.lower()}"
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
            self.copies.append(target)
        return target

    def _label(self, image: Image, label: LabelledFace) -> None:
        """Store it with the face that it belongs to. Raises FormatError when its landmarks do not tell which."""
        present = faces.of_image(self.session, image.id)
        if any(face.source == label.source for face in present):
            return
        box = label.box
        face = _around(label.shape, present) if box is None else _overlapping(box, present)
        if face is not None and face.state == "labelled":
            return
        if face is None and box is None:
            raise FormatError(
                "its landmarks stand at a single place, which makes no face box",
                where=label.file,
                line=label.line,
                cure="import a box around it first (--boxes), then the labels again",
            )
        if face is None:
            assert box is not None
            face = faces.add(self.session, image.id, box, source="labels", origin=label.source)
            self.report.faces += 1
        elif box is not None:
            faces.set_box(self.session, face.id, box, source="labels")
        absent = np.isnan(label.shape[:, 0])
        record = LabelRecord(
            shape=label.shape,
            visibility=tuple("absent" if gone else "visible" for gone in absent),
            sources=("imported",) * len(label.shape),
            moved=np.zeros(len(label.shape)),
            attributes=label.attributes,
        )
        labels.add(self.session, face.id, record, author=self.author, origin="import")
        self.report.labels += 1


def _overlapping(box: Box, present: list[Face]) -> Face | None:
    best = max(present, key=lambda face: faces.box_of(face).overlap(box), default=None)
    return best if best is not None and faces.box_of(best).overlap(box) > SAME_FACE else None


def _around(shape: npt.NDArray[np.float64], present: list[Face]) -> Face | None:
    """The smallest face whose box holds a shape (L, 2)."""
    holding = [face for face in present if faces.box_of(face).holds(shape)]
    return min(holding, key=lambda face: face.width * face.height, default=None)
