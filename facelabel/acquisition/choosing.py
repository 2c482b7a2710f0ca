"""The one door to all strategies: checks what goes in and what comes out, and always has an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from facelabel.acquisition import registry
from facelabel.acquisition.doubts import in_doubt
from facelabel.acquisition.pool import Choice, Floats, Pool, Reason, Rows, Strategy
from facelabel.acquisition.selection import spread_order
from facelabel.errors import FacelabelError

FALLBACK = "typiclust"
"""Who helps out where there are embeddings; where there are none, or it has too few, chance does."""
_USUAL = 2000
_TITLES = {"nnm": "NNM"}
_PARTS = ("embeddings", "shapes", "mirrored", "committee", "augmented", "confidence", "seconds")
"""Of the pool, a row for each face."""
_WORDS = {
    "nnm": "NNM scores",
    "entropy": "entropy scores",
    "shapes": "predicted shapes",
    "mirror": "disagreements with the mirror image (of a preset with decoding.flip)",
    "committee": "predictions of a second model",
    "augmentation": "disagreements under augmentation",
    "seconds": "predicted seconds",
    "truths": "three complete labelled shapes",
}


def choose(
    chosen: str | Strategy,
    pool: Pool,
    k: int,
    *,
    seed: int | Sequence[int] = 0,
    parameters: Mapping[str, float] | None = None,
) -> Choice:
    """``min(k, open faces)`` faces of the pool by a strategy, with the reason for each; the same seed, the same faces.

    It always answers. Where the strategy is not installed, lacks what it needs, raises, or returns faces twice, too few
    or such as are not open, ``FALLBACK`` or chance fills in, and ``notice`` says so in one line. Faces that the
    strategy's arrays say nothing of (NaN) come last, by chance. Raises FacelabelError for a parameter that the strategy
    does not have or out of its range, ValueError for arrays of different lengths.
    """
    _check_lengths(pool)
    wanted = min(max(k, 0), int(pool.open.sum()))
    rng = np.random.default_rng(seed)
    answer, fault, strategy = Choice((), ()), None, None
    try:
        strategy = registry.strategy(chosen) if isinstance(chosen, str) else chosen
    except FacelabelError as error:
        fault = error.what
    if strategy is not None and (said := registry.unfit(strategy)):
        fault, strategy = f"the strategy '{getattr(strategy, 'id', chosen)}' cannot be used: {said}", None
    if strategy is not None:
        answer, fault = _ask(strategy, pool, wanted, rng, registry.checked(strategy, parameters or {}))
    own = len(answer.faces)
    note = fault
    if fault is None:
        answer = _joined(answer, _by_chance(pool, answer, wanted, rng, "nothing is known of the face yet"))
        note = _level(strategy, pool) if strategy is not None and 0 < wanted < int(pool.open.sum()) else None
    else:
        helper = registry.strategies()[FALLBACK]
        helped, _ = _ask(helper, _without(pool, answer), wanted - own, rng, registry.checked(helper, {}))
        answer = _joined(answer, helped)
        chance = _by_chance(pool, answer, wanted, rng, "spread over the photos")
        answer = _joined(answer, chance)
        others = [*([helper.title] if helped.faces else []), *(["chance"] if chance.faces else [])]
        if others:
            many = "" if wanted == 1 else "s"
            note = f"{fault}; {wanted - own} of {wanted} face{many} chosen otherwise ({', '.join(others).lower()})"
    return _with_doubts(strategy if fault is None else None, pool, replace(answer, notice=note))


def _ask(
    strategy: Strategy, pool: Pool, k: int, rng: np.random.Generator, values: dict[str, float]
) -> tuple[Choice, str | None]:
    """What of a strategy's answer can be used, and what is wrong with the rest of it."""
    name = f"the strategy '{strategy.id}'"
    if k <= 0:
        return Choice((), ()), None
    if missing := pool.missing(strategy.needs):
        return Choice((), ()), f"{name} needs {_listed(missing)}, which there are not yet"
    fit = _sealed(pool.fit_for(strategy.needs))
    expected = min(k, len(fit.candidates))
    if not expected:
        return Choice((), ()), f"{name} needs {_listed(strategy.needs)}, and no open face has them as finite numbers"
    try:
        choice = strategy.choose(fit, k, rng, **values)
        faces = np.asarray(choice.faces).reshape(-1)
        if faces.size and not np.issubdtype(faces.dtype, np.integer):
            return Choice((), ()), f"{name} answered with {faces.dtype} values, not with rows of the pool"
        reasons = [_plain(reason) for reason in choice.reasons if isinstance(reason, Reason)]
        discarded = np.asarray(choice.discarded, dtype=np.intp).reshape(-1)
    except Exception as error:
        first = (str(error).splitlines() or ["no reason given"])[0]
        return Choice((), ()), f"{name} failed: {type(error).__name__}: {first}"
    if len(reasons) != len(faces):
        reasons = [Reason(strategy.id, place, expected) for place in range(1, len(faces) + 1)]
    free = pool.open
    good: dict[int, Reason] = {}
    twice = strange = 0
    for face, reason in zip(faces.tolist(), reasons, strict=True):
        if not (0 <= face < len(pool) and free[face]):
            strange += 1
        elif face in good:
            twice += 1
        elif len(good) < k:
            good[face] = reason
    discarded = np.unique(discarded[(discarded >= 0) & (discarded < len(pool))])
    counts = ((twice, "twice"), (strange, "that are not open faces of the pool"))
    wrong = [f"{_rows(count)} {what}" for count, what in counts if count]
    if len(good) < expected:
        wrong.append(f"{len(good)} usable of {_rows(expected)}")
    fault = f"{name} returned {' and '.join(wrong)}" if wrong else None
    return Choice(tuple(good), tuple(good.values()), discarded), fault


def _level(strategy: Strategy, pool: Pool) -> str | None:
    """That scores which the strategy needs are the same for all faces, and order none before another."""
    for name in strategy.needs:
        if name in pool.scores:
            values = pool.scores[name][~pool.labelled]
            known = values[np.isfinite(values)]
            if len(known) > 1 and not np.ptp(known):
                return f"the {_TITLES.get(name, name)} scores of all faces are equal, and order none before another"
    return None


def _plain(reason: Reason) -> Reason:
    """The same in Python's own numbers: a strategy's may be NumPy's, which no database takes. A score that is no finite
    number is none."""
    score = None if reason.score is None or not np.isfinite(reason.score) else float(reason.score)
    landmarks = tuple(int(landmark) for landmark in reason.landmarks)
    place, of = int(reason.place), int(reason.of)
    return Reason(str(reason.rule), place, of, score, str(reason.detail), landmarks, bool(reason.set_aside))


def _sealed(pool: Pool) -> Pool:
    """The same for reading only: a strategy that changed an array would change it for whoever helps out."""
    arrays: dict[str, Any] = {name: _locked(getattr(pool, name)) for name in ("labelled", "queued", "images", *_PARTS)}
    return replace(pool, scores={name: _locked(score) for name, score in pool.scores.items()}, **arrays)


def _locked(array: Any) -> Any:
    if array is None:
        return None
    view = array.view()
    view.flags.writeable = False
    return view


def _by_chance(pool: Pool, choice: Choice, wanted: int, rng: np.random.Generator, detail: str) -> Choice:
    """What is missing, at random, no two of one photo while there are others."""
    rows = np.flatnonzero(_without(pool, choice).open)
    images = np.arange(len(rows)) if pool.images is None else pool.images[rows]
    order = rows[spread_order(images, rng)][: max(wanted - len(choice.faces), 0)].tolist()
    reasons = (Reason("random", place, len(rows), None, detail) for place in range(1, len(order) + 1))
    return Choice(tuple(order), tuple(reasons))


def _without(pool: Pool, choice: Choice) -> Pool:
    """The pool in which the chosen are asked for."""
    queued = np.zeros(len(pool), dtype=bool) if pool.queued is None else pool.queued.copy()
    queued[list(choice.faces)] = True
    return replace(pool, queued=queued)


def _joined(first: Choice, then: Choice) -> Choice:
    return replace(first, faces=first.faces + then.faces, reasons=first.reasons + then.reasons)


def _with_doubts(strategy: Strategy | None, pool: Pool, choice: Choice) -> Choice:
    """The same, with the landmarks in doubt where the strategy names none: by its own measure, else by confidence."""
    rows = np.flatnonzero(~pool.labelled)
    usual = rows[:: len(rows) // _USUAL + 1]
    try:
        doubts = _doubts(strategy, pool, np.array(choice.faces, dtype=np.intp))
        others = _doubts(strategy, pool, usual)
        if doubts is None or others is None:
            return choice
        found = in_doubt(doubts, others)
        reasons = tuple(
            reason if reason.landmarks else replace(reason, landmarks=landmarks)
            for reason, landmarks in zip(choice.reasons, found, strict=True)
        )
    except Exception as error:
        first = (str(error).splitlines() or ["no reason given"])[0]
        line = f"which landmarks are in doubt could not be told: {type(error).__name__}: {first}"
        return replace(choice, notice=f"{choice.notice}; {line}" if choice.notice else line)
    return replace(choice, reasons=reasons)


def _doubts(strategy: Strategy | None, pool: Pool, rows: Rows) -> Floats | None:
    """(n, L), higher = more in doubt: what the strategy says, else by the confidence."""
    own: Any = getattr(strategy, "doubts", None)
    said: Floats | None = None if own is None else own(pool, rows)
    return -pool.confidence[rows] if said is None and pool.confidence is not None else said


def _check_lengths(pool: Pool) -> None:
    arrays = {"queued": pool.queued, "images": pool.images, **pool.scores}
    arrays |= {name: getattr(pool, name) for name in _PARTS}
    for name, array in arrays.items():
        if array is not None and len(array) != len(pool):
            raise ValueError(f"the pool has {len(pool)} faces, but {len(array)} rows of {name}")


def _listed(needs: Sequence[str]) -> str:
    return " and ".join(_WORDS.get(name, name) for name in needs) or "nothing"


def _rows(count: int) -> str:
    return "1 face" if count == 1 else f"{count:,} faces"
