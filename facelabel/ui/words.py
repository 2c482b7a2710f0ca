"""Numbers and states in plain words, for a lab lead who does not program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from facelabel.campaign.loop import CampaignStatus


def tr(text: str, comment: str = "", n: int = -1) -> str:
    """With ``n`` the text takes the form that belongs to it: "%n face(s)", or "{:,} face(s)" where ``format`` is to put
    the numbers in (see ``make translations``)."""
    return QCoreApplication.translate("words", text, comment, n)


def duration(seconds: float) -> str:
    """'8 s', '3 min', '2.5 h': as exact as an estimate deserves."""
    if seconds < 90:
        return tr("{} s").format(max(1, round(seconds)))
    if seconds < 90 * 60:
        return tr("{} min").format(round(seconds / 60))
    return tr("{:.1f} h").format(seconds / 3600)


def round_title(status: CampaignStatus) -> str:
    return tr("Round {}").format(status.round) if status.round else tr("Not started")


def state(status: CampaignStatus) -> str:
    """Where the campaign stands and what happens next."""
    if status.phase == "empty":
        return _empty(status)
    if status.phase == "labelling":
        text = tr(
            "{} of {} face(s) labelled. Next: when the batch is full, training starts by itself.", "", status.batch_size
        )
        return text.format(status.batch_done, status.batch_size)
    if status.phase == "ready-to-train":
        return tr("The batch is labelled, {} face(s). Next: training.", "", status.batch_size).format(status.batch_size)
    if status.phase == "training":
        text = tr(
            "The model is learning from {} labelled face(s). Labelling goes on with the faces next in line.",
            "",
            status.labels,
        )
        return text.format(status.labels)
    if status.budget_left <= 0:
        return tr("The budget is spent. Export the labels, or raise the budget to go on.")
    return tr("No face is left to label. Export the labels, or import more photos.")


def _empty(status: CampaignStatus) -> str:
    if status.open_faces:
        text = tr("{:,} face(s) to label. Go to Label: the first batch is drawn for you.", "", status.open_faces)
        return text.format(status.open_faces)
    if status.labels:
        return tr("Every face has its label. Import more photos, or export the labels.")
    return tr("There are no faces yet. Import photos, and let the detector find the faces in them.")


def stage(name: str) -> str:
    return {
        "load": tr("Reading the faces"),
        "train": tr("Learning"),
        "score": tr("Ranking the faces"),
        "detect": tr("Looking for faces"),
        "save": tr("Saving the result"),
    }.get(name, name)


def progress(name: str, done: int, total: int, eta: float | None) -> str:
    """'Learning, 45 %, about 20 s left'."""
    parts = [stage(name)]
    if total:
        parts.append(f"{100 * done // total} %")
    if eta is not None:
        parts.append(tr("about {} left").format(duration(eta)))
    return ", ".join(parts)
