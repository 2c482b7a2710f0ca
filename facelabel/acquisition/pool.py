"""What a strategy is told and what it answers: arrays in, faces in order and the reasons for them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

SCORES = ("nnm", "entropy", "mirror")
"""What a model says of each face it has looked at; "mirror" only one that looks at the mirrored face too."""
COSTLY = ("augmentation",)
"""What takes further passes of the model over each face, and is told only on request."""
FEWEST_TRUTHS = 3
_BLOCK_VALUES = 2**22
_NONE = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True)
class Pool:
    """What is known of N faces, row by row; an array that nobody has is None. Hold-out and rejected faces have no row.

    ``labelled`` (N,) faces with a label: never chosen, centres for the rules that look for something new.
    ``queued`` (N,) faces that the present batch asks for already: they keep their places among the others, so that a
    share means the same all through a batch, but do not come again.
    ``scores`` by name (see ``SCORES`` and ``COSTLY``), each (N,), higher = ask first.
    ``embeddings`` (N, D), any float type, a memory map too. ``shapes`` (N, L, 2) predicted landmarks, image pixels;
    ``mirrored`` the same predicted from the mirrored crop alone and mirrored back; ``committee`` the same by another
    model version; ``augmented`` (N, S, L, 2) by S altered crops or S passes with dropout, S at least 2.
    Of ``mirrored`` and ``augmented`` strategies make the scores "mirror" and "augmentation" where nobody has them.
    ``confidence`` (N, L) heatmap maxima in [0, 1]. ``seconds`` (N,) an annotator is predicted to need.
    ``truths`` (M, L, 2) labelled shapes, image pixels, NaN where absent or confirmed by nobody; they need not be faces
    of the pool.
    ``images`` (N,) which photo a face is from. ``able`` (N,) rows with all that the strategy in hand needs; ``choose``
    sets it.
    """

    labelled: Mask
    queued: Mask | None = None
    scores: Mapping[str, Floats] = field(default_factory=dict)
    embeddings: Floats | None = None
    shapes: Floats | None = None
    mirrored: Floats | None = None
    committee: Floats | None = None
    augmented: Floats | None = None
    confidence: Floats | None = None
    seconds: Floats | None = None
    truths: Floats | None = None
    images: npt.NDArray[np.integer[Any]] | None = None
    able: Mask | None = None

    def __len__(self) -> int:
        return len(self.labelled)

    def array(self, name: str) -> Floats | None:
        """A score or one of the arrays, by the name that strategies use in ``needs``."""
        if name in self.scores:
            return self.scores[name]
        found: Floats | None = getattr(self, name) if name in _ARRAYS else None
        return found

    def given(self, name: str) -> Floats:
        """As ``array``; raises ValueError where the pool does not have it."""
        found = self.array(name)
        if found is None:
            raise ValueError(f"the pool has no {name}")
        return found

    def missing(self, needs: Sequence[str]) -> list[str]:
        """Those of ``needs`` that nobody has; fewer than three labelled shapes are no ``truths``."""
        few = self.truths is not None and complete(self.truths) < FEWEST_TRUTHS
        lacks = {name: any(self.array(one) is None for one in self._sources(name)) for name in needs}
        return [name for name, lack in lacks.items() if lack or (name == "truths" and few)]

    def fit_for(self, needs: Sequence[str]) -> Pool:
        """The same with ``able`` set: a row with a value that is not finite in a needed array is not."""
        able = np.ones(len(self), dtype=bool)
        for name in needs:
            if name != "truths":
                for source in self._sources(name):
                    able &= _finite(self.given(source))
        return replace(self, able=able)

    def _sources(self, name: str) -> tuple[str, ...]:
        """The arrays that this one is, or can be made, of."""
        return (name,) if name in self.scores else _MADE_OF.get(name, (name,))

    @property
    def candidates(self) -> Rows:
        """Rows that may be chosen."""
        return np.flatnonzero(self.open & self._able)

    @property
    def ranked(self) -> Rows:
        """Rows without a label: the candidates and those that are asked for already."""
        return np.flatnonzero(~self.labelled & self._able)

    @property
    def centres(self) -> Rows:
        """Rows that are labelled or will be."""
        return np.flatnonzero(~self.open & self._able)

    @property
    def open(self) -> Mask:
        """(N,) neither labelled nor asked for, whatever is known of the face."""
        return ~self.labelled if self.queued is None else ~self.labelled & ~self.queued

    @property
    def _able(self) -> Mask:
        return np.ones(len(self), dtype=bool) if self.able is None else self.able


_MADE_OF = {"mirror": ("shapes", "mirrored"), "augmentation": ("augmented",)}
_ARRAYS = ("embeddings", "shapes", "mirrored", "committee", "augmented", "confidence", "seconds", "truths")


@dataclass(frozen=True)
class Reason:
    """Why a face was chosen: ``place`` (from 1) among ``of`` faces by the strategy ``rule``, at ``score`` if any.

    ``detail`` is what else the rule has to say, ``landmarks`` the indices of those in doubt, the worst first;
    ``set_aside``: the rule held it for a likely outlier, and nothing else was left.
    """

    rule: str
    place: int
    of: int
    score: float | None = None
    detail: str = ""
    landmarks: tuple[int, ...] = ()
    set_aside: bool = False

    def sentence(self, title: str, names: Sequence[str] = ()) -> str:
        """In words: ``title`` is the strategy's, ``names`` the scheme's landmark names."""
        if self.set_aside:
            said = f"{title}: set aside as a likely outlier, asked because nothing else is left"
        else:
            said = f"{title}: {ordinal(self.place)} of {self.of:,}"
        if self.detail:
            said += f", {self.detail}"
        if self.landmarks:
            said += "; in doubt: " + ", ".join(names[i] if i < len(names) else f"landmark {i}" for i in self.landmarks)
        return said


@dataclass(frozen=True)
class Choice:
    """``faces``: pool rows, ask first to ask last, with a reason each; ``discarded``: rows held for likely outliers.

    ``notice`` is one line for the person where another rule than the one asked for had to help out.
    """

    faces: tuple[int, ...]
    reasons: tuple[Reason, ...]
    discarded: Rows = field(default_factory=_NONE.copy)
    notice: str | None = None


@dataclass(frozen=True)
class Parameter:
    """A number that a strategy takes, with its range."""

    default: float
    low: float
    high: float
    text: str


class Strategy(Protocol):
    """A rule that chooses faces. ``needs`` names arrays of the pool (see ``Pool.array``).

    ``choose`` answers with ``k`` of ``pool.candidates``, best first, or all of them where there are fewer; all chance
    comes from ``rng``; ``parameters`` holds a value for each of the strategy's own.
    """

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def needs(self) -> tuple[str, ...]: ...
    @property
    def parameters(self) -> Mapping[str, Parameter]: ...
    def choose(self, pool: Pool, k: int, rng: np.random.Generator, **parameters: float) -> Choice: ...


def complete(shapes: Floats) -> int:
    """How many of shapes (M, L, 2) have every landmark."""
    return int(np.isfinite(shapes).all(axis=(1, 2)).sum())


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 4th … 11th, 12th, 13th … 21st."""
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{suffix}"


def _finite(array: Floats) -> Mask:
    rows = array.reshape(len(array), -1)
    block = max(1, _BLOCK_VALUES // max(rows.shape[1], 1))
    parts = [np.isfinite(rows[start : start + block]).all(axis=1) for start in range(0, len(rows), block)]
    return np.concatenate([np.zeros(0, dtype=bool), *parts])
