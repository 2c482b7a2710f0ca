"""Choosing faces by the campaign's strategy, and the reasons for them as a person reads them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel.acquisition import Choice, Strategy, checked, choose, in_doubt, strategies
from facelabel.campaign import near_duplicates, pool
from facelabel.campaign.pool import StoredPool
from facelabel.campaign.settings import CampaignSettings
from facelabel.errors import FacelabelError
from facelabel.store import arrays, predictions
from facelabel.store.tables import ModelVersion, ProjectRow

_SHORT = {"nnm": "NNM"}
_USUAL = 2000
"""Faces that show how sure a model usually is of each landmark."""


@dataclass(frozen=True)
class Pick:
    """A face to ask for, why, and the indices of its landmarks in doubt, the worst first."""

    face_id: int
    score: float | None
    why: str
    doubts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Picks:
    """Faces in the order to ask for them, by the strategy that chose the first of them; ``version_id`` is whose scores
    it used, ``discarded`` are faces held for likely outliers, ``notice`` what had to be chosen otherwise."""

    function: str
    version_id: int | None
    picks: list[Pick]
    discarded: list[int] = field(default_factory=list)
    notice: str | None = None


def strategy_now(s: Session, settings: CampaignSettings, version_id: int | None) -> str:
    """The settings' strategy once a model that has learned from labels has scored, the one for cold starts before."""
    version = None if version_id is None else s.get(ModelVersion, version_id)
    return settings.function if version is not None and version.labels else settings.cold_start


def pick(
    s: Session,
    settings: CampaignSettings,
    k: int,
    *,
    asked: Collection[int],
    key: Sequence[int],
    version_id: int | None = None,
    beside: Collection[int] | None = None,
) -> Picks:
    """The next k open faces, by the newest scores or by those of ``version_id``.

    ``asked`` are faces of the current round: they keep their places in the ranking, but do not come again. ``key`` and
    the settings' seed make the chance. ``beside`` are faces of the same batch, whose near-duplicates wait; ``asked``
    where it is None. There are always picks while a face is open.
    """
    newest = arrays.scored_by(s) if version_id is None else version_id
    name = strategy_now(s, settings, newest)
    strategy = strategies().get(name)
    found = pool.read(s, () if strategy is None else strategy.needs, asked=asked, version_id=newest)
    said: list[str] = []
    parameters = {} if strategy is None else _parameters(settings, strategy, said)
    seed = [settings.seed, *key]
    choice = choose(name, found.pool, k, seed=seed, parameters=parameters)
    if choice.notice and newest is not None and found.pool.embeddings is None:
        # Who helps out needs embeddings, which are not read for all.
        needs = {"embeddings", *(() if strategy is None else strategy.needs)}
        found = pool.read(s, needs, asked=asked, version_id=newest)
        choice = choose(name, found.pool, k, seed=seed, parameters=parameters)
    nothing_yet = newest is None and strategy is not None and found.pool.missing(strategy.needs)
    if choice.notice and not nothing_yet:
        said.insert(0, choice.notice)
    if settings.near_duplicates == "apart":
        together = asked if beside is None else beside
        choice, come_along = near_duplicates.apart(
            s,
            found,
            choice,
            k,
            lambda rest, count: choose(name, rest.pool, count, seed=seed, parameters=parameters),
            together,
        )
        said += [] if come_along is None else [come_along]
    choice = _with_doubts(s, found, choice)
    return Picks(
        choice.reasons[0].rule if choice.reasons else name,
        newest if choice.reasons and choice.reasons[0].rule != "random" else None,
        _told(s, found, choice),
        found.ids[choice.discarded].tolist(),
        "; ".join(said) or None,
    )


def _parameters(settings: CampaignSettings, strategy: Strategy, said: list[str]) -> dict[str, float]:
    """Those of the settings, or none where the strategy, of another version say, does not take them."""
    try:
        return checked(strategy, settings.parameters_of(strategy))
    except FacelabelError as error:
        said.append(f"{error.what}, its defaults are used")
        return {}


def _told(s: Session, found: StoredPool, choice: Choice) -> list[Pick]:
    scheme = s.scalars(select(ProjectRow.scheme)).one()
    names = [landmark["name"] for landmark in scheme["landmarks"]]
    known = strategies()
    told = []
    for row, reason in zip(choice.faces, choice.reasons, strict=True):
        title = _SHORT.get(reason.rule) or (known[reason.rule].title if reason.rule in known else reason.rule)
        there = tuple(i for i in reason.landmarks if 0 <= i < len(names))
        why = replace(reason, landmarks=there).sentence(title, names)
        told.append(Pick(int(found.ids[row]), reason.score, why, there))
    return told


def _with_doubts(s: Session, found: StoredPool, choice: Choice) -> Choice:
    """The same with the landmarks in doubt by confidence, where the strategy names none.

    Only the chosen faces and a sample of the others are read: confidences of a large pool are larger than all else.
    """
    bare = [row for row, reason in zip(choice.faces, choice.reasons, strict=True) if not reason.landmarks]
    if not bare or found.version_id is None:
        return choice
    rows = np.flatnonzero(~found.pool.labelled)
    usual = found.ids[rows[:: len(rows) // _USUAL + 1]].tolist()
    known = predictions.of_version(s, found.version_id, [*found.ids[bare].tolist(), *usual])
    seen = [row for row in bare if int(found.ids[row]) in known]
    if not seen:
        return choice
    doubts = in_doubt(
        np.stack([-known[int(found.ids[row])][1] for row in seen]),
        np.stack([-known[face_id][1] for face_id in known]),
    )
    by_row = dict(zip(seen, doubts, strict=True))
    reasons = (
        reason if reason.landmarks else replace(reason, landmarks=by_row.get(row, ()))
        for row, reason in zip(choice.faces, choice.reasons, strict=True)
    )
    return replace(choice, reasons=tuple(reasons))
