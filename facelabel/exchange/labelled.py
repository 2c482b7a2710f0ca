"""Reading a folder of photos with labels beside them: what ``import --labels`` and ``evaluate --against`` share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from facelabel.errors import FacelabelError, FormatError
from facelabel.formats import boxes as boxes_file
from facelabel.formats import pts, wflw
from facelabel.formats.pts import Origin
from facelabel.geometry import Box
from facelabel.images.find import find_images
from facelabel.schemes import Scheme

LabelKind = Literal["pts", "wflw"]


@dataclass(frozen=True)
class LabelledFace:
    """A label as a file states it. ``shape`` (L, 2) is in image pixels, 0-based; ``line`` is 1-based."""

    shape: npt.NDArray[np.float64]
    file: Path
    line: int | None = None
    attributes: dict[str, bool] = field(default_factory=dict)
    also: tuple[Path, ...] = ()
    """Other lists that name this face again, as WFLW's subset lists do."""

    @property
    def source(self) -> str:
        """File and line, as the face that it becomes keeps it."""
        return self.file.name if self.line is None else f"{self.file.name}:{self.line}"

    @property
    def box(self) -> Box | None:
        """The tight box of the landmarks; of landmarks on a level or upright line the square about them, and None for
        landmarks at a single place, which say where a face is but not how large."""
        tight = Box.around(self.shape)
        box = tight if tight.width and tight.height else tight.square()
        return box if box.width else None


@dataclass(frozen=True)
class LabelledImage:
    """A photo with the faces that label files give it (none is possible), or the line that says why it was refused."""

    path: Path
    faces: list[LabelledFace]
    refused: tuple[Path, str] | None = None


def read_folder(folder: Path, kind: LabelKind, scheme: Scheme, *, origin: Origin = "one-based") -> list[LabelledImage]:
    """Every photo of a folder with its labels.

    A bad ``.pts`` refuses its own photo and no other. A WFLW list stands or falls as a whole and raises FormatError.
    """
    if kind == "pts":
        return [_with_pts(path, scheme, origin) for path in find_images(folder)]
    return _from_wflw_lists(folder, scheme)


def _with_pts(image: Path, scheme: Scheme, origin: Origin) -> LabelledImage:
    file = next((file for file in map(image.with_suffix, (".pts", ".PTS")) if file.is_file()), None)
    if file is None:
        return LabelledImage(image, [])
    try:
        shape = pts.read(file, points=scheme.size, origin=origin)
    except FacelabelError as error:
        return LabelledImage(image, [], refused=(file, str(error)))
    return LabelledImage(image, [LabelledFace(shape, file)])


def _from_wflw_lists(folder: Path, scheme: Scheme) -> list[LabelledImage]:
    if scheme.size != 98:
        raise FormatError(
            f"a WFLW list has 98 landmarks, the scheme {scheme.id} has {scheme.size}",
            where=folder,
            cure="import it into a project with --scheme wflw-98",
        )
    lists = sorted(folder.rglob("*.txt"))
    if not lists:
        raise FormatError(
            "no WFLW list (*.txt) in this folder", where=folder, cure="name the folder that holds the list"
        )
    found: dict[Path, list[LabelledFace]] = {}
    for file in lists:
        for face in wflw.read(file):
            image = _photo_of(face, file, folder)
            label = LabelledFace(face.shape, file, face.line, face.attributes or {})
            known = found.setdefault(image, [])
            # The subset lists of WFLW name faces of the main list again.
            twin = next((i for i, other in enumerate(known) if np.array_equal(other.shape, face.shape)), None)
            if twin is None:
                known.append(label)
            else:
                known[twin] = replace(known[twin], also=(*known[twin].also, file))
    return [LabelledImage(path, faces) for path, faces in found.items()]


def _photo_of(face: wflw.WflwFace, file: Path, folder: Path) -> Path:
    for root in _roots(file, folder):
        if (root / face.image).is_file():
            return root / face.image
    raise FormatError(
        f"the photo '{face.image}' is not there",
        where=file,
        line=face.line,
        cure=f"put it under {folder / 'WFLW_images'}, or beside the list",
    )


def _roots(file: Path, folder: Path) -> Iterator[Path]:
    """Where the names of a list may start: WFLW's own layout keeps photos and lists in two folders side by side."""
    for parent in (folder, file.parent, *file.parent.parents):
        yield parent
        yield parent / "WFLW_images"
        if parent == folder.parent:
            return


def boxes_by_photo(file: Path, folder: Path) -> dict[Path, list[tuple[Box, str]]]:
    """The boxes of a boxes file, each with its file and line, by the resolved path of its photo.

    Names start at ``folder``, or beside the file. Raises FormatError for a photo that is not there.
    """
    found: dict[Path, list[tuple[Box, str]]] = {}
    for line in boxes_file.read(file):
        path = next((root / line.image for root in (folder, file.parent) if (root / line.image).is_file()), None)
        if path is None:
            raise FormatError(
                f"the photo '{line.image}' is not there", where=file, line=line.line, cure=f"names start at {folder}"
            )
        found.setdefault(path.resolve(), []).append((line.box, f"{file.name}:{line.line}"))
    return found
