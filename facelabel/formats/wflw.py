"""The lists of WFLW: one face a line, blanks between the values.

Full lists have 207 values: 98 points x y, rectangle x_min y_min x_max y_max, six attributes 0/1 (pose, expression,
illumination, make-up, occlusion, blur), image path. The subset lists have the 196 coordinates and the path. Format:
Wu et al., Look at Boundary, CVPR 2018, and the read-me file of the data set. It names no pixel origin; its readers take
0-based, and so do we.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from facelabel.errors import FormatError
from facelabel.formats.text import number, read_text

POINTS = 98
ATTRIBUTES = ("pose", "expression", "illumination", "make-up", "occlusion", "blur")

_FULL = 2 * POINTS + 4 + len(ATTRIBUTES) + 1
_PLAIN = 2 * POINTS + 1


@dataclass(frozen=True, eq=False)
class WflwFace:
    """One line. ``shape`` (98, 2) is 0-based; a point may lie outside its image.

    ``rectangle`` is x_min, y_min, x_max, y_max in whole pixels; the data set's is a detector's and need not hold the
    points. The subset lists have neither rectangle nor attributes.
    """

    image: str
    shape: npt.NDArray[np.float64]
    rectangle: tuple[int, int, int, int] | None
    attributes: dict[str, bool] | None
    line: int | None = None
    """The 1-based line of the list that it was read from."""


def read(path: str | Path) -> list[WflwFace]:
    """The faces of a list in its order; an image may have several. Raises FormatError naming file and line."""
    lines = enumerate(read_text(Path(path)).split("\n"), start=1)
    return [_face(line.split(), path, n) for n, line in lines if line.strip()]


def _face(values: list[str], path: str | Path, n: int) -> WflwFace:
    if len(values) not in (_FULL, _PLAIN):
        raise FormatError(
            f"{len(values)} values, a face has {_FULL} (or {_PLAIN} without rectangle and attributes)",
            where=path,
            line=n,
            cure="the line is cut, or its image path has a blank in it",
        )
    image = values[-1]
    if _is_number(image):
        raise FormatError(f"'{image}' is no image path", where=path, line=n, cure="the line has to end with the path")
    shape = np.array([number(value, path, n) for value in values[: 2 * POINTS]]).reshape(POINTS, 2)
    if len(values) == _PLAIN:
        return WflwFace(image, shape, None, None, n)
    x_min, y_min, x_max, y_max = (_whole(value, path, n) for value in values[2 * POINTS : 2 * POINTS + 4])
    flags = dict(zip(ATTRIBUTES, values[2 * POINTS + 4 : -1], strict=True))
    for name, flag in flags.items():
        if flag not in ("0", "1"):
            raise FormatError(f"{name} is '{flag}'", where=path, line=n, cure="an attribute is 0 or 1")
    named = {name: flag == "1" for name, flag in flags.items()}
    return WflwFace(image, shape, (x_min, y_min, x_max, y_max), named, n)


def _whole(value: str, path: str | Path, n: int) -> int:
    whole = number(value, path, n)
    if not whole.is_integer():
        raise FormatError(f"{value} in the rectangle", where=path, line=n, cure="a rectangle is in whole pixels")
    return int(whole)


def _is_number(token: str) -> bool:
    try:
        float(token)
    except ValueError:
        return False
    return True


def dumps(faces: Iterable[WflwFace]) -> str:
    """The text of a list: six decimals a coordinate, the same digits in a full list and in a subset of it.

    A face without rectangle and attributes is written as the subset lists have it. Raises FormatError naming the image
    for what a list cannot hold: absent landmarks, another number of points, a path with blanks, unknown attributes.
    """
    return "".join(f"{_line(face)}\n" for face in faces)


def _line(face: WflwFace) -> str:
    _check(face)
    values = [f"{value:.6f}" for value in (np.round(face.shape, 6) + 0.0).reshape(-1)]
    if face.rectangle is not None and face.attributes is not None:
        values += [str(int(value)) for value in face.rectangle]
        values += [str(int(face.attributes[name])) for name in ATTRIBUTES]
    return " ".join([*values, face.image])


def _check(face: WflwFace) -> None:
    if face.image.split() != [face.image] or _is_number(face.image):
        raise FormatError(
            "a WFLW list cannot hold this image path: it has to be one word that is not a number",
            where=face.image,
            cure="rename the image",
        )
    if face.shape.shape != (POINTS, 2):
        raise FormatError(
            f"{len(face.shape)} landmarks, a WFLW list holds {POINTS}", where=face.image, cure="export another format"
        )
    if absent := int((~np.isfinite(face.shape).all(axis=1)).sum()):
        raise FormatError(
            f"{absent} landmarks are absent, which a WFLW list cannot hold", where=face.image, cure="leave the face out"
        )
    if (face.rectangle is None) != (face.attributes is None):
        raise FormatError(
            "a WFLW list has both rectangle and attributes, or neither", where=face.image, cure="give both"
        )
    if face.attributes is not None and set(face.attributes) != set(ATTRIBUTES):
        raise FormatError(
            f"a WFLW list has the attributes {', '.join(ATTRIBUTES)}",
            where=face.image,
            cure="set each of them, and no other",
        )
