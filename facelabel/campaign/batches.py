"""Drawing: the next batch, and the faces handed out ahead while a model trains.

Everything here runs in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from facelabel.acquisition import FUNCTIONS
from facelabel.campaign import counting, selection
from facelabel.campaign.settings import CampaignSettings
from facelabel.errors import FacelabelError
from facelabel.store import faces, predictions, rounds, versions
from facelabel.store.among import among
from facelabel.store.rounds import BatchEntry
from facelabel.store.tables import BatchItem, Draft, Embedding, Face, ModelVersion, Round, Score

_SHORT = {"nnm": "NNM", "entropy": "entropy", "k-center": "k-center"}
HOLDOUT = "random hold-out: measures the model"


@dataclass(frozen=True)
class Pick:
    face_id: int
    score: float | None
    why: str


@dataclass(frozen=True)
class Picks:
    """Faces in the order to ask for them, by the function that really chose; ``version_id`` is whose scores it used."""

    function: str
    version_id: int | None
    picks: list[Pick]


def draw(s: Session, settings: CampaignSettings) -> Round:
    """Start the next round. Raises FacelabelError when the budget is spent or no face is left to ask for."""
    left = counting.budget_left(s, settings)
    if left == 0:
        raise FacelabelError(f"the budget of {settings.budget} faces is spent", cure="raise the budget to go on")
    last = counting.newest_round(s)
    number = 1 if last is None else last.number + 1
    wanted = settings.batch if (latest := versions.latest(s)) is not None and latest.labels else settings.first_batch
    k = min(wanted, left)
    carried = [] if last is None else _carry_over(s, last)
    _bring_back_skipped(s, k)
    k = min(k, counting.in_state(s, "open"))
    if k == 0:
        raise FacelabelError("no face is left to label", cure="import more photos, or find faces in them")

    carried = carried[:k]
    taken = {entry.face_id for entry in carried}
    measuring = _draw_holdout(
        s, settings, number, min(selection.holdout_size(settings.holdout, k), k - len(taken)), taken
    )
    taken |= {pick.face_id for pick in measuring}
    chosen = rank(s, settings, k - len(taken), exclude=taken, key=(number, 0))
    rest = [*chosen.picks]
    for place, pick in zip(_places(settings, number, len(rest), len(measuring)), measuring, strict=True):
        rest.insert(place, pick)
    first = len(carried) + 1
    items = [BatchEntry(e.face_id, i, e.score, e.why, False) for i, e in enumerate(carried, start=1)]
    items += [BatchEntry(p.face_id, i, p.score, p.why, False) for i, p in enumerate(rest, start=first)]
    return rounds.start(
        s, function=chosen.function, settings=settings.model_dump(), ranked_by_id=chosen.version_id, items=items
    )


def hand_out_ahead(s: Session, settings: CampaignSettings, round_: Round) -> None:
    """Top up a complete batch's open ahead faces to K, from the same ranking, never past the budget."""
    rows = s.execute(
        select(BatchItem, Face.state).join(Face, Face.id == BatchItem.face_id).where(BatchItem.round_id == round_.id)
    ).all()
    ahead = sum(item.ahead and state == "open" for item, state in rows)
    wanted = min(settings.batch, counting.budget_left(s, settings)) - ahead
    if wanted <= 0:
        return
    known = {item.face_id for item, _ in rows}
    under = settings.model_copy(update={"function": round_.settings["function"], "discard": round_.settings["discard"]})
    picks = rank(s, under, wanted, exclude=known, key=(round_.number, len(rows)), version_id=round_.ranked_by_id).picks
    last = max((item.rank for item, _ in rows), default=0)
    rounds.add_items(
        s, round_.id, [BatchEntry(p.face_id, last + i, p.score, p.why, True) for i, p in enumerate(picks, start=1)]
    )


def rank(
    s: Session,
    settings: CampaignSettings,
    k: int,
    *,
    exclude: Collection[int],
    key: tuple[int, int],
    version_id: int | None = None,
) -> Picks:
    """The next k open faces by the settings' function on the newest scores (those of ``version_id`` if given).

    ``exclude`` are faces of the current round: they keep their places in the ranking, but do not come again. Where the
    function has nothing to go by yet, the draw is diverse if there are embeddings and random if not; faces that the
    ranking does not know follow at random.
    """
    rng = np.random.default_rng([settings.seed, *key])
    function = settings.function
    needs = FUNCTIONS[function].needs
    found: Picks | None = None
    if needs == "scores":
        found = _by_score(s, function, settings.discard, k, exclude, version_id)
    if needs == "embeddings" or (needs == "scores" and found is None):
        found = _by_diversity(s, k, exclude)
    if found is None:
        return _at_random(s, k, exclude, rng, apart=needs != "nothing")
    missing = k - len(found.picks)
    if missing > 0:
        known = {*exclude, *(pick.face_id for pick in found.picks)}
        rest = [
            Pick(p.face_id, None, "not scored yet: drawn at random") for p in _at_random(s, missing, known, rng).picks
        ]
        found = Picks(found.function, found.version_id, found.picks + rest)
    return found


def _by_score(
    s: Session, function: str, discard: float, k: int, exclude: Collection[int], version_id: int | None
) -> Picks | None:
    if version_id is None:
        version_id = s.scalar(
            select(ModelVersion.id)
            .where(
                select(Score.face_id)
                .where(Score.model_version_id == ModelVersion.id, Score.function == function)
                .exists()
            )
            .order_by(ModelVersion.number.desc())
            .limit(1)
        )
    if version_id is None:
        return None
    rows = s.execute(
        select(Score.face_id, Score.value, Face.state)
        .join(Face, Face.id == Score.face_id)
        .where(Score.model_version_id == version_id, Score.function == function, ~Face.holdout)
        .order_by(Score.face_id)
    ).all()
    pool = [(face_id, value) for face_id, value, state in rows if state == "open" or face_id in exclude]
    if not pool:
        return None
    ranking = selection.by_score(np.array([value for _, value in pool]), discard)
    free = [(place, i) for place, i in enumerate(ranking.order) if pool[i][0] not in exclude][:k]
    share = f", after dropping the top {100 * discard:g} % as likely outliers" if discard > 0 else ""

    def why(place: int) -> str:
        if place >= ranking.kept:
            return f"{_SHORT[function]}: set aside as a likely outlier, asked because nothing else is left"
        return f"{_SHORT[function]} {ordinal(place + 1)} of {ranking.kept:,}{share}"

    return Picks(function, version_id, [Pick(pool[i][0], pool[i][1], why(place)) for place, i in free])


def _by_diversity(s: Session, k: int, exclude: Collection[int]) -> Picks | None:
    version = s.scalar(select(Embedding.model_version_id).order_by(Embedding.model_version_id.desc()).limit(1))
    if version is None:
        return None
    ids, vectors = predictions.embeddings(s, version)
    states = {
        face_id: (state, holdout) for face_id, state, holdout in s.execute(select(Face.id, Face.state, Face.holdout))
    }
    pool, centres = [], []
    for row, face_id in enumerate(ids):
        state, holdout = states[int(face_id)]
        if int(face_id) in exclude or (state == "labelled" and not holdout):
            centres.append(row)
        elif state == "open" and not holdout:
            pool.append(row)
    if not pool:
        return None
    ranking = selection.by_diversity(vectors[pool], vectors[centres], k)
    picks = [
        Pick(
            int(ids[pool[i]]),
            None,
            f"k-center: the face least like any labelled one, {ordinal(n)} pick of {len(pool):,}",
        )
        for n, i in enumerate(ranking.order, start=1)
    ]
    return Picks("k-center", version, picks)


def _at_random(s: Session, k: int, exclude: Collection[int], rng: np.random.Generator, *, apart: bool = False) -> Picks:
    """``apart``: no two faces of one image while there are enough images."""
    rows = s.execute(select(Face.id, Face.image_id).where(Face.state == "open", ~Face.holdout).order_by(Face.id)).all()
    pool = [(face_id, image_id) for face_id, image_id in rows if face_id not in exclude]
    if apart:
        order = selection.spread([image for _, image in pool], rng).order
    else:
        order = selection.at_random(len(pool), rng).order
    rule = "no scores yet: drawn at random, spread over the photos" if apart else "drawn at random"
    return Picks("random", None, [Pick(pool[i][0], None, rule) for i in order[:k]])


def _draw_holdout(s: Session, settings: CampaignSettings, number: int, n: int, exclude: Collection[int]) -> list[Pick]:
    """n open faces at random that from now on only measure; those marked before and still open come first."""
    rows = s.execute(select(Face.id, Face.holdout).where(Face.state == "open").order_by(Face.id)).all()
    waiting = [face_id for face_id, marked in rows if marked and face_id not in exclude]
    rest = [face_id for face_id, marked in rows if not marked and face_id not in exclude]
    order = selection.at_random(len(rest), np.random.default_rng([settings.seed, number, 1])).order
    drawn = (waiting + [rest[i] for i in order])[:n]
    s.execute(update(Face).where(Face.id.in_(among(drawn))).values(holdout=True))
    return [Pick(face_id, None, HOLDOUT) for face_id in drawn]


def _places(settings: CampaignSettings, number: int, n: int, m: int) -> list[int]:
    """Where the m hold-out faces go among n others: spread by chance, so that they come at no fixed hour."""
    rng = np.random.default_rng([settings.seed, number, 2])
    return sorted(int(place) for place in rng.integers(0, n + 1, size=m))


def _carry_over(s: Session, last: Round) -> list[Pick]:
    """Ahead faces that nobody touched go back to the pool; those with a draft open the next batch."""
    rows = s.execute(
        select(BatchItem, Draft.face_id)
        .join(Face, Face.id == BatchItem.face_id)
        .outerjoin(Draft, Draft.face_id == BatchItem.face_id)
        .where(BatchItem.round_id == last.id, BatchItem.ahead, Face.state == "open")
        .order_by(BatchItem.rank)
    ).all()
    open_ids = [item.face_id for item, _ in rows]
    carried = [Pick(item.face_id, item.score, item.why) for item, draft in rows if draft is not None]
    s.execute(delete(BatchItem).where(BatchItem.round_id == last.id, BatchItem.face_id.in_(among(open_ids))))
    return carried


def _bring_back_skipped(s: Session, k: int) -> None:
    """Skipped faces come back when there are not enough others."""
    missing = k - counting.in_state(s, "open")
    if missing > 0:
        for face_id in s.scalars(select(Face.id).where(Face.state == "skipped").order_by(Face.id).limit(missing)).all():
            faces.set_state(s, face_id, "open")


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 4th … 11th, 12th, 13th … 21st."""
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{suffix}"
