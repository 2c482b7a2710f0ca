"""``manifest.json``: what an export holds, where it came from and what was left out, so that it can be made again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from facelabel.errors import FormatError
from facelabel.formats.pts import Origin
from facelabel.formats.text import read_text


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Exported(_Frozen):
    """One face: the file that holds it, its photo there and in the project, and what its format has no place for."""

    face: int
    file: str
    photo: str
    original: str
    sha256: str
    box: tuple[float, float, float, float]
    """left, top, width, height in image pixels, 0-based pixel centres."""
    origin: Literal["human", "imported", "simulated", "predicted"]
    occluded: tuple[int, ...] = ()
    """The landmarks that the annotator marked as hidden, counted from 0."""
    unconfirmed: tuple[int, ...] = ()
    """The landmarks of a face labelled in part that stand where the model put them, counted from 0."""


class LeftOut(_Frozen):
    """A face that the format cannot hold, and why."""

    face: int
    image: str
    why: str


class Manifest(_Frozen):
    """An export in full."""

    facelabel: str
    made_at: datetime
    format: Literal["300w", "wflw"]
    scheme: str
    converted_from: str | None = None
    """The project's scheme, when the export has fewer landmarks than the labels."""
    origin: Origin
    """Where the exported coordinates count the first pixel."""
    rectangle: str | None = None
    """How the rectangles of a WFLW list were made."""
    unset_attributes: Literal["ask", "zero", "leave-out"] | None = None
    model_versions: list[int]
    """The models that proposed the shapes which the labels were made from."""
    counts: dict[str, int]
    """Faces by origin."""
    faces: list[Exported]
    left_out: list[LeftOut]


def read(path: str | Path) -> Manifest:
    """The manifest of an export. Raises FormatError when the file is not one."""
    try:
        return Manifest.model_validate_json(read_text(Path(path)))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = f"{place}: {first['msg']}" if place else first["msg"]
        raise FormatError(f"no manifest of an export: {said}", where=path, cure="export again") from None
