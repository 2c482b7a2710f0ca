"""What the canvas says when there is no face: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facelabel.campaign.loop import CampaignStatus


def words(status: CampaignStatus | None) -> str:
    """One or two sentences for an empty canvas."""
    if status is None:
        return tr("Reading the queue…")
    if status.open_faces == 0 and status.labels == 0 and status.round:
        return tr("Every face was skipped or rejected. A goes back to them; or import more photos.")
    if status.open_faces == 0 and status.labels == 0:
        return tr("There are no faces yet. Import photos from the Project menu; the faces in them are found for you.")
    if status.phase == "finished" and status.budget_left <= 0:
        return tr("The budget is spent. Export the labels, or raise the budget on the Campaign screen.")
    return {
        "empty": tr("Drawing the next batch…"),
        "finished": tr("Every face is done. Export the labels, or import more photos."),
        "ready-to-train": tr("The batch is done. Training starts by itself, or on the Campaign screen."),
        "training": tr("The model is learning from this batch. No other face is in line until it is done."),
    }.get(status.phase, tr("Nothing in the queue is open. The Campaign screen says what comes next."))


def tr(text: str) -> str:
    return QCoreApplication.translate("empty", text)
