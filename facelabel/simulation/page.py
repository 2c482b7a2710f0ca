"""The report of a study as one HTML file: no script, no link to anywhere, readable in print and in the dark."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from typing import Any

import facelabel
from facelabel.simulation.plots import draw_curves, draw_differences, draw_hours
from facelabel.simulation.report import Findings, conditions, tables

_STYLE = """
:root { color-scheme: light dark; --line: #8886; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem } h3 { font-size: 1rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap }
th:first-child, td:first-child { text-align: left; padding-left: 0 } th { font-weight: 600 }
.wide { overflow-x: auto } .soft { opacity: .8 }
.plots { display: flex; flex-wrap: wrap; gap: 1rem }
.plots svg { background: #fff; border-radius: 4px; max-width: 100%; height: auto }
li { margin: .2rem 0 }
"""


def html(found: Findings) -> str:
    """The whole document."""
    parts = [f"<h1>{escape(found.title)}</h1>", _list(found.sentences)]
    for group in found.groups:
        parts.append(f"<h2>{escape(group.preset)}, {escape(group.schedule)}</h2>")
        drawn = [_svg(draw, found, group) for draw in (draw_curves, draw_differences, draw_hours)]
        parts.append(f'<div class="plots">{"".join(drawn)}</div>')
        for title, (head, rows) in tables(found, group):
            if rows:
                parts += [f"<h3>{escape(title)}</h3>", _table(head, rows)]
    parts += ["<h2>Conditions</h2>", _list(conditions(found))]
    for title, lines in (("Chosen otherwise than asked for", found.notices), ("Not finished", found.problems)):
        if lines:
            parts += [f"<h2>{title}</h2>", _list(lines)]
    parts.append(f'<p class="soft">Made by facelabel {facelabel.__version__}.</p>')
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(found.title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>\n{body}</tbody></table></div>'


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>" if lines else ""


def _svg(draw: Any, *of: Any) -> str:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.0, 4.2), layout="constrained")
    draw(figure.add_subplot(), *of)
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None})
    text = drawn.getvalue()
    return text[text.index("<svg") :]
