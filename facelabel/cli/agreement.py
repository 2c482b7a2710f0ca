"""How far the people of a project agree, from the faces that were labelled twice."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from facelabel.cli.console import JsonOption, ProjectArgument, counted, existing, result

if TYPE_CHECKING:
    from facelabel.quality.agreement import Agreement

_WORST = 10


def agreement(project: ProjectArgument, as_json: JsonOption = False) -> None:
    """Agreement between annotators, of each with themselves, and with gold faces."""
    from facelabel.quality.agreement import measure
    from facelabel.store.project import Project

    with Project.open(existing(project), read_only=True) as opened, opened.reading() as session:
        found = measure(session, opened.scheme)
    result(_plain(asdict(found)), as_json, lambda: print("\n".join(_lines(found))))


def _lines(found: Agreement) -> list[str]:
    if not found.groups:
        return ["no face was labelled twice yet: facelabel campaign PROJECT repeated=0.05 asks for it"]
    names = {"between": "{} and {}", "within": "{} again", "gold": "{} and gold"}
    same = f"{found.assisted} of {counted(found.faces, 'face')} began with the same prediction"
    lines = [f"distances in % of {found.normaliser}; {same}"]
    for group in found.groups:
        who = names[group.who].format(*group.people)
        lines.append(f"{who:<32s} {group.faces:5d} faces  {group.nme:5.2f} %  ({group.low:.2f}–{group.high:.2f})")
    if found.floor is not None:
        lines.append(f"floor: {100 * found.floor:.2f} %")
    far = sorted(found.landmarks, key=lambda one: -one.mean)[:_WORST]
    for one in far:
        icc = "" if one.icc is None else "  ICC(2,1) " + ", ".join(f"{axis.agreement:.2f}" for axis in one.icc)
        spread = "±{:.2f}, ±{:.2f}".format(*one.spread)
        lines.append(f"{one.name:<32s} {one.faces:5d} faces  {one.mean:5.2f} %  x, y {spread}{icc}")
    return lines


def _plain(value: Any) -> Any:
    """JSON has no NaN."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
