"""What a study found, for people and for programs: one document, and its tables as Markdown, CSV and HTML."""

from __future__ import annotations

import csv
import io
import json
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

import facelabel
from facelabel.errors import FacelabelError
from facelabel.formats.atomic import write_whole
from facelabel.simulation import statistics
from facelabel.simulation.curves import Curve
from facelabel.simulation.plan import Plan
from facelabel.simulation.sets import Sets
from facelabel.simulation.statistics import Cell, Difference, Group, Saving

SUFFIXES = (".json", ".md", ".csv", ".html", ".npz", ".png", ".svg", ".pdf")
_FEWEST_PAIRS = 6
"""With fewer, no outcome of the signed-rank test has p below .05."""
Table = tuple[list[str], list[list[str]]]


@dataclass(frozen=True, eq=False)
class Findings:
    """Curves and where they come from. ``at`` are the numbers of labels that the summary speaks of, None for the
    budgets; ``stated`` is what a paper reports, by arm and labels; ``command`` how to do it again."""

    plan: Plan
    sets: Sets
    curves: Sequence[Curve]
    title: str
    command: str
    at: tuple[int, ...] | None = None
    before_labels: dict[str, float] | None = None
    stated: dict[str, dict[int, float]] | None = None

    @cached_property
    def groups(self) -> list[Group]:
        return statistics.groups(self.curves)

    @cached_property
    def cells(self) -> list[Cell]:
        return [cell for group in self.groups for cell in statistics.cells(group)]

    @cached_property
    def differences(self) -> list[Difference]:
        return [found for group in self.groups for found in statistics.differences(group, self.plan.against)]

    @cached_property
    def savings(self) -> list[Saving]:
        return [s for g in self.groups for s in statistics.savings(g, self.plan.against, self.spoken_of(g))]

    @property
    def problems(self) -> list[str]:
        """Campaigns that did not come to their end, a line each."""
        failed = [curve for curve in self.curves if curve.problem is not None]
        return [f"{c.campaign.arm.name}, seed {c.campaign.seed}, {c.campaign.preset}: {c.problem}" for c in failed]

    @property
    def notices(self) -> list[str]:
        """Where another rule had to help choosing: such an arm is not what its name says."""
        told: Counter[tuple[str, str]] = Counter()
        for curve in self.curves:
            told.update((curve.campaign.arm.name, point.notice) for point in curve.points if point.notice)
        return [f"{arm}, {count} batches: {notice}" for (arm, notice), count in told.items()]

    def spoken_of(self, group: Group) -> tuple[int, ...]:
        if self.at is None:
            return group.labels[-1:]
        return tuple(labels for labels in self.at if labels in group.labels)

    @property
    def sentences(self) -> list[str]:
        """What was found, for who reads no table; the numbers of labels that are spoken of, then the whole curve."""
        wanted = {(g.preset, g.schedule): {*self.spoken_of(g), None} for g in self.groups}
        chosen = [d for d in self.differences if d.labels in wanted[d.preset, d.schedule]]
        chosen.sort(key=lambda d: (d.labels is None, d.labels or 0))
        saved = {(s.preset, s.schedule, s.arm, s.labels): s for s in self.savings}
        several = len(self.groups) > 1
        return [
            (f"{d.preset}, {d.schedule}: " if several else "")
            + _in_words(d, saved.get((d.preset, d.schedule, d.arm, d.labels or 0)))
            for d in chosen
        ]

    @property
    def document(self) -> dict[str, Any]:
        """Everything, as JSON takes it."""
        wanted = {(g.preset, g.schedule): {*self.spoken_of(g), None} for g in self.groups}
        return {
            "title": self.title,
            "headline": {
                "against": self.plan.against,
                "seeds": len(self.plan.seeds),
                "pool": len(self.sets.pool),
                "measured_on": self.sets.measured_on,
                "test_faces": len(self.sets.test),
                "norm": self.sets.norm,
                "differences": [
                    asdict(d) | {"shown": d.shown} for d in self.differences if d.labels in wanted[d.preset, d.schedule]
                ],
                "savings": [asdict(saving) for saving in self.savings],
                "sentences": self.sentences,
            },
            "command": self.command,
            "facelabel": facelabel.__version__,
            "machine": platform.machine(),
            "set": self.sets.title,
            "plan": self.plan.model_dump(mode="json") | {"weights": _weights(self.plan)},
            "nme_before_labels": self.before_labels or {},
            "cells": [asdict(cell) for cell in self.cells],
            "differences": [asdict(found) for found in self.differences],
            "paper": self.stated or {},
            "curves": [
                {
                    "preset": curve.campaign.preset,
                    "schedule": curve.campaign.schedule.name,
                    "arm": curve.campaign.arm.name,
                    "seed": curve.campaign.seed,
                    "labels": [point.labels for point in curve.points],
                    "nme": [round(point.nme, 5) for point in curve.points],
                    "corrections": [point.corrections for point in curve.points],
                    "hours": [round(point.hours, 5) for point in curve.points],
                }
                for curve in self.curves
            ],
            "problems": self.problems,
            "notices": self.notices,
        }

    def curve_table(self, group: Group) -> Table:
        """NME of every arm by labels: mean ± standard deviation over seeds."""
        here = [cell for cell in self.cells if (cell.preset, cell.schedule) == (group.preset, group.schedule)]
        by = {(cell.arm, cell.labels): cell for cell in here}
        rows = [[str(labels), *(_spread(by[arm, labels]) for arm in group.nme)] for labels in group.labels]
        for arm, stated in (self.stated or {}).items():
            if arm in group.nme:
                known = {labels: value for labels, value in stated.items() if labels in group.labels}
                for row in rows:
                    if int(row[0]) in known:
                        row[1 + list(group.nme).index(arm)] += f" (paper {known[int(row[0])]:.2f})"
        return ["labels", *group.nme], rows

    def difference_table(self, group: Group) -> Table:
        """Every arm against the one that is compared with."""
        here = [d for d in self.differences if (d.preset, d.schedule) == (group.preset, group.schedule)]
        rows = [
            [
                d.arm,
                "whole curve" if d.labels is None else str(d.labels),
                f"{d.difference:+.3f} ({d.interval[0]:+.3f} to {d.interval[1]:+.3f})",
                f"{d.relative:+.1f} % ({d.relative_interval[0]:+.1f} to {d.relative_interval[1]:+.1f})",
                p_text(d.p),
                p_text(d.p_holm),
                f"{d.rank_biserial:+.2f}",
                "–" if d.d is None else f"{d.d:+.2f}",
                f"{d.wins} of {d.pairs}",
            ]
            for d in here
        ]
        return ["arm", "labels", "difference, points", "relative", "p", "p (Holm)", "rank-biserial", "d", "won"], rows

    def saving_table(self, group: Group) -> Table:
        """Labels and hours that each arm saves at the other's error."""
        here = [s for s in self.savings if (s.preset, s.schedule) == (group.preset, group.schedule)]
        rows = [
            [
                s.arm,
                f"{s.nme:.2f} %, {s.against} at {s.labels}",
                "not within the budget" if s.needed is None else f"{s.needed:.0f}",
                _saved(s.saving, s.interval, at_least=s.at_least),
                _saved(s.hours_saving, s.hours_interval),
            ]
            for s in here
        ]
        return ["arm", "for the error of", "labels needed", "labels saved", "hours saved"], rows

    def effort_table(self, group: Group) -> Table:
        """What labelling the whole budget takes the simulated annotator."""
        last = [
            c
            for c in self.cells
            if (c.preset, c.schedule, c.labels) == (group.preset, group.schedule, group.labels[-1])
        ]
        rows = [
            [c.arm, str(c.labels), f"{c.corrections:,.0f}", f"{c.corrections / c.labels:.1f}", f"{c.hours:.2f}"]
            for c in last
        ]
        return ["arm", "labels", "corrections", "a face", "hours"], rows


def markdown(found: Findings) -> str:
    parts = [f"# {found.title}", "", "\n".join(f"- {line}" for line in conditions(found)), ""]
    if found.sentences:
        parts += ["## In short", "", *(f"- {line}" for line in found.sentences), ""]
    for group in found.groups:
        name = f"{group.preset}, {group.schedule}"
        for title, (head, rows) in tables(found, group):
            if rows:
                parts += [f"## {title}: {name}", "", _pipes(head), _pipes(["---"] * len(head)), *map(_pipes, rows), ""]
    for title, lines in (("Chosen otherwise than asked for", found.notices), ("Not finished", found.problems)):
        if lines:
            parts += [f"## {title}", "", *(f"- {line}" for line in lines), ""]
    return "\n".join(parts)


def tables(found: Findings, group: Group) -> list[tuple[str, Table]]:
    """The tables of a group with their titles."""
    against = found.plan.against
    return [
        ("NME in per cent", found.curve_table(group)),
        (f"Against {against}", found.difference_table(group)),
        (f"Saved at the error of {against}", found.saving_table(group)),
        ("Effort", found.effort_table(group)),
    ]


def csv_table(found: Findings) -> str:
    """Every point of every curve."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["preset", "schedule", "arm", "seed", "labels", "nme", "corrections", "hours", "chosen_otherwise"])
    for curve in found.curves:
        at = curve.campaign
        for p in curve.points:
            row = [at.preset, at.schedule.name, at.arm.name, at.seed, p.labels, f"{p.nme:.5f}", p.corrections]
            writer.writerow([*row, f"{p.hours:.5f}", p.notice or ""])
    return written.getvalue()


def npz(found: Findings) -> bytes:
    """The error of every test face (M,), a fraction, by every model: "seed/arm/labels", after preset and schedule where
    there are several. What ``benchmarks/forecast.py`` draws audit faces from."""
    written = io.BytesIO()
    several = len(found.groups) > 1
    arrays = {}
    for curve in found.curves:
        at = curve.campaign
        where = f"{at.preset}/{at.schedule.name}/" if several else ""
        for point in curve.points:
            arrays[f"{where}{at.seed}/{at.arm.name}/{point.labels}"] = np.array(point.errors)
    np.savez_compressed(written, allow_pickle=False, **arrays)
    return written.getvalue()


def conditions(found: Findings) -> list[str]:
    """Under what conditions the figures hold, a line each."""
    plan, sets = found.plan, found.sets
    steps = "the preset's number of steps" if plan.steps is None else f"{plan.steps} steps a round"
    starts = {
        "last": "the last round's weights, the first from the pretrained ones",
        "pretrained": "the pretrained weights",
        "scratch": "nothing",
    }
    lines = [
        f"{sets.title}: a pool of {len(sets.pool):,} faces; NME by {sets.norm} in per cent on {len(sets.test):,} "
        f"faces, {sets.measured_on}.",
        f"{len(plan.seeds)} seeds, paired: the same seed means the same first batch of arms with the same start, and "
        "the same chance in training.",
        f"Every training starts from {starts[plan.start_from]} ({_weights(plan)}), {steps}.",
        f"The simulated annotator corrects landmarks that are off by more than {100 * plan.effort.tolerance:g} % of "
        f"the {sets.norm} distance: {plan.effort.face:g} s a face, {plan.effort.correction:g} s a correction (assumed)"
        + (f"; its hand is off by {100 * plan.noise:g} %." if plan.noise else "; it makes no mistakes."),
    ]
    lines += [f"No weights ship for {preset}: it starts from nothing instead." for preset in plan.weightless]
    if plan.score_at_most is not None:
        lines.append(f"Each round scores {plan.score_at_most:,} open faces at most.")
    if plan.changes:
        lines.append("The preset's recipe is changed to the paper's.")
    lines += [f"{preset} before any label: {nme:.2f} %." for preset, nme in (found.before_labels or {}).items()]
    lines.append(f"Written by `{found.command}` (facelabel {facelabel.__version__}, {platform.machine()}).")
    return lines


def check(paths: Sequence[Path]) -> None:
    """Raises FacelabelError unless reports can go there: asked before the hours that a study takes."""
    for path in paths:
        if path.suffix.lower() not in SUFFIXES:
            raise FacelabelError("no kind of report", where=path, cure=f"end it with one of {' '.join(SUFFIXES)}")
        if not path.absolute().parent.is_dir():
            raise FacelabelError("there is no folder to put the report in", where=path, cure="make the folder first")


def save(path: Path, found: Findings) -> None:
    """Write a report whole; the suffix says which. Raises FacelabelError when it cannot be written."""
    check([path])
    suffix = path.suffix.lower()
    if suffix == ".json":
        write_whole(path, json.dumps(found.document, indent=1, allow_nan=False) + "\n")
    elif suffix == ".md":
        write_whole(path, markdown(found))
    elif suffix == ".csv":
        write_whole(path, csv_table(found))
    elif suffix == ".npz":
        write_whole(path, npz(found))
    elif suffix == ".html":
        from facelabel.simulation.page import html

        write_whole(path, html(found))
    else:
        from facelabel.simulation.plots import picture

        write_whole(path, picture(found, suffix[1:]))


def p_text(p: float) -> str:
    return "<.0001" if p < 1e-4 else f"{p:.4f}".removeprefix("0")


def _weights(plan: Plan) -> str:
    """By name: where they lie is nobody else's business."""
    return "none" if plan.weights is None else Path(plan.weights).name


def _in_words(d: Difference, saving: Saving | None) -> str:
    where = "over the whole curve" if d.labels is None else f"at {d.labels} labels"
    low, high = sorted(-value if d.relative < 0 else value for value in d.relative_interval)
    said = (
        f"{d.arm} {where}: NME {d.nme:.2f} % against {d.against_nme:.2f} % with {d.against}, {abs(d.relative):.1f} % "
        f"{'lower' if d.relative < 0 else 'higher'} (95 %: {low:.1f} to {high:.1f}), p = {p_text(d.p_holm)} "
        f"({d.pairs} {'pair' if d.pairs == 1 else 'pairs'}, {d.wins} won, rank-biserial {d.rank_biserial:+.2f})"
    ).replace("p = <", "p < ")
    if d.pairs < _FEWEST_PAIRS:
        said += "; too few pairs to show any difference"
    elif not d.shown:
        said += "; no difference is shown"
    if saving is not None:
        if saving.saving is None:
            said += "; it does not reach that error within the budget"
        else:
            saved = _saved(saving.saving, saving.interval, at_least=saving.at_least)
            said += f"; for the error of {d.against} it needs {saved} labels"
    return said + "."


def _saved(value: float | None, interval: tuple[float | None, float | None], *, at_least: bool = False) -> str:
    """'38 % fewer (25 to 48)'; a bound of None lies where the budget ends before the error is reached."""
    if value is None:
        return "none within the budget"
    sign = 1 if value >= 0 else -1
    low, high = ("beyond the budget" if bound is None else f"{sign * bound:.0f}" for bound in interval[::sign])
    words = "at least " if at_least else ""
    return f"{words}{abs(value):.0f} % {'fewer' if value >= 0 else 'more'} ({low} to {high})"


def _spread(cell: Cell) -> str:
    return f"{cell.nme:.2f}" + ("" if cell.deviation is None else f" ± {cell.deviation:.2f}")


def _pipes(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
