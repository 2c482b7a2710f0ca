"""The protocols of papers under one name: what a command is given where it says nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from facelabel.evaluation import papers

Source = Literal["pts", "wflw", "300w-set", "wflw-set", "aflw-set"]
"""How the labels lie: photos with ``.pts`` beside them, WFLW lists, or a whole public data set."""


@dataclass(frozen=True)
class Protocol:
    """``title`` says whose; ``stated`` holds the paper's NME in per cent by strategy and number of labels; the rest are
    the values that the command takes where none is given."""

    title: str
    labels: Source
    strategies: tuple[str, ...]
    budgets: tuple[str, ...]
    stated: dict[str, dict[int, float]]
    first_batch: int = 10
    seeds: int = 5
    preset: str = "scaf"
    start_from: Literal["last", "pretrained", "scratch"] = "pretrained"
    changes: dict[str, Any] = field(default_factory=lambda: dict(papers.SCAF))


_SIZES = (50, 100, 200, 375, 750)
_TABLE_4 = {
    "random": (8.06, 7.40, 6.88, 6.72, 6.28),
    "nnm:discard=0": (8.04, 7.44, 7.01, 6.63, 6.22),
    "entropy:discard=0": (7.95, 7.44, 7.02, 6.61, 6.22),
    "nnm": (7.60, 6.99, 6.72, 6.59, 6.24),
    "entropy": (7.53, 6.96, 6.73, 6.62, 6.22),
    "k-center": (7.74, 7.18, 6.82, 6.61, 6.28),
}

PROTOCOLS: dict[str, Protocol] = {
    "paper-scaf-300w": Protocol(
        "SCAF with active learning on 300-W (table 2)",
        "300w-set",
        ("random", "nnm"),
        ("50:10", "158:30", "315:60"),
        {"random": {50: 4.97, 158: 4.50, 315: 4.40}, "nnm": {50: 4.81, 158: 4.70, 315: 4.48}},
    ),
    "paper-wflw": Protocol(
        "SCAF with active learning on WFLW (table 4)",
        "wflw-set",
        tuple(_TABLE_4),
        ("50:10", "100:20", "200:40", "375:75", "750:100"),
        {name: dict(zip(_SIZES, row, strict=True)) for name, row in _TABLE_4.items()},
    ),
}
"""Ten random labels to begin with, batches as SCAF section 4.2 has them with the last cut to the budget, the top tenth
of the scores left out unless said otherwise, every training anew from the auto-encoder. How many runs its figures are
the mean of is not stated, nor which function table 2 used: NNM is the paper's own."""
