"""The one registry of what a person can do on the desk: menus, shortcuts, help and docs are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from facelabel.phrases import QT_TR_NOOP

Screen = Literal["label", "review"]
Scope = Literal["screen", "canvas", "lists"]


@dataclass(frozen=True, slots=True)
class Action:
    """``keys`` are portable key sequences (as ``QKeySequence`` reads them); the first is shown in menus.

    ``mouse`` says the gesture where there is one. ``scope`` tells where the keys work: anywhere on their screen except
    in a text field, on the canvas only, or on the lists only, so that Space stays that of a button with the focus.
    ``group`` is the heading in menus and help. ``hold`` actions last as long as the key is down; ``toggle`` actions are
    on or off; ``repeat`` ones go on while the key is down; the keys of a ``per_key`` action each do something else (a
    direction, an attribute). On another ``screen`` the same key may do something else.
    """

    id: str
    text: str
    group: str
    keys: tuple[str, ...] = ()
    mouse: str = ""
    scope: Scope = "screen"
    hold: bool = False
    toggle: bool = False
    repeat: bool = False
    per_key: bool = False
    screen: Screen = "label"


_FACES, _LANDMARKS = QT_TR_NOOP("Faces"), QT_TR_NOOP("Landmarks")
_FACE, _VIEW, _REVIEW = QT_TR_NOOP("Face"), QT_TR_NOOP("View"), QT_TR_NOOP("Review")


_ARROWS = ("Left", "Right", "Up", "Down")

DIRECTIONS: tuple[tuple[int, int], ...] = ((-1, 0), (1, 0), (0, -1), (0, 1))
"""(dx, dy) of each key of a nudge, in the order of its keys."""

NUDGES: Mapping[str, float] = MappingProxyType({"nudge-1": 1.0, "nudge-10": 10.0, "nudge-0.1": 0.1})
"""Image pixels of each nudge."""

_LABEL: tuple[Action, ...] = (
    Action("accept", "Accept and next face", _FACES, ("Space", "Return", "Enter"), scope="canvas"),
    Action("next-face", "Next face", _FACES, ("D", "PgDown"), repeat=True),
    Action("previous-face", "Previous face", _FACES, ("A", "PgUp"), repeat=True),
    Action("skip", "Skip, ask later", _FACES, ("X",)),
    Action("reject", "Reject: not a face, unusable", _FACES, ("Shift+X",)),
    Action("group-pass", "Group pass: one landmark group, face after face", _FACES, ("Shift+G",), toggle=True),
    Action("draw-box", "Face boxes: draw, move, resize", _FACE, ("B",), "drag", toggle=True),
    Action("drag-face", "Move the whole face", _FACE, (), "Ctrl+Shift-drag", "canvas"),
    Action("attribute", "Face attribute: yes, no, unset", _FACE, tuple("123456"), per_key=True),
    Action("next-landmark", "Next landmark", _LANDMARKS, ("Tab",), "", "canvas", repeat=True),
    Action("previous-landmark", "Previous landmark", _LANDMARKS, ("Shift+Tab",), "", "canvas", repeat=True),
    Action("next-doubtful", "Next doubtful landmark", _LANDMARKS, ("N",), repeat=True),
    Action("ask-all", "Answer for all landmarks, not only those in doubt", _LANDMARKS, ("Shift+N",)),
    Action("snap", "Move the nearest landmark to the cursor", _LANDMARKS, (), "click", "canvas"),
    Action("snap-current", "Move the current landmark to the cursor", _LANDMARKS, (), "Ctrl-click", "canvas"),
    Action("place-mode", "Place landmarks in order, one a click", _LANDMARKS, ("P",), "click", toggle=True),
    Action("contour", "Curves: draw along one, or pull its line", _LANDMARKS, ("C",), "drag", toggle=True),
    Action("drag-landmark", "Move a landmark", _LANDMARKS, (), "drag", "canvas"),
    Action("drag-group", "Move its whole group", _LANDMARKS, (), "Shift-drag", "canvas"),
    Action("nudge-1", "Nudge by 1 px", _LANDMARKS, _ARROWS, scope="canvas", per_key=True),
    Action(
        "nudge-10", "Nudge by 10 px", _LANDMARKS, tuple(f"Shift+{k}" for k in _ARROWS), scope="canvas", per_key=True
    ),
    Action(
        "nudge-0.1", "Nudge by 0.1 px", _LANDMARKS, tuple(f"Ctrl+{k}" for k in _ARROWS), scope="canvas", per_key=True
    ),
    Action("suggest", "Let untouched landmarks follow corrections", _LANDMARKS, ("S",), toggle=True),
    Action("take-over", "Repeat the label of a near-duplicate", _LANDMARKS, ("R",)),
    Action("visibility", "Visible, occluded, absent", _LANDMARKS, ("V",), "right click"),
    Action("clear", "Make the landmark absent", _LANDMARKS, ("Delete",), scope="canvas"),
    Action(
        "cancel", "Put back what is dragged; leave the mode, or the group pass", _LANDMARKS, ("Esc",), scope="canvas"
    ),
    Action("undo", "Undo", _LANDMARKS, ("Ctrl+Z",), repeat=True),
    Action("redo", "Redo", _LANDMARKS, ("Ctrl+Shift+Z", "Ctrl+Y"), repeat=True),
    Action("hide", "Hide the points while held", _VIEW, ("H",), scope="canvas", hold=True),
    Action("adjust", "Brightness, contrast, gamma of the view", _VIEW, ("I",), "with the wheel", "canvas", hold=True),
    Action("upright", "Turn faces upright", _VIEW, ("U",), toggle=True),
    Action("heatmap", "What the model saw: heatmap of the landmarks", _VIEW, ("M",), toggle=True),
    Action("errors", "Expected errors beside landmarks in doubt", _VIEW, ("E",), toggle=True),
    Action("names", "Names of landmarks", _VIEW, ("T",), toggle=True),
    Action("edges", "Lines between landmarks", _VIEW, ("L",), toggle=True),
    Action("fit-face", "Fit the face", _VIEW, ("F",)),
    Action("actual-size", "One image pixel, one screen pixel", _VIEW, ("Ctrl+0",)),
    Action("fit-image", "Fit the image", _VIEW, ("Ctrl+F",)),
    Action("zoom", "Zoom at the cursor", _VIEW, (), "wheel", "canvas"),
    Action("pan", "Move the picture", _VIEW, (), "middle-drag, drag beside the points", "canvas"),
    Action("leave-canvas", "Go from the canvas to the next control", _VIEW, ("Ctrl+Tab",), scope="canvas"),
    Action("history", "History of the face, and older revisions", _FACES, ("Ctrl+H",)),
    Action("retry-save", "Save what could not be saved again", _FACES, ("Ctrl+S",)),
    Action("keys", "All keys", _VIEW, ("F1", "?")),
)


def _review(id: str, text: str, keys: tuple[str, ...], **more: Any) -> Action:
    return Action(f"review-{id}", text, _REVIEW, keys, screen="review", **more)


_OF_REVIEW: tuple[Action, ...] = (
    _review("accept", QT_TR_NOOP("Accept the label, next face"), ("Space", "Return", "Enter"), scope="lists"),
    _review("send-back", QT_TR_NOOP("Send back with a note"), ("X",)),
    _review("undo", QT_TR_NOOP("Take the last verdict back"), ("Ctrl+Z",)),
    _review("gold", QT_TR_NOOP("Gold face: the label is a right answer"), ("G",)),
    _review("next", QT_TR_NOOP("Next face"), ("D", "PgDown"), repeat=True),
    _review("previous", QT_TR_NOOP("Previous face"), ("A", "PgUp"), repeat=True),
    _review("label", QT_TR_NOOP("Show the label"), ("1",)),
    _review("model", QT_TR_NOOP("Show the model's shape"), ("2",)),
    _review("second", QT_TR_NOOP("Show the other annotator's shape"), ("3",)),
    _review("beside", QT_TR_NOOP("Two labels side by side"), ("B",)),
    _review("fit", QT_TR_NOOP("Fit the face"), ("F",)),
    _review("hide", QT_TR_NOOP("Hide the points while held"), ("H",), hold=True),
    _review("open", QT_TR_NOOP("Put it right on the desk"), ("E",)),
    _review("look", QT_TR_NOOP("Zoom, move the picture"), (), mouse=QT_TR_NOOP("wheel, drag")),
    _review("name", QT_TR_NOOP("Name of a landmark"), (), mouse=QT_TR_NOOP("hold the cursor over it")),
    _review("keys", QT_TR_NOOP("All keys"), ("F1", "?")),
)

ACTIONS: tuple[Action, ...] = (*_LABEL, *_OF_REVIEW)


def of_screen(screen: Screen) -> tuple[Action, ...]:
    """In the order in which menus and help list them."""
    return tuple(action for action in ACTIONS if action.screen == screen)


BY_ID: Mapping[str, Action] = MappingProxyType({action.id: action for action in ACTIONS})
