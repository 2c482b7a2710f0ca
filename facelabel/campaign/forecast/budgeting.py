"""What counts to a campaign's budget, in faces and in hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["labelled", "audit", "gold", "repeated", "rejected", "review"]
"""Faces labelled to train on, labelled blind to measure on, labelled for a known answer, labelled a second time,
looked at and refused; and looks at finished labels."""

KINDS: tuple[Kind, ...] = get_args(Kind)
_FACES: frozenset[Kind] = frozenset({"labelled", "audit", "gold", "repeated"})
"""Whose faces count as labels asked for; the time of every kind counts."""


@dataclass(frozen=True)
class Work:
    """``faces`` that a kind of work took in, and the ``seconds`` that were logged for it."""

    faces: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Budget:
    """``faces`` and ``hours`` spent of ``face_limit`` and ``hour_limit`` (None: no limit of that kind).

    ``faces_left`` is what both limits still allow at the expected pace, None where neither binds; ``ends_by`` is the
    limit that will be reached first. ``text`` says what is spent and left, ``counts`` what counts.
    """

    faces: int
    hours: float
    face_limit: int | None
    hour_limit: float | None
    faces_left: int | None
    ends_by: Literal["faces", "hours"] | None
    spent: bool
    text: str
    counts: str


def budget(
    work: Mapping[Kind, Work],
    *,
    face_limit: int | None = None,
    hour_limit: float | None = None,
    seconds_a_face: float | None = None,
) -> Budget:
    """Add up what counts. ``seconds_a_face``: the expected pace (``effort``'s), needed to turn hours left into faces;
    without it an hour limit that is not reached yet allows any number. Raises ValueError for negative numbers."""
    numbers = [value for one in work.values() for value in (one.faces, one.seconds)]
    if min([*numbers, face_limit or 0, hour_limit or 0, seconds_a_face or 0], default=0) < 0:
        raise ValueError("faces, seconds and limits are not negative")
    faces = sum(one.faces for kind, one in work.items() if kind in _FACES)
    hours = sum(one.seconds for one in work.values()) / 3600
    by_faces = None if face_limit is None else max(0, face_limit - faces)
    by_hours: int | None = None
    if hour_limit is not None:
        if hours >= hour_limit:
            by_hours = 0
        elif seconds_a_face:
            by_hours = int((hour_limit - hours) * 3600 / seconds_a_face + 1e-9)
    left, ends_by = _first(by_faces, by_hours)
    spent = (face_limit is not None and faces >= face_limit) or (hour_limit is not None and hours >= hour_limit)
    said = [f"{faces:,} of {_faces(face_limit)}" if face_limit is not None else _faces(faces)]
    said.append(f"{hours:.1f} of {hour_limit:g} hours" if hour_limit is not None else f"{hours:.1f} hours")
    text = f"{' and '.join(said)} spent"
    if spent:
        text += "; the budget is used up"
    elif left is not None:
        text += f"; {_faces(left)} left" + (", by the hours" if ends_by == "hours" else "")
    return Budget(faces, hours, face_limit, hour_limit, left, ends_by, spent, text, _counts(work))


def _first(by_faces: int | None, by_hours: int | None) -> tuple[int | None, Literal["faces", "hours"] | None]:
    if by_hours is not None and (by_faces is None or by_hours < by_faces):
        return by_hours, "hours"
    return by_faces, None if by_faces is None else "faces"


def _faces(count: int) -> str:
    return f"{count:,} face{'' if count == 1 else 's'}"


def _counts(work: Mapping[Kind, Work]) -> str:
    """'faces: 60 labelled, 12 audit; hours: …', kinds without any work left out."""
    done = [kind for kind in KINDS if kind in work and (work[kind].faces or work[kind].seconds)]
    faces = [f"{work[kind].faces:,} {kind}" for kind in done if kind in _FACES]
    hours = [f"{work[kind].seconds / 3600:.1f} {kind}" for kind in done]
    return f"faces: {', '.join(faces) or 'none'}; hours: {', '.join(hours) or 'none'}"
