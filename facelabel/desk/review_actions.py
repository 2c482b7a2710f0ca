"""What a reviewer can do by key: the Review screen's part of the registry (see ``desk.actions``)."""

from __future__ import annotations

from facelabel.desk.actions import Action
from facelabel.phrases import QT_TR_NOOP

_REVIEW = QT_TR_NOOP("Review")

REVIEW_ACTIONS: tuple[Action, ...] = (
    Action("review-accept", QT_TR_NOOP("Accept the label, next face"), _REVIEW, ("Space", "Return", "Enter")),
    Action("review-send-back", QT_TR_NOOP("Send back with a note"), _REVIEW, ("X",)),
    Action("review-undo", QT_TR_NOOP("Take the last verdict back"), _REVIEW, ("Ctrl+Z",)),
    Action("review-gold", QT_TR_NOOP("Gold face: the label is a right answer"), _REVIEW, ("G",), toggle=True),
    Action("review-next", QT_TR_NOOP("Next face"), _REVIEW, ("D", "PgDown"), repeat=True),
    Action("review-previous", QT_TR_NOOP("Previous face"), _REVIEW, ("A", "PgUp"), repeat=True),
    Action("review-label", QT_TR_NOOP("Show the label"), _REVIEW, ("1",), toggle=True),
    Action("review-model", QT_TR_NOOP("Show the model's shape"), _REVIEW, ("2",), toggle=True),
    Action("review-second", QT_TR_NOOP("Show the other annotator's shape"), _REVIEW, ("3",), toggle=True),
    Action("review-beside", QT_TR_NOOP("Two labels side by side"), _REVIEW, ("B",), toggle=True),
    Action("review-fit", QT_TR_NOOP("Fit the face"), _REVIEW, ("F",)),
    Action("review-hide", QT_TR_NOOP("Hide the points while held"), _REVIEW, ("H",), hold=True),
    Action("review-open", QT_TR_NOOP("Put it right on the desk"), _REVIEW, ("E",)),
    Action("review-look", QT_TR_NOOP("Zoom, move the picture"), _REVIEW, (), QT_TR_NOOP("wheel, drag")),
    Action("review-keys", QT_TR_NOOP("All keys"), _REVIEW, ("F1", "?")),
)
"""Single letters are dead while the note is written."""
