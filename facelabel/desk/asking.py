"""Which landmarks of a face a person answers for, and which landmark groups wait to be confirmed."""

from __future__ import annotations

from facelabel.desk.session import EditSession


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
