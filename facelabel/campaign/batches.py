"""Drawing: the next batch, and the faces handed out ahead while a model trains.

Everything here runs in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from facelabel.campaign import again, audit, counting, spending
from facelabel.campaign.picking import Pick, Picks, pick, strategy_now
from facelabel.campaign.settings import CampaignSettings, stored
from facelabel.errors import FacelabelError
from facelabel.store import arrays, faces, rounds, versions
from facelabel.store.among import among
from facelabel.store.rounds import BatchEntry
from facelabel.store.tables import BatchItem, Draft, Face, Round


def draw(s: Session, settings: CampaignSettings) -> Round:
    """Start the next round. Raises FacelabelError when the budget is spent or no face is left to ask for."""
    left = spending.left(s, settings)
    if left == 0:
        raise FacelabelError(f"the budget of {_limits(settings)} is spent", cure="raise the budget to go on")
    last = counting.newest_round(s)
    number = 1 if last is None else last.number + 1
    carried, seen = ([], set()) if last is None else _carry_over(s, last)
    k = size(s, settings)
    once_more = again.wanted(s, settings, number, k)[: left // 2]
    k = min(k, left - len(once_more))
    _bring_back_skipped(s, k)
    wanted, k = k, min(k, counting.in_state(s, "open"))
    if k == 0:
        raise FacelabelError("no face is left to label", cure="import more photos, or find faces in them")

    carried = carried[:k]
    taken = {item.face_id for item in carried}
    measuring = audit.draw(s, settings, number, k, k - len(taken), taken | seen)
    taken |= set(measuring)
    chosen = pick(s, settings, k - len(taken), asked=taken, key=(number, 0))
    taken |= {one.face_id for one in chosen.picks}
    measuring += audit.waiting(s, taken)[: k - len(taken)]
    rest = [*chosen.picks]
    for place, face_id in zip(_places(settings, number, len(rest), len(measuring)), measuring, strict=True):
        rest.insert(place, Pick(face_id, None, audit.WHY))
    short = f"of the {wanted} that a batch asks for, only {k} can be had" if k < wanted else None
    taken_ranks = again.places(settings, number, k, len(once_more))
    free_ranks = [rank for rank in range(1, k + len(once_more) + 1) if rank not in taken_ranks]
    drawn = rounds.start(
        s,
        function=chosen.function,
        settings=settings.model_dump(),
        ranked_by_id=chosen.version_id,
        items=_entries([*carried, *rest], free_ranks),
        notice="; ".join(line for line in (short, chosen.notice) if line) or None,
    )
    again.ask(s, drawn, once_more, taken_ranks)
    return drawn


def size(s: Session, settings: CampaignSettings) -> int:
    """Faces that the next batch is to have."""
    latest = versions.latest(s)
    return settings.batch if latest is not None and latest.labels else settings.first_batch


def redraw(s: Session, settings: CampaignSettings) -> int:
    """Choose again the untouched faces of a batch that chance drew because nothing was known yet; how many changed.

    What is answered or begun stays, and so do audit faces.
    """
    current = rounds.current(s)
    if current is None or current.state != "labelling" or current.function != "random":
        return 0
    newest = arrays.scored_by(s)
    if newest is None or strategy_now(s, settings, newest) == "random":
        return 0
    rows = s.execute(
        select(BatchItem, (Face.state == "open") & ~Face.holdout & Draft.face_id.is_(None))
        .join(Face, Face.id == BatchItem.face_id)
        .outerjoin(Draft, Draft.face_id == BatchItem.face_id)
        .where(BatchItem.round_id == current.id, ~BatchItem.ahead)
        .order_by(BatchItem.rank)
    ).all()
    untouched = [item for item, free in rows if free]
    asked = {item.face_id for item, free in rows if not free}
    chosen = pick(s, settings, len(untouched), asked=asked, key=(current.number, 1))
    if not chosen.picks or chosen.function == "random":
        return 0
    before = {item.face_id for item in untouched}
    s.execute(delete(BatchItem).where(BatchItem.round_id == current.id, BatchItem.face_id.in_(among(before))))
    rounds.add_items(s, current.id, _entries(chosen.picks, [item.rank for item in untouched]))
    current.function, current.ranked_by_id, current.notice = chosen.function, chosen.version_id, chosen.notice
    return len({one.face_id for one in chosen.picks} - before)


def hand_out_ahead(s: Session, settings: CampaignSettings, round_: Round) -> None:
    """Top up a complete batch's open ahead faces to the overlap, from the same ranking, never past the budget."""
    rows = s.execute(
        select(BatchItem, Face.state).join(Face, Face.id == BatchItem.face_id).where(BatchItem.round_id == round_.id)
    ).all()
    ahead = sum(item.ahead and state == "open" for item, state in rows)
    under, _ = stored(round_.settings)
    wanted = min(under.overlap, spending.left(s, settings)) - ahead
    if wanted <= 0:
        return
    asked = {item.face_id for item, _ in rows}
    chosen = pick(s, under, wanted, asked=asked, key=(round_.number, len(rows)), version_id=round_.ranked_by_id)
    last = max((item.rank for item, _ in rows), default=0)
    ranks = range(last + 1, last + 1 + len(chosen.picks))
    rounds.add_items(s, round_.id, _entries(chosen.picks, ranks, ahead=True))
    round_.notice = chosen.notice or round_.notice


def preview(s: Session, settings: CampaignSettings) -> tuple[Picks, int]:
    """What these settings would choose if the next batch were drawn now, and how many audit faces would come with it;
    nothing is stored.

    Audit faces are chance and are not among the picks; faces of the present batch count as answered.
    """
    last = counting.newest_round(s)
    asked = set() if last is None else {item.face_id for item in rounds.items(s, last.id)}
    number = 1 if last is None else last.number + 1
    k = min(size(s, settings), spending.left(s, settings))
    measuring = audit.share_of(s, settings, k)
    return pick(s, settings, k - measuring, asked=asked, key=(number, 0), beside=()), measuring


def _entries(picks: Iterable[Pick], ranks: Iterable[int], *, ahead: bool = False) -> list[BatchEntry]:
    return [
        BatchEntry(one.face_id, rank, one.score, one.why, ahead, one.doubts)
        for one, rank in zip(picks, ranks, strict=False)
    ]


def _places(settings: CampaignSettings, number: int, n: int, m: int) -> list[int]:
    """Where the m audit faces go among n others: spread by chance, so that they come at no fixed hour."""
    rng = np.random.default_rng([settings.seed, number, 2])
    return sorted(int(place) for place in rng.integers(0, n + 1, size=m))


def _carry_over(s: Session, last: Round) -> tuple[list[Pick], set[int]]:
    """Ahead faces that nobody touched go back to the pool; those with a draft open the next batch. Also the ids of
    both: somebody may have seen their predictions."""
    rows = s.execute(
        select(BatchItem, Draft.face_id)
        .join(Face, Face.id == BatchItem.face_id)
        .outerjoin(Draft, Draft.face_id == BatchItem.face_id)
        .where(BatchItem.round_id == last.id, BatchItem.ahead, Face.state == "open")
        .order_by(BatchItem.rank)
    ).all()
    open_ids = {item.face_id for item, _ in rows}
    carried = [
        Pick(item.face_id, item.score, item.why, tuple(item.doubts or ())) for item, draft in rows if draft is not None
    ]
    s.execute(delete(BatchItem).where(BatchItem.round_id == last.id, BatchItem.face_id.in_(among(open_ids))))
    return carried, open_ids


def _bring_back_skipped(s: Session, k: int) -> None:
    """Skipped faces come back when there are not enough others."""
    missing = k - counting.in_state(s, "open")
    if missing > 0:
        for face_id in s.scalars(select(Face.id).where(Face.state == "skipped").order_by(Face.id).limit(missing)).all():
            faces.set_state(s, face_id, "open")


def _limits(settings: CampaignSettings) -> str:
    faces_limit = None if settings.budget is None else f"{settings.budget:,} face{'' if settings.budget == 1 else 's'}"
    hours = None if settings.hours is None else f"{settings.hours:g} hours"
    return " and ".join(one for one in (faces_limit, hours) if one is not None)
