"""Learning curves of a study: error by labels and by hours, and the paired differences, with intervals over seeds."""

from __future__ import annotations

import io
from typing import Any

from facelabel.simulation.report import Findings
from facelabel.simulation.statistics import Cell, Group

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C564B")
"""Okabe and Ito (2008), which people who confuse colours tell apart; markers tell apart what comes after."""
MARKERS = "osD^vPX*"
GREY = "0.45"


def picture(found: Findings, kind: str) -> bytes:
    """Every group's plots in one figure, as PNG, SVG or PDF."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = max(1, len(found.groups))
    figure = Figure(figsize=(13.5, 4.3 * rows), layout="constrained")
    FigureCanvasAgg(figure)
    for row, group in enumerate(found.groups):
        for column, draw in enumerate((draw_curves, draw_differences, draw_hours)):
            draw(figure.add_subplot(rows, 3, 3 * row + column + 1), found, group)
    drawn = io.BytesIO()
    figure.savefig(drawn, format=kind, dpi=150, metadata=None if kind == "png" else {_DATE[kind]: None})
    return drawn.getvalue()


_DATE = {"svg": "Date", "pdf": "CreationDate"}


def draw_curves(axes: Any, found: Findings, group: Group) -> None:
    """NME by labels, a band for the 95 % interval of the mean."""
    for arm, cells in _by_arm(found, group).items():
        style = _style(found, group, arm)
        _line(axes, [cell.labels for cell in cells], cells, arm, style)
    axes.set(xlabel="labels", ylabel=f"NME in per cent, by {found.sets.norm}")
    axes.set_title(f"{group.preset}, {group.schedule}", loc="left", fontsize=10)
    _finish(axes)


def draw_hours(axes: Any, found: Findings, group: Group) -> None:
    """NME by what labelling took the simulated annotator."""
    for arm, cells in _by_arm(found, group).items():
        _line(axes, [cell.hours for cell in cells], cells, arm, _style(found, group, arm))
    axes.set(xlabel="annotator hours (simulated)", ylabel="NME in per cent")
    axes.set_title("By annotation time", loc="left", fontsize=10)
    _finish(axes, legend=False)


def draw_differences(axes: Any, found: Findings, group: Group) -> None:
    """Each arm less the one that is compared with, relative, with the interval of the pairs."""
    axes.axhline(0, color=GREY, linewidth=1)
    here = [d for d in found.differences if (d.preset, d.schedule) == (group.preset, group.schedule)]
    arms = list(dict.fromkeys(d.arm for d in here))
    # Beside each other, so that intervals of arms at one number of labels do not cover each other.
    step = 0.012 * (group.labels[-1] - group.labels[0])
    for number, arm in enumerate(arms):
        own = [d for d in here if d.arm == arm and d.labels is not None]
        x = [(d.labels or 0) + (number - (len(arms) - 1) / 2) * step for d in own]
        y = [d.relative for d in own]
        # The ratio of means need not lie inside the interval of its own resamples when there are few.
        spread = [
            [max(0.0, d.relative - d.relative_interval[0]) for d in own],
            [max(0.0, d.relative_interval[1] - d.relative) for d in own],
        ]
        colour, marker = _style(found, group, arm)
        axes.errorbar(x, y, yerr=spread, color=colour, marker=marker, markersize=4, linewidth=1.3, capsize=2, label=arm)
    axes.set(xlabel="labels", ylabel=f"NME against {found.plan.against}, per cent (below 0: better)")
    axes.set_title("Paired by seed, 95 % interval", loc="left", fontsize=10)
    _finish(axes, legend=False)


def _by_arm(found: Findings, group: Group) -> dict[str, list[Cell]]:
    by_arm: dict[str, list[Cell]] = {arm: [] for arm in group.nme}
    for cell in found.cells:
        if (cell.preset, cell.schedule) == (group.preset, group.schedule):
            by_arm[cell.arm].append(cell)
    return by_arm


def _line(axes: Any, x: list[Any], cells: list[Cell], arm: str, style: tuple[str, str]) -> None:
    colour, marker = style
    axes.plot(x, [cell.nme for cell in cells], color=colour, marker=marker, markersize=4, linewidth=1.5, label=arm)
    bounds = [cell.interval or (cell.nme, cell.nme) for cell in cells]
    axes.fill_between(
        x, [low for low, _ in bounds], [high for _, high in bounds], color=colour, alpha=0.15, linewidth=0
    )


def _style(found: Findings, group: Group, arm: str) -> tuple[str, str]:
    """What is compared with is grey, the others have a colour and a marker each, the same in every plot."""
    if arm == found.plan.against:
        return GREY, "."
    number = [name for name in group.nme if name != found.plan.against].index(arm)
    return COLOURS[number % len(COLOURS)], MARKERS[(number // len(COLOURS) + number) % len(MARKERS)]


def _finish(axes: Any, *, legend: bool = True) -> None:
    """The first plot's legend stands for all: colours and markers are the same, and curves that fall leave it room."""
    axes.grid(alpha=0.3)
    axes.set_axisbelow(True)
    if legend and axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize=8)
