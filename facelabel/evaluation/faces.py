"""Labelled faces to measure on, and the subsets of them that tables report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from facelabel.errors import FacelabelError
from facelabel.exchange.labelled import LabelKind, LabelledFace, read_folder
from facelabel.formats import subsets as lists
from facelabel.formats.pts import Origin
from facelabel.geometry import Box
from facelabel.schemes import Scheme

WFLW_SUBSETS = {
    "pose": "largepose",
    "expression": "expression",
    "illumination": "illumination",
    "make-up": "makeup",
    "occlusion": "occlusion",
    "blur": "blur",
}
"""The attributes of WFLW and the subsets of its test set that they make, as its lists are called."""


@dataclass(frozen=True, eq=False)
class KnownFace:
    """A face whose landmarks are known: ``shape`` (L, 2), image pixels, 0-based, absent = NaN.

    ``name`` is the photo below the labelled folder, ``number`` counts the faces of a photo with several from 1. ``box``
    is where a network looks for the face, None when the label does not say; ``size_box`` the box whose size divides its
    error, where that is not the tight one of the landmarks; ``file`` its label file.
    """

    image: Path
    name: str
    shape: npt.NDArray[np.float64]
    box: Box | None
    subsets: frozenset[str] = frozenset()
    size_box: Box | None = None
    number: int = 0
    file: str = ""

    @property
    def title(self) -> str:
        """As reports call it."""
        return f"{self.name}, face {self.number}" if self.number else self.name


@dataclass(frozen=True)
class FaceSet:
    """Faces in the order of their photos, the names of their subsets in the order of tables, and what was refused."""

    faces: list[KnownFace]
    subsets: tuple[str, ...] = ()
    left_out: list[str] = field(default_factory=list)


def from_folder(folder: Path, labels: LabelKind, scheme: Scheme, *, origin: Origin = "one-based") -> FaceSet:
    """Every labelled face of a folder; faces of WFLW lists get its subsets, by their attributes or by subset lists.

    Raises FacelabelError when there is no photo, or a WFLW list cannot be read.
    """
    faces: list[KnownFace] = []
    left_out: list[str] = []
    for photo in read_folder(folder, labels, scheme, origin=origin):
        if photo.refused is not None:
            left_out.append(photo.refused[1])
        for number, face in enumerate(photo.faces, start=1):
            known = KnownFace(
                photo.path,
                name_below(folder, photo.path),
                face.shape,
                face.box,
                wflw_subsets(face),
                number=number if len(photo.faces) > 1 else 0,
                file=str(face.file),
            )
            faces.append(known)
    return FaceSet(faces, in_order(faces, WFLW_SUBSETS.values()), left_out)


def wflw_subsets(face: LabelledFace) -> frozenset[str]:
    by_attribute = {WFLW_SUBSETS[name] for name, value in face.attributes.items() if value and name in WFLW_SUBSETS}
    stems = {file.stem.removeprefix("list_98pt_test_") for file in (face.file, *face.also)}
    return frozenset(by_attribute | (stems & set(WFLW_SUBSETS.values())))


def in_order(faces: list[KnownFace], names: Iterable[str]) -> tuple[str, ...]:
    """Those of ``names`` that any face belongs to."""
    present = frozenset[str]().union(*(face.subsets for face in faces))
    return tuple(name for name in names if name in present)


def with_lists(known: FaceSet, files: Mapping[str, Path]) -> FaceSet:
    """The set with a subset for each list file, by the name that the mapping gives it.

    Raises FacelabelError for a list that cannot be read or names none of the faces.
    """
    faces = known.faces
    for name, file in files.items():
        named = lists.read(file)
        by_stem: dict[str, list[lists.Named]] = {}
        for line in named:
            by_stem.setdefault(line.stem, []).append(line)
        chosen = [
            any(line.fits(face.image, float(face.shape[0, 0])) for line in by_stem.get(face.image.stem, []))
            for face in faces
        ]
        if not any(chosen):
            raise FacelabelError(
                f"none of its {len(named)} lines names one of the {len(faces)} faces, the first is '{named[0].image}'",
                where=file,
                cure="write photos as they lie under the labelled folder",
            )
        faces = [
            replace(face, subsets=face.subsets | {name}) if is_one else face
            for face, is_one in zip(faces, chosen, strict=True)
        ]
    return FaceSet(faces, (*known.subsets, *files), known.left_out)


def name_below(folder: Path, path: Path) -> str:
    """The path of a photo below the labelled folder; a list may also lead elsewhere."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
