"""The report as one HTML file: no script, no link to anywhere, readable in print, in the dark and aloud."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

import facelabel
from facelabel.evaluation.measuring import PartError
from facelabel.evaluation.report import WORST, Report, worst_parts
from facelabel.evaluation.report.pictures import PREDICTED, TRUTH, Tile, worst
from facelabel.evaluation.report.plots import draw_curves, draw_groups

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8881; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
p.lead { font-size: 1.1rem } p.soft, footer { opacity: .75 }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid var(--line) }
th:first-child, td:first-child { text-align: left; padding-left: 0 }
th { font-weight: 600 } tbody tr:first-child td { font-weight: 600 }
.wide { overflow-x: auto } .plots { display: flex; flex-wrap: wrap; gap: 1rem }
.plots svg { background: #fff; border-radius: 4px; max-width: 100%; height: auto }
.faces { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; padding: 0 }
figure { margin: 0 } figure img { width: 100%; display: block; border-radius: 4px }
figcaption { font-size: .85rem; overflow-wrap: anywhere }
.key { display: inline-block; width: .8em; height: .8em; border-radius: 50%; border: 1px solid #000 }
.key { margin: 0 .3em 0 1em }
summary { cursor: pointer; margin: 1rem 0 } @media print { .faces figure { break-inside: avoid } }
"""


def render(report: Report) -> str:
    """The whole document."""
    found = report.found
    title = f"{report.title}: how far predictions are from the labels"
    parts = [
        f"<h1>{escape(report.title)}</h1>",
        f'<p class="lead">{escape(report.summary)}</p>',
        _comparison(report),
        "<h2>Figures</h2>",
        _table(report.headings, report.rows),
        '<p class="soft">NME is the mean distance between predicted and labelled landmarks, divided by '
        f"{escape(_norm_in_words(found.norm))}; its interval is a bootstrap over faces (2000 resamples, seed "
        f"{found.seed}). AUC and FR are taken at {100 * found.threshold:g} % of it; a missed face counts as a failure "
        "in both and is left out of the NME.</p>",
        f'<div class="plots">{_svg(lambda axes: draw_curves(axes, report))}'
        f"{_svg(lambda axes: draw_groups(axes, report))}</div>",
        "<h2>The same errors by other distances</h2>",
        _table(["divided by", "NME %"], [[k, "–" if v is None else f"{v:.3f}"] for k, v in found.by_norm.items()]),
        "<h2>By group of landmarks</h2>",
        _parts(found.groups, found.norm),
        f"<details><summary>All {len(found.landmarks)} landmarks, the hardest first</summary>",
        _parts(worst_parts(found), found.norm),
        "</details>",
        _faces(worst(found, WORST)),
        _left_out(found.left_out),
        f"<footer><p>Made by facelabel {facelabel.__version__}, {datetime.now().astimezone():%Y-%m-%d %H:%M}; "
        f"{escape(found.scheme.title)}.</p></footer>",
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _norm_in_words(norm: str) -> str:
    return {
        "inter-ocular": "the distance of the outer eye corners",
        "inter-pupil": "the distance of the eye centres",
        "box": "the square root of the face box's area",
        "diagonal": "the diagonal of the face box",
    }[norm]


def _comparison(report: Report) -> str:
    if report.comparison is None:
        return ""
    return f"<h2>Comparison</h2><p>{escape(report.comparison.words)}</p>"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>'


def _parts(parts: Sequence[PartError], norm: str) -> str:
    rows = [
        [
            part.name,
            str(part.faces),
            "–" if part.nme is None else f"{part.nme:.3f}",
            *(["–" if part.interval is None else f"{part.interval[0]:.3f} – {part.interval[1]:.3f}"] if wide else []),
        ]
        for wide in [any(part.interval for part in parts)]
        for part in parts
    ]
    return _table(["", "faces", f"error % ({norm})", "95 %"][: len(rows[0]) if rows else 3], rows)


def _faces(tiles: Sequence[Tile]) -> str:
    if not tiles:
        return ""
    key = "".join(
        f'<span class="key" style="background:rgb{colour}"></span>{name}'
        for colour, name in ((TRUTH, "label"), (PREDICTED, "prediction"))
    )
    figures = "".join(
        f'<figure><img src="data:image/jpeg;base64,{_jpeg(tile.pixels)}" alt="{escape(tile.caption)}">'
        f"<figcaption><b>{escape(tile.title)}</b><br>{escape(tile.caption)}</figcaption></figure>\n"
        for tile in tiles
    )
    return f'<h2>The {len(tiles)} worst faces</h2><p>{key}</p><div class="faces">\n{figures}</div>'


def _left_out(lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h2>Left out: {len(lines)}</h2><ul>{items}</ul>"


def _jpeg(pixels: npt.NDArray[np.uint8]) -> str:
    done, data = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 88])
    assert done
    return base64.b64encode(data.tobytes()).decode("ascii")


def _svg(draw: Callable[[Any], None]) -> str:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.0, 4.2), layout="constrained")
    draw(figure.add_subplot())
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None})
    text = drawn.getvalue()
    return text[text.index("<svg") :]
