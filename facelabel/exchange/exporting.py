"""From a project to a 300-W or WFLW set: everything is written beside the target and moved there in one step.

What the format cannot hold is left out and said so in ``manifest.json``; nothing is converted or filled in silently.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal

import numpy as np
import numpy.typing as npt
from sqlalchemy.orm import Session

import facelabel
from facelabel.errors import FacelabelError
from facelabel.exchange import convert
from facelabel.formats import pts, wflw
from facelabel.formats.manifest import Exported, LeftOut, Manifest
from facelabel.formats.pts import Origin
from facelabel.geometry import Box
from facelabel.store import faces, labels, predictions, versions
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image, Revision

Format = Literal["300w", "wflw"]
Unset = Literal["ask", "zero", "leave-out"]

WFLW_LIST = "list_98pt_rect_attr.txt"
RECTANGLE_RULE = "the tight box of the landmarks, rounded outwards to whole pixels"


@dataclass(frozen=True)
class ExportOptions:
    """``predictions`` adds unlabelled faces with the model's shape; ``unset``: what an unset attribute becomes."""

    format: Format
    predictions: bool = False
    unset: Unset = "ask"
    origin: Origin = "one-based"
    convert: bool = False
    photos: bool = False
    overwrite: bool = False


@dataclass
class ExportReport:
    out: Path
    format: Format
    faces: int
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(frozen=True)
class _Candidate:
    face: Face
    image: Image
    shape: npt.NDArray[np.float64]
    attributes: Mapping[str, bool]
    occluded: tuple[int, ...]
    origin: str
    version: int | None


def questions(project: Project, format: Format) -> list[str]:
    """What has to be answered before this project can leave in this format; each a sentence for the person."""
    asked = []
    if format == "wflw" and project.scheme.size != 98:
        asked.append(
            f"A WFLW list holds 98 landmarks; this project's scheme {project.scheme.id} has {project.scheme.size}."
        )
        return asked
    with project.reading() as session:
        found = list(_labelled(session))
    if format == "wflw" and (unset := _faces_with_unset(project, found)):
        asked.append(
            f"{unset} of {len(found)} faces have face attributes that nobody set: leave those faces out, or write 0?"
        )
    if absent := sum(bool(np.isnan(c.shape).any()) for c in found):
        asked.append(
            f"{absent} of {len(found)} faces have absent landmarks, which this format cannot hold: they are left out."
        )
    return asked


def export(project: Project, out: Path, options: ExportOptions) -> ExportReport:
    """Write the labelled set to the folder ``out``. Raises FacelabelError, and then nothing at ``out`` has changed."""
    _check_target(out, options)
    _check_scheme(project, options)
    with project.reading() as session:
        found = list(_labelled(session))
        if options.predictions:
            found += list(_predicted(session))
        numbers = {version.id: version.number for version in versions.all(session)}
    if not found:
        raise FacelabelError(
            "no face is labelled yet", where=project.folder, cure="label some, or export predictions too"
        )
    kept, left_out = _sorted_out(project, found, options)
    if not kept and left_out:
        raise FacelabelError(
            f"nothing can be written: all {len(left_out)} faces are left out, the first because {left_out[0].why}",
            where=out,
            cure="complete the labels, or choose another format",
        )
    fresh, absent = None, [folder for folder in out.parents if not folder.exists()]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        written = _write(project, fresh, kept, options)
        manifest = _manifest(project, options, written, left_out, numbers)
        (fresh / "manifest.json").write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
        fresh.chmod(0o755)
        _move_into_place(fresh, out)
    except OSError as error:
        raise _cannot_write(out, error) from error
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        for folder in absent:
            with suppress(OSError):  # Only an empty one goes.
                folder.rmdir()
    return ExportReport(out, options.format, len(written), left_out)


def _cannot_write(out: Path, error: OSError) -> FacelabelError:
    return FacelabelError(
        f"cannot be written: {error.strerror or error}",
        where=out,
        cure="choose a folder with space that you may write to",
    )


def _check_target(out: Path, options: ExportOptions) -> None:
    if out.exists() and not out.is_dir():
        raise FacelabelError("is a file", where=out, cure="name a folder that does not exist yet")
    if out.exists() and any(out.iterdir()) and not options.overwrite:
        raise FacelabelError("the folder is not empty", where=out, cure="name a new folder, or pass --overwrite")
    if out.exists() and any(out.iterdir()) and not (out / "manifest.json").exists():
        raise FacelabelError(
            "holds files that no export wrote",
            where=out,
            cure="--overwrite replaces earlier exports only; name another folder",
        )


def _check_scheme(project: Project, options: ExportOptions) -> None:
    size = project.scheme.size
    if options.format == "wflw" and size != 98:
        raise FacelabelError(
            f"a WFLW list holds 98 landmarks, the scheme {project.scheme.id} has {size}", cure="export --format 300w"
        )
    if options.convert and not (options.format == "300w" and project.scheme.id == "wflw-98"):
        raise FacelabelError("only wflw-98 can be converted, to the 68 points of 300-W", cure="leave --convert out")


def _labelled(session: Session) -> Iterator[_Candidate]:
    for face_id, (revision, record) in sorted(labels.newest_of(session, None).items()):
        face = faces.get(session, face_id)
        if face.state == "labelled":
            image = session.get_one(Image, face.image_id)
            occluded = tuple(i for i, v in enumerate(record.visibility) if v == "occluded")
            yield _Candidate(
                face, image, record.shape, record.attributes, occluded, _origin(revision), revision.model_version_id
            )


def _origin(revision: Revision) -> str:
    return {"desk": "human", "import": "imported", "simulated": "simulated"}[revision.origin]


def _predicted(session: Session) -> Iterator[_Candidate]:
    for face_id in faces.open_ids(session):
        known = predictions.get(session, face_id)
        if known is not None:
            version_id, shape, _ = known
            face = faces.get(session, face_id)
            yield _Candidate(face, session.get_one(Image, face.image_id), shape, {}, (), "predicted", version_id)


def _unset(project: Project, candidate: _Candidate) -> list[str]:
    return [attribute.id for attribute in project.scheme.attributes if attribute.id not in candidate.attributes]


def _faces_with_unset(project: Project, found: list[_Candidate]) -> int:
    return sum(bool(_unset(project, candidate)) for candidate in found)


def _sorted_out(
    project: Project, found: list[_Candidate], options: ExportOptions
) -> tuple[list[_Candidate], list[LeftOut]]:
    """The faces that the format can hold, and the others with the reason."""
    if options.format == "wflw" and options.unset == "ask" and (count := _faces_with_unset(project, found)):
        raise FacelabelError(
            f"{count} of {len(found)} faces have attributes that nobody set",
            cure="say --unset-attributes zero to write 0, or --unset-attributes leave-out",
        )
    kept, left_out = [], []
    for candidate in found:
        absent = int(np.isnan(candidate.shape).any(axis=1).sum())
        why = None
        if absent:
            why = f"{absent} landmarks are absent, which the format cannot hold"
        elif options.format == "wflw" and options.unset == "leave-out" and _unset(project, candidate):
            why = "attributes not set: " + ", ".join(_unset(project, candidate))
        if why is None:
            kept.append(candidate)
        else:
            left_out.append(LeftOut(face=candidate.face.id, image=str(project.path_of(candidate.image)), why=why))
    return kept, left_out


def _write(project: Project, folder: Path, kept: list[_Candidate], options: ExportOptions) -> list[Exported]:
    names = _names(project, kept, options)
    if options.photos:
        _copy_photos(project, folder / _photo_folder(options), kept, names)
    if options.format == "300w":
        return [_write_pts(folder, candidate, names[candidate.face.id], options) for candidate in kept]
    rows, written = [], []
    for candidate in kept:
        name, box = names[candidate.face.id], Box.around(candidate.shape)
        rectangle = (int(np.floor(box.left)), int(np.floor(box.top)), int(np.ceil(box.right)), int(np.ceil(box.bottom)))
        attributes = {a.id: candidate.attributes.get(a.id, False) for a in project.scheme.attributes}
        rows.append(wflw.WflwFace(name, candidate.shape, rectangle, attributes))
        written.append(_exported(candidate, WFLW_LIST, name))
    (folder / WFLW_LIST).write_text(wflw.dumps(rows), encoding="utf-8")
    return written


def _write_pts(folder: Path, candidate: _Candidate, name: str, options: ExportOptions) -> Exported:
    shape = convert.to_68(candidate.shape) if options.convert else candidate.shape
    file = Path(name).with_suffix(".pts").name
    (folder / file).write_text(pts.dumps(shape, origin=options.origin), encoding="ascii")
    return _exported(candidate, file, name)


def _exported(candidate: _Candidate, file: str, name: str) -> Exported:
    box = faces.box_of(candidate.face)
    return Exported(
        face=candidate.face.id,
        file=file,
        photo=name,
        original=candidate.image.path,
        sha256=candidate.image.sha256,
        box=(box.left, box.top, box.width, box.height),
        origin=candidate.origin,
        occluded=candidate.occluded,
    )


def _photo_folder(options: ExportOptions) -> str:
    return "" if options.format == "300w" else "WFLW_images"


def _names(project: Project, kept: list[_Candidate], options: ExportOptions) -> dict[int, str]:
    """The photo's name in the export, by face.

    300-W has one face a file: the faces of one photo become NAME_1, NAME_2, … A WFLW list names a photo once a face,
    with no blank in it.
    """
    faces_of = Counter(candidate.image.id for candidate in kept)
    seen: Counter[int] = Counter()
    taken: dict[str, int] = {}
    names = {}
    for candidate in kept:
        path = Path(candidate.image.path)
        stem, suffix = path.stem, path.suffix
        if options.format == "300w":
            seen[candidate.image.id] += 1
            number = seen[candidate.image.id]
            stem = f"{stem}_{number}" if faces_of[candidate.image.id] > 1 else stem
            key = candidate.face.id
        else:
            if re.search(r"\s", path.name) and not options.photos:
                raise FacelabelError(
                    "a WFLW list cannot hold a name with blanks",
                    where=path.name,
                    cure="pass --photos to copy photos under names without",
                )
            stem = re.sub(r"\s+", "_", stem)
            key = candidate.image.id
        while taken.setdefault((stem if options.format == "300w" else stem + suffix).lower(), key) != key:
            stem += f"-{candidate.image.sha256[:8]}"
        names[candidate.face.id] = stem + suffix
    return names


def _copy_photos(project: Project, folder: Path, kept: list[_Candidate], names: Mapping[int, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in kept:
        target = folder / names[candidate.face.id]
        if not target.exists():
            shutil.copyfile(project.photo_of(candidate.image), target)


def _manifest(
    project: Project,
    options: ExportOptions,
    written: list[Exported],
    left_out: list[LeftOut],
    numbers: Mapping[int, int],
) -> Manifest:
    with project.reading() as session:
        used = sorted(
            {numbers[r.model_version_id] for r, _ in labels.newest_of(session, None).values() if r.model_version_id}
        )
    return Manifest(
        facelabel=facelabel.__version__,
        made_at=datetime.now(UTC),
        format=options.format,
        scheme=project.scheme.id if not options.convert else "300w-68",
        converted_from=project.scheme.id if options.convert else None,
        origin=options.origin if options.format == "300w" else "zero-based",
        rectangle=RECTANGLE_RULE if options.format == "wflw" else None,
        unset_attributes=options.unset if options.format == "wflw" else None,
        model_versions=used,
        counts=dict(Counter(item.origin for item in written)),
        faces=written,
        left_out=left_out,
    )


def _move_into_place(fresh: Path, out: Path) -> None:
    """One rename; an earlier export steps aside first and is deleted only when the new one stands."""
    for file in fresh.rglob("*"):
        if file.is_file():
            with file.open("rb") as handle:
                os.fsync(handle.fileno())
    if out.exists():
        aside = Path(mkdtemp(prefix=f".{out.name}-old-", dir=out.parent))
        out.replace(aside / "export")
        try:
            fresh.replace(out)
        except OSError:
            (aside / "export").replace(out)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    else:
        fresh.replace(out)
