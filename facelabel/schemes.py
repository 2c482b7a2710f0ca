"""Landmark schemes: which points a face has, what they are called and how they mirror.

A scheme is data (``resources/schemes/*.toml`` or a user's own file) and is checked in full when it is loaded, so that
nothing later has to wonder whether a flip permutation is one.
"""

from __future__ import annotations

import tomllib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

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
    """What NME is divided by. Each end is the mean of the landmarks named: one index for a corner, several for a centre."""

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
    template: tuple[tuple[float, float], ...]
    """A neutral frontal shape in its own tight box: x and y run from 0 to 1. Cold start places the points by it."""

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
        """(L, 2) in the unit box."""
        return np.array(self.template, dtype=np.float64)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        n = self.size
        names = [landmark.name for landmark in self.landmarks]
        if len(set(names)) != n:
            twice = next(name for name in names if names.count(name) > 1)
            raise ValueError(f"the landmark name '{twice}' stands twice; names have to differ")
        if sorted(self.flip) != list(range(n)):
            raise ValueError(f"flip has to name each of the landmarks 0 to {n - 1} once, it has {len(self.flip)} entries")
        for i, j in enumerate(self.flip):
            if self.flip[j] != i:
                raise ValueError(f"flip sends landmark {i} to {j}, but {j} to {self.flip[j]}; mirroring twice must give {i}")
        for a, b in self.edges:
            if max(a, b) >= n or a == b:
                raise ValueError(f"edge [{a}, {b}] does not join two of the landmarks 0 to {n - 1}")
        for name in ("inter_ocular", "inter_pupil"):
            pair = getattr(self.normalising, name)
            if pair is None:
                continue
            if any(i >= n for end in pair for i in end) or not all(pair):
                raise ValueError(f"{name} names landmarks outside 0 to {n - 1}, or none")
            if {self.flip[i] for i in pair[0]} != set(pair[1]):
                raise ValueError(f"the two ends of {name} are not mirror images under flip")
        ids = [attribute.id for attribute in self.attributes]
        if len(set(ids)) != len(ids):
            raise ValueError("two face attributes have the same id")
        if len(self.template) != n:
            raise ValueError(f"template has {len(self.template)} points for {n} landmarks")
        return self


def parse(text: str, where: str | Path) -> Scheme:
    """A scheme from TOML text. Raises SchemeError naming ``where``, the line if TOML gives one, and the cure."""
    try:
        return Scheme.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SchemeError(f"not valid TOML: {error}", where=where, cure="correct the line, then load it again") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        line = _line_of(text, first["loc"], said)
        raise SchemeError(
            f"{place}: {said}" if place else said, where=where, line=line, cure="see docs/formats.md, 'Scheme files'"
        ) from None


def _line_of(text: str, location: tuple[Any, ...], said: str) -> int | None:
    """The line where the key at fault stands: named by the error's location, or the first word of a rule's message."""
    keys = [part for part in location if isinstance(part, str)] or [said.split()[0]]
    for number, line in enumerate(text.splitlines(), start=1):
        if line.replace(" ", "").startswith(f"{keys[-1]}="):
            return number
    return None


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
    found = [
        parse(path.read_text(encoding="utf-8"), path) for path in sorted(assets.folder("resources/schemes").glob("*.toml"))
    ]
    return {scheme.id: scheme for scheme in found}
