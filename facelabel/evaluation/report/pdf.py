"""The report as a PDF of A4 pages: figures and plots, landmarks, the worst faces."""

from __future__ import annotations

import io
import textwrap
from typing import Any

import facelabel
from facelabel.evaluation.report import WORST, Report, worst_parts
from facelabel.evaluation.report.pictures import PREDICTED, TRUTH, worst
from facelabel.evaluation.report.plots import draw_curves, draw_groups

_PAGE = (8.27, 11.69)
_MOST_ROWS = 40
_COLUMNS, _LINES = 3, 4


def render(report: Report) -> bytes:
    """The whole document."""
    from matplotlib.backends.backend_pdf import PdfPages

    written = io.BytesIO()
    with PdfPages(written, metadata={"Title": report.title, "Creator": f"facelabel {facelabel.__version__}"}) as pages:
        for page in (_figures(report), _landmarks(report), _faces(report)):
            if page is not None:
                pages.savefig(page)
    return written.getvalue()


def _page(title: str) -> Any:
    from matplotlib.figure import Figure

    page = Figure(figsize=_PAGE)
    page.text(0.08, 0.955, title, fontsize=15, fontweight="bold", va="top")
    return page


def _figures(report: Report) -> Any:
    page = _page(report.title)
    words = report.summary if report.comparison is None else f"{report.summary}\n{report.comparison.words}"
    said = "\n".join(textwrap.fill(line, 105) for line in words.replace(" %", "\N{NO-BREAK SPACE}%").split("\n"))
    page.text(0.08, 0.93, said, fontsize=9, va="top", linespacing=1.5)
    rows = report.rows
    height = min(0.3, 0.02 * (len(rows) + 1))
    top = 0.90 - 0.017 * said.count("\n")
    _table(page, (0.08, top - height, 0.86, height), report.headings, rows)
    rest = top - height - 0.06
    draw_curves(page.add_axes((0.12, rest / 2 + 0.06, 0.8, rest / 2 - 0.04)), report)
    draw_groups(page.add_axes((0.2, 0.07, 0.72, rest / 2 - 0.07)), report)
    return page


def _landmarks(report: Report) -> Any:
    page = _page("The hardest landmarks")
    parts = worst_parts(report.found)[:_MOST_ROWS]
    rows = [[part.name, str(part.faces), "–" if part.nme is None else f"{part.nme:.3f}"] for part in parts]
    height = 0.02 * (len(rows) + 1)
    _table(page, (0.08, 0.92 - height, 0.86, height), ["", "faces", f"error % by {report.found.norm}"], rows)
    return page


def _faces(report: Report) -> Any | None:
    tiles = worst(report.found, WORST)
    if not tiles:
        return None
    page = _page(f"The {len(tiles)} worst faces")
    for x, colour, name in ((0.08, TRUTH, "label"), (0.18, PREDICTED, "prediction")):
        page.text(x, 0.925, "\u25cf", color=[value / 255 for value in colour], fontsize=11, va="center")
        page.text(x + 0.02, 0.925, name, fontsize=9, va="center")
    for number, tile in enumerate(tiles[: _COLUMNS * _LINES]):
        line, column = divmod(number, _COLUMNS)
        axes = page.add_axes((0.08 + 0.29 * column, 0.715 - 0.225 * line, 0.27, 0.19))
        axes.imshow(tile.pixels)
        axes.set_axis_off()
        title = tile.title if len(tile.title) <= 40 else "…" + tile.title[-39:]
        axes.set_title(title, fontsize=6.5, pad=3, loc="left")
        axes.text(0, -0.02, tile.caption, fontsize=6.5, va="top", transform=axes.transAxes)
    return page


def _table(page: Any, place: tuple[float, float, float, float], headings: list[str], rows: list[list[str]]) -> None:
    axes = page.add_axes(place)
    axes.set_axis_off()
    longest = [max(len(heading), *(len(row[i]) for row in rows)) + 3 for i, heading in enumerate(headings)]
    widths = [length / sum(longest) for length in longest]
    table = axes.table(cellText=rows, colLabels=headings, colWidths=widths, bbox=(0, 0, 1, 1), edges="horizontal")
    table.auto_set_font_size(False)
    table.set_fontsize(8)
    for (row, column), cell in table.get_celld().items():
        cell.set_linewidth(0.3)
        cell.PAD = 0.02
        cell.get_text().set_horizontalalignment("left" if column == 0 else "right")
        if row == 0:
            cell.get_text().set_fontweight("bold")
