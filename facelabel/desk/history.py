"""What stands on a face now, and the steps that led there: every change is one step, taken back and done again whole.

A step keeps, for every landmark that it touched, the whole ``Mark`` before and after, so that undo restores exactly
what was there, whatever the command.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from facelabel.desk.marks import ABSENT, Mark, Start, Step
from facelabel.geometry import Box

HISTORY = 500
"""Undo steps that are kept; the oldest fall off."""
TAKEN_OVER = "a neighbour's label"
"""The step that put the points where a near-duplicate's label has them."""


class History:
    """The marks, attributes, box and confirmed groups of a face, with the steps done and undone."""

    def __init__(self, start: Start, box: Box) -> None:
        self.marks = list(start.marks)
        self.attributes = dict(start.attributes or {})
        self.box = box
        self.confirmed: frozenset[str] = frozenset()
        self.done: list[Step] = []
        self.undone: list[Step] = []

    @property
    def first_box(self) -> Box:
        """The box that the face was opened with."""
        return next((step.boxes[0] for step in self.done if step.boxes is not None), self.box)

    def has(self, name: str) -> bool:
        """Whether a step of that name is among those done."""
        return any(step.name == name for step in self.done)

    def last_mark(self, index: int) -> Mark:
        """A landmark as it was before it last became absent; absent where it never was anything else."""
        for step in reversed(self.done):
            before = step.marks.get(index, (ABSENT, ABSENT))[0]
            if before.present:
                return before
        return ABSENT

    def commit(
        self,
        name: str,
        after: Mapping[int, Mark],
        *,
        attributes: Mapping[str, bool | None] | None = None,
        box: Box | None = None,
        confirmed: frozenset[str] | None = None,
    ) -> None:
        """Put marks, attributes, box and confirmed groups as given, as one step; none where that changes nothing."""
        marks = {i: (self.marks[i], mark) for i, mark in after.items() if not mark.same(self.marks[i])}
        was = self.attributes
        changed = {key: (was.get(key), value) for key, value in (attributes or {}).items() if was.get(key) != value}
        boxes = None if box is None or box == self.box else (self.box, box)
        groups = None if confirmed is None or confirmed == self.confirmed else (self.confirmed, confirmed)
        if not marks and not changed and boxes is None and groups is None:
            return
        step = Step(name, marks, changed, boxes, groups)
        self._apply(step, 1)
        self.done = [*self.done, step][-HISTORY:]
        self.undone.clear()

    def undo(self) -> str | None:
        """Take back the last step; its name, or None if there is none."""
        return self._travel(self.done, self.undone, 0)

    def redo(self) -> str | None:
        """Do the last undone step again; its name, or None if there is none."""
        return self._travel(self.undone, self.done, 1)

    def _travel(self, source: list[Step], target: list[Step], side: Literal[0, 1]) -> str | None:
        if not source:
            return None
        step = source.pop()
        self._apply(step, side)
        target.append(step)
        return step.name

    def _apply(self, step: Step, side: Literal[0, 1]) -> None:
        for index, marks in step.marks.items():
            self.marks[index] = marks[side]
        for attribute, values in step.attributes.items():
            value = values[side]
            if value is None:
                self.attributes.pop(attribute, None)
            else:
                self.attributes[attribute] = value
        if step.boxes is not None:
            self.box = step.boxes[side]
        if step.confirmed is not None:
            self.confirmed = step.confirmed[side]

    def to_content(self) -> dict[str, Any]:
        """Everything as JSON data."""
        return {
            "marks": [mark.to_content() for mark in self.marks],
            "attributes": dict(self.attributes),
            "box": [self.box.left, self.box.top, self.box.width, self.box.height],
            "confirmed": sorted(self.confirmed),
            "done": [step.to_content() for step in self.done],
            "undone": [step.to_content() for step in self.undone],
        }

    @classmethod
    def from_content(cls, start: Start, content: Mapping[str, Any]) -> History:
        """The inverse of ``to_content``. Raises KeyError, TypeError or ValueError for content that is no such thing."""
        history = cls(start, Box(*content["box"]))
        history.marks = [Mark.from_content(mark) for mark in content["marks"]]
        history.attributes = dict(content["attributes"])
        history.confirmed = frozenset(content.get("confirmed", ()))
        history.done = [Step.from_content(step) for step in content["done"]]
        history.undone = [Step.from_content(step) for step in content["undone"]]
        return history
