"""What the open face takes of a person: active seconds and edits, by landmark group, until they decide about it.

Nothing here looks at keys or at the pointer; it counts the steps of the edit session. The time before an edit belongs
to the group that was edited, what is left (looking, deciding) to the face as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.desk.history import TAKEN_OVER
from facelabel.desk.marks import Mark, Step
from facelabel.errors import FacelabelError
from facelabel.metrics.nme import default_kind, normaliser
from facelabel.schemes import Scheme
from facelabel.store.work import WHOLE, GroupWork

_CLICKS = frozenset({"move", "place"})
_KEYS = frozenset(
    {
        "nudge",
        "visibility",
        "clear",
        "attribute",
        "suggestions",
        "no suggestions",
        "confirm group",
        "ask for all",
        TAKEN_OVER,
    }
)
"""Names of steps that are made with a click or with a key; every other is dragged."""


class WorkMeter:
    """``begun``: the active seconds that the face had taken before; what is counted here comes on top."""

    def __init__(self, scheme: Scheme, begun: float = 0.0, content: Mapping[str, Any] | None = None) -> None:
        """``content``: of an interrupted face (see ``to_content``). Raises KeyError, TypeError or ValueError where it
        is no such thing."""
        self._scheme = scheme
        self._groups: dict[str, GroupWork] = {}
        self._begun = begun
        self._last: Step | None = None
        self._run: tuple[int, ...] = ()
        """The landmarks that the last edit moved by key: more of that are the same correction."""
        if content:
            self._begun = float(content["begun"])
            for name, (seconds, clicks, drags, keys, corrections, moved) in content["groups"].items():
                counted = GroupWork(name, float(seconds), int(clicks), int(drags), int(keys), int(corrections))
                self._groups[name] = replace(counted, moved=float(moved))

    def skip(self, step: Step | None) -> None:
        """The step that is there when the counting begins is nobody's work now."""
        self._last = step

    def edited(self, step: Step | None, seconds: float) -> None:
        """``step`` is the session's last one, ``seconds`` the face's active time until now. One that was counted
        already is not counted again."""
        if step is None or step is self._last:
            return
        self._last = step
        touched = _touched(step)
        kind = "clicks" if step.name in _CLICKS else "keys" if step.name in _KEYS else "drags"
        again = kind == "keys" and bool(touched) and tuple(touched) == self._run
        self._run = tuple(touched) if kind == "keys" else ()
        group = self._group(touched) if step.confirmed is None else "".join(step.confirmed[1] - step.confirmed[0])
        self._add(group, seconds, kind, int(bool(touched) and not again), _distance(touched))

    def travelled(self, step: Step, now: Step | None, seconds: float) -> None:
        """``step`` was undone or redone, after which ``now`` is the session's last: one key, no correction."""
        self._last, self._run = now, ()
        self._add(self._group(_touched(step)), seconds, "keys", 0, 0.0)

    def groups(self, seconds: float, shape: npt.NDArray[np.float64]) -> tuple[GroupWork, ...]:
        """All that was counted; ``seconds``: the face's active time until now, ``shape`` (L, 2) as it is left."""
        size = self._size(shape)
        rest = self._groups.get(WHOLE, GroupWork(WHOLE))
        every = self._groups | {WHOLE: replace(rest, seconds=rest.seconds + self._unaccounted(seconds))}
        return tuple(replace(g, moved_share=None if size is None else g.moved / size) for g in every.values())

    def to_content(self) -> dict[str, Any]:
        """As JSON data, for the draft of an interrupted face."""
        counted = {
            name: [g.seconds, g.clicks, g.drags, g.keys, g.corrections, g.moved] for name, g in self._groups.items()
        }
        return {"begun": self._begun, "groups": counted}

    def _add(self, group: str, seconds: float, kind: str, corrections: int, moved: float) -> None:
        known = self._groups.get(group, GroupWork(group))
        self._groups[group] = replace(
            known,
            seconds=known.seconds + self._unaccounted(seconds),
            corrections=known.corrections + corrections,
            moved=known.moved + moved,
            **{kind: getattr(known, kind) + 1},
        )

    def _unaccounted(self, seconds: float) -> float:
        return max(0.0, seconds - self._begun - sum(g.seconds for g in self._groups.values()))

    def _group(self, touched: Mapping[int, object]) -> str:
        names = {self._scheme.landmarks[index].group for index in touched}
        return names.pop() if len(names) == 1 else WHOLE

    def _size(self, shape: npt.NDArray[np.float64]) -> float | None:
        try:
            return float(normaliser(self._scheme, shape, default_kind(self._scheme))[0])
        except FacelabelError:
            return None


def _touched(step: Step) -> dict[int, tuple[Mark, Mark]]:
    """The landmarks that a hand changed; those that followed as suggestions are not among them."""
    return {
        index: (old, new)
        for index, (old, new) in step.marks.items()
        if step.boxes is None and (new.by_hand or old.visibility != new.visibility)
    }


def _distance(touched: Mapping[int, tuple[Mark, Mark]]) -> float:
    """Image pixels, the mean of the landmarks that have a place before and after."""
    ways = [float(np.hypot(new.x - old.x, new.y - old.y)) for old, new in touched.values() if old.present]
    return float(np.nanmean(ways)) if ways and not np.isnan(ways).all() else 0.0
