"""The files of an export: names that their format allows, photos, point files and lists, and one rename at the end."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from facelabel.errors import FacelabelError
from facelabel.exchange import convert
from facelabel.exchange.export_faces import Candidate, ExportOptions
from facelabel.formats import pts, wflw
from facelabel.formats.manifest import Exported
from facelabel.geometry import Box
from facelabel.store import faces
from facelabel.store.project import Project

WFLW_LIST = "list_98pt_rect_attr.txt"
RECTANGLE_RULE = "the tight box of the landmarks, rounded outwards to whole pixels"


def write(project: Project, folder: Path, kept: list[Candidate], options: ExportOptions) -> list[Exported]:
    names = _names(kept, options)
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


def _write_pts(folder: Path, candidate: Candidate, name: str, options: ExportOptions) -> Exported:
    shape = convert.to_68(candidate.shape) if options.convert else candidate.shape
    file = Path(name).with_suffix(".pts").name
    (folder / file).write_text(pts.dumps(shape, origin=options.origin), encoding="ascii")
    return _exported(candidate, file, name)


def _exported(candidate: Candidate, file: str, name: str) -> Exported:
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
        unconfirmed=candidate.unconfirmed,
    )


def _photo_folder(options: ExportOptions) -> str:
    return "" if options.format == "300w" else "WFLW_images"


def _names(kept: list[Candidate], options: ExportOptions) -> dict[int, str]:
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


def _copy_photos(project: Project, folder: Path, kept: list[Candidate], names: Mapping[int, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for candidate in kept:
        target = folder / names[candidate.face.id]
        if not target.exists():
            shutil.copyfile(project.photo_of(candidate.image), target)


def move_into_place(fresh: Path, out: Path) -> None:
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
