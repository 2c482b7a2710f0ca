"""The annotator's quick card, one page: python scripts/quick_card.py [FILE.pdf]. Keys are those of the registry."""

from __future__ import annotations

import html
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from facelabel.desk.actions import Action, of_screen
from facelabel.ui.keys_overlay import keys_of, text_of

OUT = Path(__file__).resolve().parents[1] / "docs" / "quick-card.pdf"
COLUMNS = (("Landmarks",), ("Faces", "Face", "View"))
ADVICE = (
    "Work from the top of the queue: the model asks for these faces because they teach it most.",
    "Correct the worst point first: points that you have not touched follow it.",
    "A point with a dotted halo is in doubt. The others are mostly right: look, and go on.",
    "Hidden, but you know where: occluded. Not on the face at all: absent, where the scheme has that.",
    "An audit face comes without the model's guess, because it measures the model. Label it like any other.",
    "Everything is saved at once. Undo goes back even to the face before.",
)

SEEN = (
    ("diamond", "the model's proposal: nobody has touched it"),
    ("ring, full centre", "a person decided on this point"),
    ("broken outline", "occluded"),
    ("dotted halo", "in doubt: look at it"),
    ("white ring", "the current point, which keys act on"),
    ("faint", "not asked for on this face"),
)


def page() -> str:
    """The card as the rich text that Qt draws."""
    left, right = ("".join(map(_group, groups)) for groups in COLUMNS)
    seen = "".join(f"<tr><td width='118'><b>{what}</b></td><td>{html.escape(means)}</td></tr>" for what, means in SEEN)
    left += f"<h2>On the canvas</h2><table cellspacing='0' cellpadding='1.5'>{seen}</table>"
    columns = "".join(f'<td width="50%" valign="top">{column}</td>' for column in (left, right))
    advice = "".join(f"<li>{html.escape(line)}</li>" for line in ADVICE)
    return (
        "<h1>facelabel: the annotator's quick card</h1>"
        f"<ul>{advice}</ul><table width='100%' cellspacing='0' cellpadding='0'><tr>{columns}</tr></table>"
        "<p class='foot'>F1 shows this on the desk, with the keys that you have set yourself (File, Keys…).</p>"
    )


def _group(group: str) -> str:
    rows = "".join(_row(action) for action in of_screen("label") if action.group == group)
    return f"<h2>{html.escape(group)}</h2><table cellspacing='0' cellpadding='1.5'>{rows}</table>"


def _row(action: Action) -> str:
    keys, text = html.escape(keys_of(action)), html.escape(text_of(action))
    return f"<tr><td width='118'><b>{keys}</b></td><td>{text}</td></tr>"


def write(path: Path) -> int:
    """Write the card; how many pages it would take (one)."""
    application = QGuiApplication.instance() or QGuiApplication([])
    writer = QPdfWriter(str(path))
    writer.setTitle("facelabel quick card")
    writer.setCreator("facelabel")
    writer.setResolution(96)
    margins = QMarginsF(14, 12, 14, 10)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    document = QTextDocument()
    font = QFont("DejaVu Sans")
    font.setPixelSize(11)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(
        "h1 { font-size: 19px; margin-bottom: 4px } h2 { font-size: 14px; margin: 10px 0 3px 0; color: #1f5fbf }"
        "li { margin-bottom: 2px } .foot { color: #545d6d }"
    )
    document.setHtml(page())
    area = writer.pageLayout().paintRectPixels(writer.resolution())
    document.setPageSize(QSizeF(area.size()))
    painter = QPainter(writer)
    document.drawContents(painter)
    painter.end()
    del application
    return document.pageCount()


def main() -> int:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    pages = write(path)
    print(f"{path}: {pages} page{'' if pages == 1 else 's'}")
    return int(pages != 1)


if __name__ == "__main__":
    sys.exit(main())
