"""The values that an edit session is made of: marks, steps and how a face was opened."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from facelabel.geometry import Box

Visibility = Literal["visible", "occluded", "absent"]
Source = Literal["accepted", "moved", "placed", "imported", "predicted"]
Origin = Literal["prediction", "label", "template"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One landmark: its place (image pixels; NaN when absent), visibility, and how it came to be there.

    ``moved`` is the distance to the prediction in pixels, 0 where there is none. "accepted" stands where it was found,
    and is confirmed with the face; "predicted" is not asked for, and stays the model's.
    """

    x: float
    y: float
    visibility: Visibility = "visible"
    source: Source = "accepted"
    moved: float = 0.0

    @property
    def present(self) -> bool:
        return self.visibility != "absent"

    @property
    def by_hand(self) -> bool:
        """Whether a person decided on it, rather than a model or a template that nobody has corrected."""
        return self.source in ("moved", "placed", "imported")

    def same(self, other: Mark) -> bool:
        """Equality that takes two absent marks (NaN) for equal."""
        return self.to_content() == other.to_content()

    def to_content(self) -> list[Any]:
        x, y = (None, None) if math.isnan(self.x) else (self.x, self.y)
        return [x, y, self.visibility, self.source, self.moved]

    @classmethod
    def from_content(cls, content: Sequence[Any]) -> Mark:
        x, y, visibility, source, moved = content
        return cls(math.nan if x is None else float(x), math.nan if y is None else float(y), visibility, source, moved)


ABSENT = Mark(math.nan, math.nan, "absent", "placed")


@dataclass(frozen=True)
class Step:
    """One undoable edit: the marks, attributes, box and confirmed groups that it changed, each as (before, after)."""

    name: str
    marks: Mapping[int, tuple[Mark, Mark]]
    attributes: Mapping[str, tuple[bool | None, bool | None]]
    boxes: tuple[Box, Box] | None = None
    confirmed: tuple[frozenset[str], frozenset[str]] | None = None

    def to_content(self) -> dict[str, Any]:
        boxes = None
        if self.boxes is not None:
            boxes = [[box.left, box.top, box.width, box.height] for box in self.boxes]
        return {
            "name": self.name,
            "marks": [[index, old.to_content(), new.to_content()] for index, (old, new) in self.marks.items()],
            "attributes": {key: list(values) for key, values in self.attributes.items()},
            "boxes": boxes,
            "confirmed": None if self.confirmed is None else [sorted(groups) for groups in self.confirmed],
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Step:
        boxes, confirmed = content["boxes"], content.get("confirmed")
        return cls(
            content["name"],
            {index: (Mark.from_content(old), Mark.from_content(new)) for index, old, new in content["marks"]},
            {key: (values[0], values[1]) for key, values in content["attributes"].items()},
            None if boxes is None else (Box(*boxes[0]), Box(*boxes[1])),
            None if confirmed is None else (frozenset(confirmed[0]), frozenset(confirmed[1])),
        )


@dataclass(frozen=True)
class Start:
    """How a face was opened: its first marks, and the prediction that edits are measured against.

    ``reference`` (L, 2) and ``confidence`` (L,) are the model's, None where no model has seen the face; ``origin``
    says where the first marks came from.
    """

    marks: tuple[Mark, ...]
    origin: Origin
    reference: npt.NDArray[np.float64] | None = None
    confidence: npt.NDArray[np.float64] | None = None
    attributes: Mapping[str, bool] | None = None

    @classmethod
    def from_shape(
        cls,
        shape: npt.NDArray[np.float64],
        origin: Origin,
        *,
        confidence: npt.NDArray[np.float64] | None = None,
        asked: Collection[int] | None = None,
    ) -> Start:
        """Untouched marks at ``shape`` (L, 2); NaN rows are absent. A prediction is its own reference. ``asked``: the
        landmarks that a person is asked for, None for all."""
        marks = tuple(
            ABSENT
            if math.isnan(x) or math.isnan(y)
            else Mark(x, y, source="accepted" if asked is None or i in asked else "predicted")
            for i, (x, y) in enumerate(np.asarray(shape, np.float64).tolist())
        )
        return cls(marks, origin, shape if origin == "prediction" else None, confidence)

    def reference_mark(self, index: int) -> Mark:
        """Where the model put a landmark; absent where it said nothing."""
        if self.reference is None or np.isnan(self.reference[index]).any():
            return ABSENT
        x, y = self.reference[index]
        return Mark(float(x), float(y))

    def to_content(self) -> dict[str, Any]:
        return {
            "marks": [mark.to_content() for mark in self.marks],
            "origin": self.origin,
            "reference": None if self.reference is None else _rows(self.reference),
            "confidence": None if self.confidence is None else [float(value) for value in self.confidence],
            "attributes": dict(self.attributes or {}),
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Start:
        reference, confidence = content["reference"], content["confidence"]
        return cls(
            tuple(Mark.from_content(mark) for mark in content["marks"]),
            content["origin"],
            None if reference is None else np.array(reference, dtype=np.float64),
            None if confidence is None else np.array(confidence, dtype=np.float64),
            content["attributes"],
        )


def _rows(shape: npt.NDArray[np.float64]) -> list[list[float | None]]:
    """A shape as JSON: NaN, which JSON does not have, becomes null (which NumPy reads back as NaN)."""
    return [[None if math.isnan(value) else float(value) for value in row] for row in shape]
