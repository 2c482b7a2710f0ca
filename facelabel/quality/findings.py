"""What can be suspected of a label: the kinds of finding, how much each weighs, and how they add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from facelabel.phrases import QT_TR_NOOP

FindingKind = Literal[
    "flipped",
    "duplicate",
    "outside",
    "disagrees",
    "differs",
    "crossed",
    "outlier",
    "refused",
    "similar",
    "fast",
    "untouched",
]


@dataclass(frozen=True)
class Finding:
    """One reason to look at a label again.

    ``size`` says how far beyond the usual it is: 1 is where it begins to be told, 2 twice as far. ``text`` says it to
    the reviewer; ``landmarks`` are the indices that it is about, the worst first, none for the whole face.
    """

    kind: FindingKind
    size: float
    text: str
    landmarks: tuple[int, ...] = ()

    @property
    def weight(self) -> float:
        """0 to 1: what this finding alone says for an error. It grows with the size towards its kind's limit."""
        return KINDS[self.kind].limit * max(0.0, 1 - 1 / self.size**2) if self.size > 0 else 0.0


@dataclass(frozen=True)
class Kind:
    """``limit`` is the weight that the largest finding of this kind comes near."""

    title: str
    limit: float


KINDS: Mapping[FindingKind, Kind] = MappingProxyType(
    {
        "flipped": Kind(QT_TR_NOOP("Left and right swapped"), 0.99),
        "duplicate": Kind(QT_TR_NOOP("Same face twice"), 0.97),
        "outside": Kind(QT_TR_NOOP("Points outside"), 0.95),
        "disagrees": Kind(QT_TR_NOOP("Model disagrees"), 0.95),
        "differs": Kind(QT_TR_NOOP("Second label differs"), 0.9),
        "crossed": Kind(QT_TR_NOOP("Lines cross"), 0.9),
        "outlier": Kind(QT_TR_NOOP("Unusual shape"), 0.9),
        "refused": Kind(QT_TR_NOOP("Somebody refused it"), 0.9),
        "similar": Kind(QT_TR_NOOP("Near-identical photo"), 0.3),
        "fast": Kind(QT_TR_NOOP("Very fast"), 0.4),
        "untouched": Kind(QT_TR_NOOP("Accepted untouched"), 0.4),
    }
)
"""In the order in which a reviewer reads them; the limits say how sure each kind can be of an error."""

assert tuple(KINDS) == get_args(FindingKind)


def suspicion(findings: Iterable[Finding]) -> float:
    """0 to 1: findings speak independently, each leaves 1 minus its weight of the belief that the label is right."""
    right = 1.0
    for finding in findings:
        right *= 1 - finding.weight
    return 1 - right
