"""Two evaluations of the same faces: which is better, in figures and in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from facelabel.costs import gigabytes
from facelabel.errors import FacelabelError
from facelabel.evaluation.measuring import Evaluation, Figures, figures
from facelabel.metrics.paired import Paired, compare


@dataclass(frozen=True)
class Comparison:
    """``paired`` is of errors as fractions, ``first`` - ``second``, on the faces that both found."""

    first: Figures
    second: Figures
    paired: Paired
    only_first: int
    only_second: int
    words: str


def compared(first: Evaluation, second: Evaluation) -> Comparison:
    """Compare on the faces that both have predictions for; who found more is counted beside.

    Raises FacelabelError when they have no face in common. Both have to be by the same norm.
    """
    if first.norm != second.norm:
        raise ValueError(f"errors by {first.norm} and by {second.norm} cannot be compared")
    place = {_key(second, i): i for i in range(len(second.faces))}
    pairs = [(i, place[key]) for i in range(len(first.faces)) if (key := _key(first, i)) in place]
    a = np.array([first.errors[i] for i, _ in pairs])
    b = np.array([second.errors[j] for _, j in pairs])
    both = np.isfinite(a) & np.isfinite(b)
    if not both.any():
        raise FacelabelError(f"{first.name} and {second.name} have no face in common that both found")
    paired = compare(a[both], b[both], first.seed)
    rows = [figures(e.name, errors[both], first.threshold, first.seed) for e, errors in ((first, a), (second, b))]
    only = int((np.isfinite(a) & ~both).sum()), int((np.isfinite(b) & ~both).sum())
    return Comparison(rows[0], rows[1], paired, *only, _in_words(rows[0], rows[1], paired, only))


def _key(evaluation: Evaluation, index: int) -> tuple[str, int]:
    face = evaluation.faces[index]
    return face.name, face.number


def _in_words(first: Figures, second: Figures, paired: Paired, only: tuple[int, int]) -> str:
    faces = f"the same {paired.faces} faces" if paired.faces > 1 else "the one face that both found"
    if paired.differs:
        verdict = f"{first.name} is {'better' if paired.difference < 0 else 'worse'} than {second.name} on {faces}"
    else:
        verdict = f"No difference between {first.name} and {second.name} can be shown on {faces}"
    assert first.nme is not None
    assert second.nme is not None
    low, high = paired.interval
    more = "lower" if paired.difference < 0 else "higher"
    change = f" ({100 * abs(paired.difference) / (second.nme / 100):.1f} % {more})" if second.nme else ""
    said = (
        f"{verdict}: NME {first.nme:.3f} % against {second.nme:.3f} %{change}, difference "
        f"{100 * paired.difference:+.3f} points (95 %: {100 * low:+.3f} to {100 * high:+.3f}). "
        f"{first.name} is closer on {paired.lower} faces, {second.name} on {paired.higher}; "
        f"Wilcoxon signed-rank test p {_p(paired.p_value)}."
    )
    if any(only):
        said += (
            f" Found by {first.name} alone: {only[0]} faces, by {second.name} alone: {only[1]}; these are not in it."
        )
    return said


def _p(value: float) -> str:
    return "< 0.0001" if value < 0.0001 else f"= {value:.4f}"


def table(first: Evaluation, second: Evaluation) -> list[list[str]]:
    """What each is and costs, a row each and a column for the two; a dash where something is not known."""
    both = (first, second)

    def row(name: str, told: Callable[[Evaluation], str | None]) -> list[str]:
        return [name, *(told(one) or "–" for one in both)]

    def nme(one: Evaluation) -> str | None:
        whole = one.whole
        if whole.nme is None or whole.interval is None:
            return None
        return f"{whole.nme:.3f} ({whole.interval[0]:.3f} – {whole.interval[1]:.3f})"

    def parameters(one: Evaluation) -> str | None:
        count = None if one.size is None else one.size.parameters
        return None if count is None else f"{count / 1e6:.1f} million"

    def memory(one: Evaluation) -> str | None:
        size = None if one.size is None else one.size.training_bytes
        return None if size is None else gigabytes(size)

    return [
        ["", *(one.name for one in both)],
        row("model", lambda one: None if one.size is None else one.size.preset),
        row("NME % (95 %)", nme),
        row("seconds a face", lambda one: None if one.pace is None else f"{one.pace:.3f}"),
        row("memory to train", memory),
        row("parameters", parameters),
    ]
