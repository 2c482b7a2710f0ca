"""Landmark schemes: which points a face has, what they are called and how they mirror.

A scheme is data (``resources/schemes/*.toml`` or a user's own file) and is checked in full when it is loaded, so that
nothing later has to wonder whether a flip permutation is one.
"""

from __future__ import annotations

import re
import tomllib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, model_validator

from facelabel import assets
from facelabel.errors import SchemeError

Index = Annotated[int, Field(ge=0)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class Landmark(_Frozen):
    """One point of a scheme. Sides are the image's: ``left`` is the viewer's left."""

    name: str = Field(min_length=1)
    definition: str = Field(min_length=1)
    group: str = Field(min_length=1)


class Attribute(_Frozen):
    """A yes/no statement about a whole face, such as WFLW's ``occlusion``."""

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    definition: str = Field(min_length=1)


class Normalising(_Frozen):
    """What NME is divided by. Each end is the mean of the landmarks named: one for a corner, several for a centre."""

    inter_ocular: tuple[tuple[Index, ...], tuple[Index, ...]] | None = None
    inter_pupil: tuple[tuple[Index, ...], tuple[Index, ...]] | None = None


class Scheme(_Frozen):
    """An ordered list of landmarks with everything that facelabel needs to know about them."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    title: str = Field(min_length=1)
    source: str = ""
    allow_absent: bool
    landmarks: tuple[Landmark, ...] = Field(min_length=1)
    edges: tuple[tuple[Index, Index], ...] = ()
    flip: tuple[Index, ...]
    normalising: Normalising = Normalising()
    attributes: tuple[Attribute, ...] = ()
    template: tuple[tuple[FiniteFloat, FiniteFloat], ...]
    """A neutral frontal shape, y down, in any unit: only its proportions count. Cold start places the points by it."""

    @property
    def size(self) -> int:
        """The number of landmarks, L."""
        return len(self.landmarks)

    @cached_property
    def groups(self) -> dict[str, tuple[int, ...]]:
        """Landmark indices by group, both in the order of first appearance."""
        groups: dict[str, list[int]] = {}
        for index, landmark in enumerate(self.landmarks):
            groups.setdefault(landmark.group, []).append(index)
        return {name: tuple(indices) for name, indices in groups.items()}

    @cached_property
    def flip_index(self) -> npt.NDArray[np.intp]:
        """(L,): the mirrored face's landmark ``i`` is the original's landmark ``flip_index[i]``."""
        return np.array(self.flip, dtype=np.intp)

    @cached_property
    def template_shape(self) -> npt.NDArray[np.float64]:
        """(L, 2) in the unit box: x and y of the template run from 0 to 1 each, or are 0.5 where all are the same."""
        shape = np.array(self.template, dtype=np.float64)
        low = shape.min(axis=0)
        extent = shape.max(axis=0) - low
        unit: npt.NDArray[np.float64] = np.divide(shape - low, extent, out=np.full_like(shape, 0.5), where=extent > 0)
        return unit

    @cached_property
    def template_aspect(self) -> float:
        """Width of the template's tight box divided by its height, 1 if it has none; undoes the stretch of
        ``template_shape``."""
        width, height = np.ptp(np.array(self.template, dtype=np.float64), axis=0)
        return float(width / height) if width and height else 1.0

    @model_validator(mode="after")
    def _points_are_told_apart_and_mirror(self) -> Self:
        n = self.size
        names = [landmark.name for landmark in self.landmarks]
        if len(set(names)) != n:
            twice = next(name for name in names if names.count(name) > 1)
            raise ValueError(f"landmarks: the name '{twice}' stands twice; names have to differ")
        if sorted(self.flip) != list(range(n)):
            raise ValueError(f"flip has to name each landmark from 0 to {n - 1} once, it has {len(self.flip)} entries")
        for i, j in enumerate(self.flip):
            if self.flip[j] != i:
                raise ValueError(f"flip sends {i} to {j}, but {j} to {self.flip[j]}; mirroring twice must give {i}")
        if len(self.template) != n:
            raise ValueError(f"template has {len(self.template)} points for {n} landmarks")
        if n > 2 and any(min(ordinates) == max(ordinates) for ordinates in zip(*self.template, strict=True)):
            raise ValueError("template has no width or no height; give the points of a face seen from the front")
        return self

    @model_validator(mode="after")
    def _whatever_names_points_names_its_own(self) -> Self:
        n = self.size
        for a, b in self.edges:
            if max(a, b) >= n or a == b:
                raise ValueError(f"edges: [{a}, {b}] does not join two of the landmarks 0 to {n - 1}")
        for name, pair in self.normalising:
            if pair is None:
                continue
            if any(i >= n for end in pair for i in end) or not all(pair):
                raise ValueError(f"{name} names landmarks outside 0 to {n - 1}, or none")
            if {self.flip[i] for i in pair[0]} != set(pair[1]):
                raise ValueError(f"{name}: its two ends are not mirror images under flip")
        ids = [attribute.id for attribute in self.attributes]
        if len(set(ids)) != len(ids):
            raise ValueError("attributes: two of them have the same id")
        return self


def parse(text: str, where: str | Path) -> Scheme:
    """A scheme from TOML text. Raises SchemeError naming ``where``, the line if TOML gives one, and the cure."""
    try:
        return Scheme.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SchemeError(
            f"not valid TOML: {error}", where=where, cure="correct the line, then load it again"
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        line = _line_of(text, first["loc"], said)
        raise SchemeError(
            f"{place}: {said}" if place else said, where=where, line=line, cure="see docs/formats.md, 'Scheme files'"
        ) from None


def _line_of(text: str, location: tuple[Any, ...], said: str) -> int | None:
    """The 1-based line nearest to the fault: its key, or the entry of a list that has lines of its own.

    A rule about the whole scheme has no location; its message begins with the key at fault.
    """
    lines = ["".join(line.split()) for line in text.splitlines()]
    found: int | None = None
    for depth, part in enumerate(location or (re.split(r"\W", said, maxsplit=1)[0],)):
        after = range(0 if found is None else found, len(lines))
        if isinstance(part, int):
            table = f"[[{location[depth - 1]}]]"
            tables = [n for n in after if lines[n].startswith(table)]
            entries = tables or [n for n in _list_at(lines, after.start) if lines[n].startswith("{")]
            found = entries[part] if part < len(entries) else found
        else:
            starts = (f"{part}=", f"[{part}]", f"[[{part}]]")
            found = next((n for n in after if lines[n].startswith(starts)), found)
    return None if found is None else found + 1


def _list_at(lines: list[str], start: int) -> range:
    """The lines from ``start`` to the one that closes its brackets."""
    depth = 0
    for n in range(start, len(lines)):
        depth += lines[n].count("[") - lines[n].count("]")
        if depth <= 0:
            return range(start, n + 1)
    return range(start, len(lines))


def load(name_or_path: str | Path) -> Scheme:
    """A scheme that ships with facelabel, by id, or a user's own by the path of its TOML file."""
    text = str(name_or_path)
    if text in shipped():
        return shipped()[text]
    path = Path(name_or_path)
    if path.suffix != ".toml":
        raise SchemeError(
            f"there is no scheme '{text}'", cure=f"use one of {', '.join(shipped())}, or the path of a .toml file"
        )
    try:
        return parse(path.read_text(encoding="utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise SchemeError(f"cannot be read: {reason}", where=path, cure="check the path") from None


@lru_cache(maxsize=1)
def shipped() -> dict[str, Scheme]:
    """The schemes that ship with facelabel, by id."""
    paths = sorted(assets.folder("resources/schemes").glob("*.toml"))
    found = [parse(path.read_text(encoding="utf-8"), path) for path in paths]
    return {scheme.id: scheme for scheme in found}
