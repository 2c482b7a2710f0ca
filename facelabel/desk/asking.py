"""Which landmarks of a face a person answers for, and which landmark groups wait to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from facelabel.desk.marks import Mark
from facelabel.desk.session import EditSession
from facelabel.schemes import Scheme


def asked(session: EditSession) -> tuple[int, ...]:
    """The landmarks that the label will answer for; the others stay the model's."""
    return tuple(i for i, mark in enumerate(session.marks) if mark.source != "predicted")


def in_part(session: EditSession) -> bool:
    """Whether some landmarks are not asked for."""
    return any(mark.source == "predicted" for mark in session.marks)


def unconfirmed(session: EditSession) -> list[str]:
    """The groups with landmarks that are asked for and that nobody has confirmed yet, in the scheme's order."""
    wanted = set(asked(session))
    waiting = (name for name, indices in session.scheme.groups.items() if wanted.intersection(indices))
    return [name for name in waiting if name not in session.confirmed]


def waiting(scheme: Scheme, content: Mapping[str, Any] | None, wanted: Sequence[int] | None) -> frozenset[str]:
    """As ``unconfirmed``, of a face that is not open: by its draft's ``content``, else by the landmarks ``wanted`` of
    it (None: all)."""
    confirmed: frozenset[str] = frozenset()
    if content is not None:
        confirmed = frozenset(content["session"].get("confirmed", ()))
        marks = [Mark.from_content(mark) for mark in content["session"]["marks"]]
        wanted = [i for i, mark in enumerate(marks) if mark.source != "predicted"]
    indices = set(range(scheme.size) if wanted is None else wanted)
    return frozenset(name for name, of in scheme.groups.items() if indices.intersection(of)) - confirmed


def overlooked(session: EditSession, *, blind: bool) -> int:
    """Landmarks that still stand where the generic shape of a face without a prediction has them, where accepting that
    is likely a slip: nothing was done at all, or, on an audit face, where nothing follows, to less than half. Else 0.
    """
    if session.start.origin != "template":
        return 0
    rest = sum(mark.present and not mark.by_hand for mark in session.marks)
    return rest if rest == session.scheme.size or (blind and 2 * rest > session.scheme.size) else 0
