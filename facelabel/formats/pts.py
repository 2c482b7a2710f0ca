"""300-W ``.pts``: one face a file, ``version`` and ``n_points``, then ``x y`` a line between braces.

Format: Sagonas et al., 300 Faces In-The-Wild, ICCV Workshops 2013. Its coordinates are Matlab's: the centre of the
top-left pixel is (1, 1). Shapes here are 0-based, so reading subtracts 1 and writing adds 1 unless the file's origin is
"zero-based". The writer keeps to what strict readers take: no blank line, no comment, three decimals.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from facelabel.errors import FormatError
from facelabel.formats.text import number, read_text

Origin = Literal["one-based", "zero-based"]
"""Where a file counts its first pixel."""

_HEADER = re.compile(r"(?P<key>[A-Za-z_ ]+?)\s*:\s*(?P<value>.*)")

Lines = list[tuple[int, str]]


def read(path: str | Path, *, points: int | None = None, origin: Origin = "one-based") -> npt.NDArray[np.float64]:
    """The shape (L, 2) of a file, 0-based pixel centres. ``points`` is the number of landmarks that the scheme has.

    With or without header. Raises FormatError naming file, line and cure.
    """
    return loads(read_text(Path(path)), path, points=points, origin=origin)


def loads(
    text: str, where: str | Path, *, points: int | None = None, origin: Origin = "one-based"
) -> npt.NDArray[np.float64]:
    """As ``read``, from text; ``where`` is what errors name."""
    lines = [(n, line.strip()) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines:
        raise FormatError("the file is empty", where=where, cure="restore it from its source")
    stated, body = _body(lines, where)
    shape = np.array([_point(line, where, n) for n, line in body], dtype=np.float64).reshape(-1, 2)
    count = f"{len(shape)} point{'' if len(shape) == 1 else 's'}"
    if stated is not None and stated != len(shape):
        raise FormatError(
            f"{count}, but n_points says {stated}", where=where, cure="the file was cut or edited: restore it"
        )
    if points is not None and points != len(shape):
        raise FormatError(
            f"{count}, the scheme has {points}", where=where, cure="choose the scheme that the file was made for"
        )
    if len(shape) == 0:
        raise FormatError("no points between the braces", where=where, cure="restore the file from its source")
    return shape - 1 if origin == "one-based" else shape


def _body(lines: Lines, where: str | Path) -> tuple[int | None, Lines]:
    """``n_points`` if there is a header, and the lines of the points."""
    opening = next((i for i, (_, line) in enumerate(lines) if line == "{"), None)
    closing = next((i for i, (_, line) in enumerate(lines) if line == "}"), None)
    if opening is None:
        if closing is not None or _HEADER.fullmatch(lines[0][1]):
            raise FormatError(
                "the line with the opening brace '{' is missing",
                where=where,
                line=lines[0][0] if closing is None else lines[closing][0],
                cure="put '{' on a line of its own before the first point",
            )
        return None, lines
    if closing is None or closing < opening:
        raise FormatError(
            "the line with the closing brace '}' is missing",
            where=where,
            line=lines[-1][0],
            cure="the file may be cut: restore it, or end it with '}'",
        )
    if closing + 1 < len(lines):
        raise FormatError(
            "there is text after the closing brace",
            where=where,
            line=lines[closing + 1][0],
            cure="a .pts file holds one face: keep one face a file",
        )
    return _stated(lines[:opening], where), lines[opening + 1 : closing]


def _stated(header: Lines, where: str | Path) -> int | None:
    stated = None
    for n, line in header:
        found = _HEADER.fullmatch(line)
        if found is None:
            raise FormatError(f"'{line}' is no header line", where=where, line=n, cure="write it as 'name: value'")
        if found["key"].lower() == "n_points":
            if not found["value"].isdecimal():
                raise FormatError(
                    f"n_points is '{found['value']}', not a number of points", where=where, line=n, cure="correct it"
                )
            stated = int(found["value"])
    return stated


def _point(line: str, where: str | Path, n: int) -> tuple[float, float]:
    tokens = line.split()
    if len(tokens) != 2:
        raise FormatError(
            f"{len(tokens)} value{'' if len(tokens) == 1 else 's'}, a point has x and y",
            where=where,
            line=n,
            cure="write two numbers with a blank between them",
        )
    return number(tokens[0], where, n), number(tokens[1], where, n)


def dumps(shape: npt.NDArray[np.floating], *, origin: Origin = "one-based") -> str:
    """The text of a file for a shape (L, 2), 0-based pixel centres: L + 4 lines, three decimals.

    Raises FormatError when a landmark is absent (NaN): ``.pts`` cannot say so.
    """
    absent = int((~np.isfinite(shape).all(axis=1)).sum())
    if absent:
        raise FormatError(
            f"{absent} of {len(shape)} landmarks are absent, which .pts cannot hold", cure="leave the face out"
        )
    # Rounding first and adding 0.0 keeps "-0.000" out of the file.
    printed = np.round(np.asarray(shape, dtype=np.float64) + (origin == "one-based"), 3) + 0.0
    points = "".join(f"{x:.3f} {y:.3f}\n" for x, y in printed)
    return f"version: 1\nn_points: {len(printed)}\n{{\n{points}}}\n"
