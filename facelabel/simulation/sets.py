"""The faces that a simulation replays: a pool whose labels only its annotator knows, and faces to measure on."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from facelabel.errors import FacelabelError
from facelabel.evaluation import faces as known_faces
from facelabel.evaluation import layouts
from facelabel.evaluation.faces import KnownFace
from facelabel.evaluation.layouts import SetName
from facelabel.evaluation.measuring import distances
from facelabel.evaluation.predicting import at_labels
from facelabel.exchange.export_faces import labelled
from facelabel.formats import subsets
from facelabel.formats.pts import Origin
from facelabel.formats.text import read_text
from facelabel.geometry import Box
from facelabel.metrics.nme import Kind, default_kind
from facelabel.schemes import Scheme
from facelabel.simulation.protocols import Source
from facelabel.store.project import Project

Floats = npt.NDArray[np.float64]
PUBLIC: dict[Source, SetName] = {"300w-set": "300w", "wflw-set": "wflw", "aflw-set": "aflw"}
_PHOTO = "photo"
"""The column of a CSV list that says which faces are of one photograph, though in files of their own."""


@dataclass(frozen=True)
class Labelled:
    """Labelled faces with boxes, and what was left out. ``test`` are those that a public set measures on."""

    title: str
    scheme: Scheme
    faces: list[KnownFace]
    test: list[KnownFace] = field(default_factory=list)
    norm: Kind | None = None
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Sets:
    """``pool`` (N faces) and ``test`` with the distances (N,), (M,) that divide their errors; ``photos`` (N,) numbers
    the photograph of each face of the pool. ``measured_on`` says in words what the test faces are."""

    title: str
    measured_on: str
    scheme: Scheme
    norm: Kind
    pool: list[KnownFace]
    test: list[KnownFace]
    pool_sizes: Floats
    test_sizes: Floats
    photos: npt.NDArray[np.int64]
    left_out: list[str]

    @cached_property
    def digest(self) -> str:
        """Stands for all of it: figures with another one cannot be compared."""

        def told(faces: list[KnownFace]) -> list[object]:
            return [[face.name, face.number, str(face.box), face.shape.tolist()] for face in faces]

        parts = [self.norm, self.photos.tolist(), told(self.pool), told(self.test)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def from_project(folder: Path) -> Labelled:
    """The labelled faces of a project with its boxes; hold-out faces too. Raises StoreError where it is none."""
    with Project.open(folder, read_only=True) as project, project.reading() as session:
        faces = []
        for found in labelled(session):
            path, face = project.path_of(found.image), found.face
            box = Box(face.left, face.top, face.width, face.height)
            # The number of the face in the project tells faces of one photo apart.
            faces.append(KnownFace(path, found.image.path, found.shape, box, number=face.id))
        return Labelled(f"the labels of {project.name}", project.scheme, faces)


def from_folder(folder: Path, labels: Source, scheme: Scheme | None, *, origin: Origin = "one-based") -> Labelled:
    """A labelled folder as ``import`` reads it, or a public data set; ``scheme`` of None is that of the labels.

    Raises FacelabelError when there is no labelled photo, or the landmarks are not the scheme's.
    """
    if labels in PUBLIC:
        public = layouts.read(PUBLIC[labels], folder, scheme, "ground-truth")
        return Labelled(public.title, public.scheme, public.train, public.test.faces, public.norm, public.test.left_out)
    assert scheme is not None
    found = known_faces.from_folder(folder, "wflw" if labels == "wflw" else "pts", scheme, origin=origin)
    if not found.faces:
        said = found.left_out[0] if found.left_out else "no labelled photo in this folder"
        raise FacelabelError(said, where=folder, cure=None if found.left_out else "photos need their .pts beside them")
    return Labelled(folder.name, scheme, found.faces, left_out=found.left_out)


def listed(faces: Sequence[KnownFace], text: str) -> list[KnownFace]:
    """The faces that a list names, in their order: ``FILE``, or of a CSV only the lines with ``FILE:COLUMN=VALUE``.

    Raises FacelabelError for a list that cannot be read, has no such line, or names none of the faces.
    """
    file, column, value = _named_list(text)
    by_stem: dict[str, list[subsets.Named]] = {}
    kept = None if column is None else {number for number, row in _rows(file, column) if row[column].strip() == value}
    for line in subsets.read(file):
        if kept is None or line.line in kept:
            by_stem.setdefault(line.stem, []).append(line)
    found = [
        face
        for face in faces
        if any(line.fits(face.image, float(face.shape[0, 0])) for line in by_stem.get(face.image.stem, []))
    ]
    if not found:
        raise FacelabelError(
            f"'{text}' names none of the {len(faces)} labelled faces",
            cure="write photos as they lie under the labelled folder, or FILE:COLUMN=VALUE for some lines of a CSV",
        )
    return found


def photographs(faces: Sequence[KnownFace], text: str | None) -> dict[Path, str]:
    """What photograph an image file is from: by the column ``photo`` of a CSV list, else each file is its own."""
    own = {face.image: str(face.image) for face in faces}
    if text is None:
        return own
    file, _, _ = _named_list(text)
    if file.suffix.lower() != ".csv":
        return own
    by_stem: dict[str, list[tuple[subsets.Named, str]]] = {}
    rows = {number: row for number, row in _rows(file, None) if row.get(_PHOTO)}
    for line in subsets.read(file):
        if line.line in rows:
            by_stem.setdefault(line.stem, []).append((line, rows[line.line][_PHOTO]))
    for face in faces:
        for line, photo in by_stem.get(face.image.stem, []):
            if line.fits(face.image, float(face.shape[0, 0])):
                own[face.image] = photo
    return own


def split(
    faces: Sequence[KnownFace], share: float, photo_of: Callable[[KnownFace], str]
) -> tuple[list[KnownFace], ...]:
    """Pool and held-out faces, in their order, the same for all seeds; no photograph is on both sides.

    Raises FacelabelError where a side would be empty.
    """
    photos = sorted({photo_of(face) for face in faces})
    order = np.random.default_rng(0).permutation(len(photos))
    counts: dict[str, int] = {}
    for face in faces:
        counts[photo_of(face)] = counts.get(photo_of(face), 0) + 1
    wanted, out = round(share * len(faces)), set[str]()
    for index in order.tolist():
        if sum(counts[photo] for photo in out) >= wanted:
            break
        out.add(photos[index])
    sides = [f for f in faces if photo_of(f) not in out], [f for f in faces if photo_of(f) in out]
    if not all(sides):
        raise FacelabelError(
            f"of {len(faces)} faces on {len(photos)} photos, {100 * share:g} % cannot be held out",
            cure="label more faces, or give --test",
        )
    return sides


def build(
    source: Labelled,
    pool: Sequence[KnownFace],
    test: Sequence[KnownFace],
    measured_on: str,
    norm: Kind | None,
    photo_of: Callable[[KnownFace], str],
) -> Sets:
    """The faces that have a box. Raises FacelabelError where none is left, one has no size, or is on both sides."""
    left_out = list(source.left_out)

    def usable(faces: Iterable[KnownFace]) -> list[KnownFace]:
        given = list(faces)
        blank = [face for face in given if np.isnan(face.shape).all()]
        placed = at_labels([face for face in given if not np.isnan(face.shape).all()])
        left_out.extend([*(f"{face.title}: no landmark is present" for face in blank), *placed.left_out])
        return placed.faces

    kept, measured = usable(pool), usable(test)
    for what, side in (("label", kept), ("measure on", measured)):
        if not side:
            raise FacelabelError(f"there is no face to {what}", cure="check the folder and the lists")
    both = {(f.image.resolve(), f.number) for f in kept} & {(f.image.resolve(), f.number) for f in measured}
    if both:
        raise FacelabelError(
            f"{len(both)} faces are to be labelled and measured on, the first is in {min(both)[0].name}",
            cure="--pool and --test have to name different faces",
        )
    kind = norm or source.norm or default_kind(source.scheme)
    number: dict[str, int] = {}
    photos = np.array([number.setdefault(photo_of(face), len(number)) for face in kept], dtype=np.int64)
    return Sets(
        source.title,
        measured_on,
        source.scheme,
        kind,
        kept,
        measured,
        distances(kept, source.scheme, kind),
        distances(measured, source.scheme, kind),
        photos,
        left_out,
    )


def _named_list(text: str) -> tuple[Path, str | None, str]:
    """``FILE`` or ``FILE:COLUMN=VALUE``; a file of just that name comes first."""
    before, colon, condition = text.rpartition(":")
    column, equals, value = condition.partition("=")
    if not (colon and equals) or Path(text).is_file():
        return Path(text), None, ""
    return Path(before), column.strip().lower(), value.strip()


def _rows(file: Path, column: str | None) -> list[tuple[int, dict[str, str]]]:
    """Lines of a CSV by their 1-based number. Raises FacelabelError where it has no such column."""
    rows = csv.reader(read_text(file).split("\n"), skipinitialspace=True)
    header = [name.strip().lower() for name in next(rows)]
    if column is not None and column not in header:
        raise FacelabelError(f"the header names no column '{column}'", where=file, line=1, cure=", ".join(header))
    return [(rows.line_num, dict(zip(header, row, strict=False))) for row in rows if any(row)]
