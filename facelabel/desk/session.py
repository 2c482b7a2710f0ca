"""The edits of one face, each a step that can be undone: pure logic, no window and no database.

A drag is one step, however many positions it went through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.campaign.calibration import Calibration
from facelabel.campaign.expecting import BLUR
from facelabel.desk.history import TAKEN_OVER, History
from facelabel.desk.marks import ABSENT, Mark, Source, Start, Step, Visibility
from facelabel.desk.suggestions import Expectation, Suggestions
from facelabel.errors import FacelabelError
from facelabel.geometry import Box
from facelabel.schemes import Scheme
from facelabel.shapes.prior import ShapePrior
from facelabel.store.labels import LabelRecord

Vector = tuple[float, float]


@dataclass(frozen=True)
class _Drag:
    """A drag in progress: the landmarks it takes along, and their marks and those of all others when it began."""

    name: str
    before: dict[int, Mark]
    marks: tuple[Mark, ...]


class EditSession:
    """One face on the desk: its marks, its attributes, its box and the history of what was done to them.

    Coordinates are image pixels, 0-based pixel centres. ``start.reference`` is the model's prediction; a landmark's
    source and moved distance are told against it.

    With a ``prior``, a step that puts landmarks somewhere also puts those that nobody has touched where they are to be
    expected then: one step, undone as one. They stay suggestions, and what a person decided on never moves by itself.
    """

    def __init__(
        self, scheme: Scheme, start: Start, box: Box, prior: ShapePrior | None = None, *, blur: float = BLUR
    ) -> None:
        """``blur``: the spread of the target heatmaps of the model that made the prediction, in sides of the box."""
        self.scheme = scheme
        self.start = start
        self._suggestions = None if prior is None else Suggestions(prior, start, blur)
        self._suggesting = True
        self._history = History(start, box)
        self._drag: _Drag | None = None

    # What is there now

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(self._history.marks)

    @property
    def shape(self) -> npt.NDArray[np.float64]:
        """(L, 2) image pixels, absent = NaN; a copy."""
        return np.array([(mark.x, mark.y) for mark in self._history.marks], dtype=np.float64)

    @property
    def attributes(self) -> dict[str, bool]:
        """Those that were set; an unset attribute is missing."""
        return dict(self._history.attributes)

    @property
    def box(self) -> Box:
        return self._history.box

    @property
    def confidence(self) -> npt.NDArray[np.float64] | None:
        """(L,) of the prediction, 0 to 1, or None where no model has seen the face."""
        return self.start.confidence

    @property
    def last_step(self) -> Step | None:
        """The step that ``undo`` would take back."""
        return self._history.done[-1] if self._history.done else None

    @property
    def can_undo(self) -> bool:
        return bool(self._history.done) and self._drag is None

    @property
    def can_redo(self) -> bool:
        return bool(self._history.undone) and self._drag is None

    @property
    def dragging(self) -> bool:
        return self._drag is not None

    # What is asked for, and what is confirmed

    def ask_for_all(self) -> None:
        """Answer for every landmark: those that were not asked for stand as they are, until somebody moves them."""
        rest = {i: mark for i, mark in enumerate(self._history.marks) if mark.source == "predicted"}
        self._commit("ask for all", {i: replace(mark, source="accepted") for i, mark in rest.items()}, spread=False)

    @property
    def confirmed(self) -> frozenset[str]:
        """The groups that were confirmed as they stand, one by one."""
        return self._history.confirmed

    def confirm_group(self, name: str) -> None:
        """A person has seen a group and lets it stand. Raises KeyError for a group that the scheme does not have."""
        if name not in self.scheme.groups:
            raise KeyError(name)
        self._commit("confirm group", {}, confirmed=self._history.confirmed | {name})

    # Suggestions

    @property
    def suggesting(self) -> bool:
        """Whether untouched landmarks follow corrections from now on; setting it moves nothing."""
        return self._suggesting and self._suggestions is not None

    @suggesting.setter
    def suggesting(self, on: bool) -> None:
        self._suggesting = on

    def is_suggested(self, index: int) -> bool:
        """Whether a landmark stands where corrections of others have put it."""
        mark, first = self._history.marks[index], self.start.marks[index]
        return mark.present and not mark.by_hand and (mark.x, mark.y) != (first.x, first.y)

    @property
    def expectation(self) -> Expectation | None:
        """What is expected of the landmarks as the face stands; None where there is no prior, or it is turned off."""
        return self._expect(self._history.marks)

    def calibrate(self, known: Calibration) -> None:
        """Doubt landmarks by how far off those of audit faces were found to be; moves nothing."""
        if self._suggestions is not None:
            self._suggestions.calibrate(known)

    @property
    def expected_errors(self) -> npt.NDArray[np.float64] | None:
        """(L,) image pixels by which landmarks are expected to be off as they stand, 0 of those put by hand; None where
        no model predicted the face, or no audit faces have told how far off predictions are."""
        if self.start.confidence is None or self._suggestions is None or not self._suggestions.calibrated:
            return None
        known = self._suggestions.expect(self._history.marks, self._history.first_box, self.box)
        return None if known is None else known.errors

    def set_suggesting(self, on: bool) -> None:
        """Let untouched landmarks follow corrections, or put them back where they were when the face was opened."""
        if on == self._suggesting or self._suggestions is None:
            self._suggesting = on
            return
        self._suggesting = on
        if on:
            self._commit("suggestions", self._suggested(self._history.marks), spread=False)
        else:
            places = self._suggestions.start_places(self._history.first_box, self.box)
            self._commit("no suggestions", self._put(self._history.marks, places), spread=False)

    def take_over(self, shape: npt.NDArray[np.float64]) -> None:
        """Put what nobody has touched at ``shape`` (L, 2), a neighbour's label. It stays a suggestion, where it is: the
        label of nearly the same picture knows more than a correction lets expect."""
        self._commit(TAKEN_OVER, self._put(self._history.marks, shape), spread=False)

    def _expect(self, marks: Sequence[Mark]) -> Expectation | None:
        if not self._suggesting or self._suggestions is None:
            return None
        return self._suggestions.expect(marks, self._history.first_box, self.box)

    def _suggested(self, marks: Sequence[Mark]) -> dict[int, Mark]:
        """The untouched landmarks where ``marks`` let expect them; none as long as none is touched."""
        expected = self._expect(marks)
        if expected is None or not expected.touched or self._history.has(TAKEN_OVER):
            return {}
        return self._put(marks, expected.belief.points)

    def _put(self, marks: Sequence[Mark], places: npt.NDArray[np.float64]) -> dict[int, Mark]:
        """Those of ``marks`` that nobody has touched, at their rows of ``places`` (L, 2) unless that says nothing."""
        put = {}
        for index, mark in enumerate(marks):
            (x, y), reference = places[index].tolist(), self.start.reference_mark(index)
            if mark.present and not mark.by_hand and not np.isnan(x):
                moved = float(np.hypot(x - reference.x, y - reference.y)) if reference.present else 0.0
                put[index] = replace(self._history.marks[index], x=x, y=y, moved=moved)
        return put

    # Landmarks

    def move(self, index: int, xy: Vector) -> None:
        """Put a landmark somewhere; an absent one comes back visible."""
        self._commit("move", {index: self._moved(self._history.marks[index], index, xy)})

    def nudge(self, index: int, dx: float, dy: float) -> None:
        """Shift a landmark by image pixels; an absent one has no place to be shifted from and stays absent."""
        mark = self._history.marks[index]
        if mark.present:
            self._commit("nudge", {index: self._moved(mark, index, (mark.x + dx, mark.y + dy))})

    def place(self, index: int, xy: Vector) -> None:
        """Put a landmark without regard to the prediction (place mode)."""
        self._commit("place", {index: replace(self._moved(self._history.marks[index], index, xy), source="placed")})

    def put(self, name: str, places: Mapping[int, Vector]) -> None:
        """Put several landmarks somewhere as one step that is called ``name``; absent ones stay absent."""
        present = {i: self._history.marks[i] for i in places if self._history.marks[i].present}
        self._commit(name, self._together(present, places))

    def set_visibility(self, index: int, visibility: Visibility, at: Vector | None = None) -> None:
        """Visible, occluded (it has a place) or absent (it has none).

        Coming back from absent, the landmark is put ``at``, or where it last was. Raises FacelabelError where the
        scheme has no absent landmarks.
        """
        mark = self._history.marks[index]
        if visibility == "absent":
            self.clear(index)
        elif mark.present:
            source: Source = "accepted" if mark.source == "predicted" else mark.source  # Somebody has looked at it.
            self._commit("visibility", {index: replace(mark, visibility=visibility, source=source)})
        else:
            back = self._moved(mark, index, at or self.last_place(index))
            self._commit("visibility", {index: replace(back, visibility=visibility)})

    def cycle_visibility(self, index: int) -> None:
        """Visible, occluded, absent (if the scheme knows absent landmarks), visible."""
        known: tuple[Visibility, ...] = ("visible", "occluded", "absent")
        order = known if self.scheme.allow_absent else known[:2]
        now = self._history.marks[index].visibility
        self.set_visibility(index, order[(order.index(now) + 1) % len(order)] if now in order else "visible")

    def clear(self, index: int) -> None:
        """Make a landmark absent: it has no coordinates. Raises FacelabelError where the scheme has none."""
        if not self.scheme.allow_absent:
            raise FacelabelError(f"{self.scheme.title} has no absent landmarks", cure="mark it as occluded")
        self._commit("clear", {index: ABSENT})

    def last_place(self, index: int) -> Vector:
        """Where a landmark was before it became absent, else where it was predicted, else the middle of the face."""
        for mark in (self._history.last_mark(index), self.start.marks[index], self.start.reference_mark(index)):
            if mark.present:
                return mark.x, mark.y
        return self.box.centre

    # Drags

    def begin_drag(self, indices: Iterable[int], name: str = "drag") -> None:
        """Start to take landmarks along; absent ones stay. Raises RuntimeError while another drag is on."""
        if self._drag is not None:
            raise RuntimeError("a drag is already on")
        taken = {i: self._history.marks[i] for i in indices if self._history.marks[i].present}
        self._drag = _Drag(name, taken, tuple(self._history.marks))

    def drag_to(self, dx: float, dy: float) -> None:
        """Show the dragged landmarks ``(dx, dy)`` image pixels from where they began; nothing is committed yet."""
        before = self._dragged().before
        self.drag_places({i: (mark.x + dx, mark.y + dy) for i, mark in before.items()} if dx or dy else {})

    def drag_places(self, places: Mapping[int, Vector]) -> None:
        """Show those of the dragged landmarks that ``places`` names there, the others where they began."""
        drag = self._dragged()
        self._history.marks = list(drag.marks)
        for index, mark in self._together({i: drag.before[i] for i in places if i in drag.before}, places).items():
            self._history.marks[index] = mark
        if places:
            for index, mark in self._suggested(self._history.marks).items():
                self._history.marks[index] = mark

    def end_drag(self) -> None:
        """Commit the drag as one step; none if everything is back where it began."""
        drag = self._dragged()
        after = {i: self._history.marks[i] for i in drag.before}
        self.cancel_drag()
        self._commit(drag.name, after)

    def cancel_drag(self) -> None:
        """Put everything back where it was when the drag began."""
        self._history.marks = list(self._dragged().marks)
        self._drag = None

    def _dragged(self) -> _Drag:
        if self._drag is None:
            raise RuntimeError("no drag is on")
        return self._drag

    # The face

    def set_attribute(self, attribute: str, value: bool | None) -> None:
        """True, false, or None for unset. Raises KeyError for an attribute that the scheme does not have."""
        if attribute not in {known.id for known in self.scheme.attributes}:
            raise KeyError(attribute)
        self._commit("attribute", {}, attributes={attribute: value})

    def cycle_attribute(self, attribute: str) -> None:
        """Unset, true, false, unset."""
        following: dict[bool | None, bool | None] = {None: True, True: False, False: None}
        self.set_attribute(attribute, following[self._history.attributes.get(attribute)])

    def set_box(self, box: Box, shape: npt.NDArray[np.float64] | None = None) -> None:
        """Change the face's box; with ``shape`` (L, 2), its points too, where the box alone had placed them."""
        after = {}
        if shape is not None:
            places = [(float(x), float(y)) for x, y in shape]
            after = {
                i: replace(m, x=places[i][0], y=places[i][1]) for i, m in enumerate(self._history.marks) if m.present
            }
        self._commit("box", after, box=box, spread=False)

    # History

    def undo(self) -> str | None:
        """Take back the last step; its name, or None if there is none."""
        return None if self.dragging else self._history.undo()

    def redo(self) -> str | None:
        """Do the last undone step again; its name, or None if there is none."""
        return None if self.dragging else self._history.redo()

    def _commit(
        self,
        name: str,
        after: Mapping[int, Mark],
        *,
        attributes: Mapping[str, bool | None] | None = None,
        box: Box | None = None,
        confirmed: frozenset[str] | None = None,
        spread: bool = True,
    ) -> None:
        if self._drag is not None:
            raise RuntimeError("end the drag first")
        if spread and any(mark.by_hand and mark.present for mark in after.values()):
            as_put = [after.get(i, mark) for i, mark in enumerate(self._history.marks)]
            after = {**self._suggested(as_put), **after}
        self._history.commit(name, after, attributes=attributes, box=box, confirmed=confirmed)

    def _together(self, marks: Mapping[int, Mark], places: Mapping[int, Vector]) -> dict[int, Mark]:
        """Marks put at ``places`` in one go. Those that nobody asks for come along and stay the model's, unless there
        are no others."""
        moved = {i: self._moved(mark, i, places[i]) for i, mark in marks.items()}
        if any(mark.source != "predicted" for mark in marks.values()):
            moved |= {i: replace(moved[i], source="predicted") for i, m in marks.items() if m.source == "predicted"}
        return moved

    def _moved(self, mark: Mark, index: int, xy: Vector) -> Mark:
        reference = self.start.reference_mark(index)
        visibility: Visibility = mark.visibility if mark.present else "visible"
        if not reference.present:
            return Mark(xy[0], xy[1], visibility, "placed")
        distance = float(np.hypot(xy[0] - reference.x, xy[1] - reference.y))
        source: Source = "accepted" if distance == 0 else "placed" if mark.source == "placed" else "moved"
        return Mark(xy[0], xy[1], visibility, source, distance)

    # In and out

    def record(self) -> LabelRecord:
        """The label as it stands now."""
        return LabelRecord(
            shape=self.shape,
            visibility=tuple(mark.visibility for mark in self._history.marks),
            sources=tuple(mark.source for mark in self._history.marks),
            moved=np.array([mark.moved for mark in self._history.marks], dtype=np.float64),
            attributes=self.attributes,
        )

    def to_content(self) -> dict[str, Any]:
        """Everything, history included, as JSON data. A drag in progress is left out: it is not committed."""
        now = self._history.to_content()
        if self._drag is not None:
            now["marks"] = [mark.to_content() for mark in self._drag.marks]
        return {"start": self.start.to_content(), **now}

    @classmethod
    def from_content(cls, scheme: Scheme, content: Mapping[str, Any], **known: Any) -> EditSession:
        """The inverse of ``to_content``; ``known``: prior and blur, as of a new session.

        Raises KeyError, TypeError or ValueError for content that is no such thing.
        """
        start = Start.from_content(content["start"])
        history = History.from_content(start, content)
        if not len(history.marks) == len(start.marks) == scheme.size:
            raise ValueError(f"the draft has {len(history.marks)} landmarks, the scheme has {scheme.size}")
        session = cls(scheme, start, history.box, **known)
        session._history = history
        return session
