"""Keeping near-duplicates out of one batch: of a burst or of the frames of a film, a person is asked for once.

A second frame of the same moment teaches the model next to nothing and costs as much as the first. The others stay in
the pool, and may come with a later batch.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.acquisition import Choice, Reason
from facelabel.campaign.pool import StoredPool
from facelabel.store import bursts
from facelabel.store.bursts import Shown
from facelabel.store.tables import Image

_TURNS = 12
"""Times that the strategy is asked again for what near-duplicates left open."""
_MORE = 4
"""It is asked for so many times as many each time, as often as ``_MOST`` allows: bursts stand together in a ranking."""
_MOST = 16

Choose = Callable[[StoredPool, int], Choice]


def apart(
    s: Session, found: StoredPool, first: Choice, k: int, choose: Choose, beside: Collection[int]
) -> tuple[Choice, str | None]:
    """The ``first`` choice of ``k`` without faces that repeat an earlier one of it, or one of ``beside`` (face ids of
    the same batch); ``choose`` fills what that leaves open.

    The reasons say what stands aside. Where nothing but near-duplicates is left they come all the same, and a line for
    the lead says so: an annotator is never left without a face.
    """
    if s.scalar(select(Image.id).where(Image.burst.is_not(None)).limit(1)) is None:
        return first, None
    taken = list(bursts.shown(s, beside).values())
    kept: list[tuple[int, Reason]] = []
    spare: list[tuple[int, Reason]] = []
    choice, factor = first, 1
    for _ in range(_TURNS):
        ids = {row: int(found.ids[row]) for row in choice.faces}
        known = bursts.shown(s, ids.values())
        full = len(choice.faces) >= (k - len(kept)) * factor
        for row, reason in zip(choice.faces, choice.reasons, strict=True):
            here = known.get(ids[row])
            if here is not None and any(here.repeats(other) for other in taken):
                spare.append((row, reason))
            elif len(kept) < k:
                kept.append((row, _told(reason, here)))
                taken += [] if here is None else [here]
        if len(kept) >= k or not full:
            break
        found = _without(found, [row for row, _ in [*kept, *spare]])
        factor = min(factor * _MORE, _MOST)
        choice = choose(found, (k - len(kept)) * factor)
    filled = spare[: k - len(kept)]
    rows = [*kept, *filled]
    chosen = replace(first, faces=tuple(row for row, _ in rows), reasons=tuple(reason for _, reason in rows))
    if not filled:
        return chosen, None
    return chosen, f"{len(filled)} near-duplicates of other faces of the batch come along: nothing else is left"


def _told(reason: Reason, here: Shown | None) -> Reason:
    if here is None:
        return reason
    said = f"one of {here.images} near-duplicate images, the others wait"
    return replace(reason, detail=f"{reason.detail}; {said}" if reason.detail else said)


def _without(found: StoredPool, rows: Sequence[int]) -> StoredPool:
    """The same pool with those rows asked for already."""
    queued = np.zeros(len(found.pool), dtype=bool) if found.pool.queued is None else found.pool.queued.copy()
    queued[list(rows)] = True
    return replace(found, pool=replace(found.pool, queued=queued))
