"""Every edit of a session is counted as what made it: a click, a drag or a key."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from facelabel import schemes
from facelabel.desk.marks import Start
from facelabel.desk.session import EditSession
from facelabel.desk.work import WorkMeter
from facelabel.geometry import Box
from facelabel.shapes.prior import ShapePrior
from facelabel.store.work import GroupWork

SCHEME = schemes.load("300w-68")
SHAPE = SCHEME.template_shape * [SCHEME.template_aspect * 100, 100] + 50
PRIOR = ShapePrior(SCHEME.template_shape * [SCHEME.template_aspect, 1.0], SCHEME.flip_index)
JAW, NOSE = 8, 30

Edit = Callable[[EditSession], object]


def opened() -> EditSession:
    start = Start.from_shape(SHAPE, "prediction", confidence=np.full(68, 0.5), asked=range(40))
    return EditSession(SCHEME, start, Box.around(SHAPE), PRIOR)


def told(*edits: Edit) -> tuple[GroupWork, ...]:
    session, meter = opened(), WorkMeter(SCHEME)
    for seconds, edit in enumerate(edits, start=1):
        edit(session)
        meter.edited(session.last_step, float(seconds))
    return meter.groups(float(len(edits)), session.shape)


def counted(*edits: Edit) -> dict[str, int]:
    kinds = ("clicks", "drags", "keys", "corrections")
    return {kind: total for kind in kinds if (total := sum(getattr(one, kind) for one in told(*edits)))}


def dragged(session: EditSession) -> None:
    session.begin_drag([JAW])
    session.drag_to(3.0, 4.0)
    session.end_drag()


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda session: session.take_over(SHAPE + 2), {"keys": 1}),
        (lambda session: session.nudge(JAW, 1.0, 0.0), {"keys": 1, "corrections": 1}),
        (lambda session: session.set_visibility(JAW, "occluded"), {"keys": 1, "corrections": 1}),
        (lambda session: session.ask_for_all(), {"keys": 1}),
        (lambda session: session.confirm_group("nose-bridge"), {"keys": 1}),
        (lambda session: session.move(JAW, (70.0, 80.0)), {"clicks": 1, "corrections": 1}),
        (lambda session: session.place(JAW, (70.0, 80.0)), {"clicks": 1, "corrections": 1}),
        (dragged, {"drags": 1, "corrections": 1}),
        (
            lambda session: session.put("move face", dict(enumerate(session.shape + 3.0))),
            {"drags": 1, "corrections": 1},
        ),
        (lambda session: session.put("along the curve", {JAW: (70.0, 80.0)}), {"drags": 1, "corrections": 1}),
    ],
)
def test_an_edit_counts_as_what_made_it(edit: Edit, expected: dict[str, int]) -> None:
    assert counted(edit) == expected


def test_suggestions_are_turned_off_and_on_by_key() -> None:
    edits: tuple[Edit, ...] = (
        lambda session: session.move(JAW, (70.0, 80.0)),
        lambda session: session.set_suggesting(False),
        lambda session: session.set_suggesting(True),
    )
    assert counted(*edits) == {"clicks": 1, "keys": 2, "corrections": 1}


def test_attributes_are_set_by_key() -> None:
    scheme = schemes.load("wflw-98")
    shape = scheme.template_shape * [scheme.template_aspect * 100, 100] + 50
    session, meter = EditSession(scheme, Start.from_shape(shape, "template"), Box.around(shape)), WorkMeter(scheme)
    session.cycle_attribute(scheme.attributes[0].id)
    meter.edited(session.last_step, 1.0)
    (whole,) = meter.groups(1.0, shape)
    assert (whole.keys, whole.corrections) == (1, 0)


def test_a_label_taken_over_is_nobodys_correction_and_moves_no_group() -> None:
    """Where it is taken over twice, as after an undo elsewhere, each time is a key."""
    works = told(lambda session: session.take_over(SHAPE + 2), lambda session: session.take_over(SHAPE + 4))
    (whole,) = works
    assert (whole.group, whole.keys, whole.corrections, whole.moved) == ("", 2, 0, 0.0)
