"""The CED curve, alone as a figure file or as part of a report."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from facelabel.errors import FacelabelError
from facelabel.metrics.ced import FloatArray, auc, ced, failure_rate

SUFFIXES = (".png", ".pdf", ".svg")


def save_ced(path: str | Path, curves: Mapping[str, FloatArray], threshold: float) -> None:
    """Draw the CED of each named set of errors (fractions) up to ``threshold``; the legend gives AUC and failure rate.

    The suffix chooses PNG, PDF or SVG. Raises FacelabelError when it is another or the file cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise FacelabelError(
            "no kind of figure that can be drawn", where=path, cure=f"end it with {' '.join(SUFFIXES)}"
        )
    figure = Figure(figsize=(6.0, 4.0), layout="constrained")
    FigureCanvasAgg(figure)
    draw_ced(figure.add_subplot(), curves, threshold)
    drawn = io.BytesIO()
    figure.savefig(drawn, format=path.suffix.lower()[1:], dpi=150)
    try:
        path.write_bytes(drawn.getvalue())
    except OSError as error:
        raise FacelabelError(f"cannot be written: {error.strerror}", where=path, cure="check the folder") from None


def draw_ced(axes: Any, curves: Mapping[str, FloatArray], threshold: float) -> None:
    """The same into Matplotlib ``axes``. An infinite error, as of a face that was missed, is a failure."""
    per_cent = 100 * threshold
    for name, errors in curves.items():
        # Every step of the distribution is drawn: a fixed grid would round it.
        inside = np.unique(np.asarray(errors, dtype=np.float64))
        grid = np.concatenate([[0.0], inside[(inside > 0) & (inside < threshold)], [threshold]])
        rate = 100 * failure_rate(errors, threshold)
        label = f"{name}: AUC {auc(errors, threshold):.3f}, failures {rate:.1f} %"
        axes.step(100 * grid, ced(errors, grid), where="post", label=label)
    axes.set(xlim=(0, per_cent), ylim=(0, 1), xlabel="NME in per cent", ylabel="share of faces")
    axes.grid(alpha=0.3)
    axes.legend(loc="best")
