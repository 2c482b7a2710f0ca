"""What the Review screen says of labels, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QDate, QLocale

from facelabel.desk.review import ReviewedFace, ReviewRow
from facelabel.desk.second import GoldFeedback
from facelabel.quality.findings import KINDS, Finding
from facelabel.quality.history import Entry
from facelabel.ui.i18n.said import said
from facelabel.ui.words import tr

NAMED = 3
"""Landmarks that feedback names."""


def moment(at: datetime) -> str:
    """As the person's own calendar and clock write it."""
    local = at.astimezone()
    day = QDate(local.year, local.month, local.day)
    return f"{QLocale().toString(day, QLocale.FormatType.ShortFormat)} {local:%H:%M}"


def kind(finding: Finding) -> str:
    return said(KINDS[finding.kind].title)


def kinds(findings: Sequence[Finding]) -> str:
    return ", ".join(dict.fromkeys(kind(one) for one in findings))


def verdict(row: ReviewRow) -> tuple[str, str]:
    """The mark beside a row and the theme's colour of it."""
    if row.verdict == "accepted":
        return tr("accepted"), "ok"
    if row.verdict == "sent back":
        return tr("sent back"), "warn"
    return (f"{100 * row.suspicion:.0f} %", "error" if row.suspicion >= 0.6 else "warn") if row.findings else ("", "")


def state(row: ReviewRow) -> str:
    """The line below the name: why it is suspected, or that nothing is, and what else it is."""
    parts = [kinds(row.findings) or tr("nothing found")]
    if row.second:
        parts.append(tr("labelled twice") if row.second == 1 else tr("labelled {} times").format(row.second + 1))
    if row.gold:
        parts.append(tr("gold"))
    if row.audit:
        parts.append(tr("audit"))
    return " · ".join(parts)


def heading(face: ReviewedFace) -> str:
    """'photo.jpg · ann · 21.11.2026 20:10 · began with v3 · 5 of 68 points moved · 18 s'."""
    newest = next(entry for entry in face.history if entry.kind == "revision")
    return " · ".join([face.picture.path.name, newest.author, moment(newest.at), *_made(newest)])


def entry(one: Entry) -> tuple[str, str]:
    """Two lines about something in the history of a face."""
    when = f"{one.author} · {moment(one.at)}"
    if one.kind == "review":
        return tr("Review: {}").format(said(one.text)), when
    if one.kind == "second":
        # A gold answer stands beside the label, and so does a repeated one.
        title = tr("Asked as gold face") if one.origin == "gold" else tr("Labelled a second time")
        return (title if one.record is not None else f"{title}: {said(one.text)}"), " · ".join([when, *_made(one)])
    title = tr("Revision {}").format(one.number) + (f": {said(one.text)}" if one.text else "")
    return title, " · ".join([when, *_made(one)])


def _made(one: Entry) -> list[str]:
    parts = []
    if one.origin == "import":
        parts.append(tr("imported"))
    elif one.version is not None:
        parts.append(tr("began with v{}").format(one.version))
    if one.points and one.origin != "import":
        parts.append(tr("{} of {} point(s) by hand", "", one.points).format(one.moved, one.points))
    if one.seconds:
        parts.append(tr("{:.0f} s").format(one.seconds))
    return parts


def gold(feedback: GoldFeedback) -> str:
    """'That was a gold face, whose right label is known. Your points were 2.1 % off, above all chin 7.2 px, …'."""
    far = ", ".join(f"{name} {pixels:.1f} px" for _, name, pixels in feedback.farthest[:NAMED])
    text = tr("That was a gold face, whose right label is known. Your points were {:.1f} % off, above all {}.")
    return text.format(100 * feedback.pair.nme, far)
