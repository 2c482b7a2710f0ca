"""An evaluation as a report that stands alone: one HTML file, or a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from facelabel.errors import FacelabelError
from facelabel.evaluation.comparing import Comparison
from facelabel.evaluation.measuring import Evaluation, Figures, PartError

SUFFIXES = (".html", ".pdf")
WORST = 12
"""Faces on the contact sheet."""


@dataclass(frozen=True)
class Report:
    """``found`` on the faces of ``folder``; ``from_labels`` the same model from the labels' boxes where ``found`` is
    from a detector's; ``other`` what it was compared with."""

    found: Evaluation
    folder: str
    from_labels: Evaluation | None = None
    other: Evaluation | None = None
    comparison: Comparison | None = None

    @property
    def title(self) -> str:
        return f"{self.found.name} on {self.folder}"

    @property
    def headings(self) -> list[str]:
        at = f"{100 * self.found.threshold:g}"
        return ["", "faces", "missed", "NME %", "95 %", "median %", f"AUC@{at}", f"FR@{at} %"]

    @property
    def rows(self) -> list[list[str]]:
        """The table of the whole and its subsets as text, a cell for each heading."""
        evaluations = [self.found, *([] if self.from_labels is None else [self.from_labels])]
        rows = []
        for evaluation in evaluations:
            suffix = f", {evaluation.boxes}" if len(evaluations) > 1 else ""
            rows += [_cells(row, row.name + suffix) for row in (evaluation.whole, *evaluation.subsets)]
        if self.other is not None:
            rows += [_cells(row, f"{row.name}, {self.other.name}") for row in (self.other.whole, *self.other.subsets)]
        return rows

    @property
    def summary(self) -> str:
        """One sentence for who reads no table."""
        whole = self.found.whole
        missed = f"; {whole.missed} of {whole.faces} faces were missed" if whole.missed else ""
        if whole.nme is None or whole.interval is None:
            return f"{self.found.name} found none of the {whole.faces} faces."
        low, high = whole.interval
        return (
            f"{self.found.name} on {whole.faces - whole.missed} faces from {self.found.boxes}: NME {whole.nme:.3f} % "
            f"(95 %: {low:.3f} to {high:.3f}) by {self.found.norm}, {whole.failure_rate:.2f} % above "
            f"{100 * self.found.threshold:g} %{missed}."
        )

    @property
    def curves(self) -> dict[str, Evaluation]:
        """The evaluations that are drawn, by what the legend calls them."""
        drawn = {self.found.name: self.found}
        if self.from_labels is not None:
            drawn = {
                f"{self.found.name}, {self.found.boxes}": self.found,
                f"{self.found.name}, {self.from_labels.boxes}": self.from_labels,
            }
        if self.other is not None:
            drawn[self.other.name] = self.other
        return drawn


def worst_parts(found: Evaluation) -> list[PartError]:
    """The landmarks, the hardest first; those never measured last."""
    return sorted(found.landmarks, key=lambda part: -1.0 if part.nme is None else part.nme, reverse=True)


def check(path: Path) -> None:
    """Raises FacelabelError unless a report can go there: asked before the minutes that measuring takes."""
    if path.suffix.lower() not in SUFFIXES:
        raise FacelabelError("no kind of report", where=path, cure=f"end it with {' or '.join(SUFFIXES)}")
    if not path.absolute().parent.is_dir():
        raise FacelabelError("there is no folder to put the report in", where=path, cure="make the folder first")


def save(path: Path, report: Report) -> None:
    """Write the report whole; the suffix says which. Raises FacelabelError when it cannot be written."""
    from facelabel.evaluation.report import html, pdf
    from facelabel.formats.atomic import write_whole

    check(path)
    write_whole(path, pdf.render(report) if path.suffix.lower() == ".pdf" else html.render(report))


def _cells(row: Figures, name: str) -> list[str]:
    interval = "–" if row.interval is None else f"{row.interval[0]:.3f} – {row.interval[1]:.3f}"
    return [
        name,
        str(row.faces),
        str(row.missed),
        _number(row.nme),
        interval,
        _number(row.median),
        f"{row.auc:.4f}",
        f"{row.failure_rate:.2f}",
    ]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
