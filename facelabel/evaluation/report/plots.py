"""The plots of a report, drawn once for HTML and PDF alike."""

from __future__ import annotations

from typing import Any

from facelabel.evaluation.report import Report
from facelabel.metrics.plot import draw_ced


def draw_curves(axes: Any, report: Report) -> None:
    """CED of every evaluation of the report."""
    draw_ced(axes, {name: e.errors for name, e in report.curves.items()}, report.found.threshold)
    axes.set_title("Cumulative error distribution", loc="left", fontsize=10)


def draw_groups(axes: Any, report: Report) -> None:
    """The error of each group of landmarks with its 95 % interval, side by side for what is compared."""
    shown = report.curves
    thick = 0.8 / len(shown)
    names = [part.name for part in report.found.groups]
    for number, (name, evaluation) in enumerate(shown.items()):
        measured = [(i, part) for i, part in enumerate(evaluation.groups) if part.nme is not None and part.interval]
        at = [i + (number - (len(shown) - 1) / 2) * thick for i, _ in measured]
        values = [part.nme or 0.0 for _, part in measured]
        spread = [[p.nme - p.interval[0] for _, p in measured], [p.interval[1] - p.nme for _, p in measured]]  # type: ignore[operator, index]
        axes.barh(at, values, height=0.9 * thick, xerr=spread, error_kw={"elinewidth": 1, "ecolor": "0.25"}, label=name)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlabel(f"NME in per cent, by {report.found.norm}")
    axes.set_title("By group of landmarks", loc="left", fontsize=10)
    axes.grid(alpha=0.3, axis="x")
    axes.set_axisbelow(True)
    if len(shown) > 1:
        axes.legend(fontsize=8)
