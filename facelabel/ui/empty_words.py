"""What the canvas says when there is no face: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facelabel.campaign.loop import CampaignStatus


def words(status: CampaignStatus | None, *, reading: bool = False, detecting: str = "", back: str = "") -> str:
    """One or two sentences for an empty canvas. ``reading``: the queue is being read anew; ``detecting``: how far the
    search for faces has come, where one runs; ``back``: the key of the face before, where it has one."""
    if status is None:
        return tr("Reading the queue…")
    if detecting and status.open_faces == 0:
        return tr("Your photos are searched for faces. The first face comes here by itself.") + f"\n{detecting}"
    if reading and status.labels and status.phase in ("labelling", "ready-to-train", "training"):
        return tr("Bringing the next faces…")
    if status.open_faces == 0 and status.labels == 0:
        return _without_faces(status, back)
    if status.phase == "finished" and status.budget_left <= 0:
        return tr("The budget is spent. Export the labels, or raise the budget on the Campaign screen.")
    return {
        "empty": tr("Drawing the next batch…"),
        "finished": tr("Every face is done. Export the labels, or import more photos."),
        "ready-to-train": tr("The batch is done. Training starts by itself, or on the Campaign screen."),
        "training": tr("The model is learning from this batch. No other face is in line until it is done."),
    }.get(status.phase, tr("Nothing in the queue is open. The Campaign screen says what comes next."))


def _without_faces(status: CampaignStatus, back: str) -> str:
    if status.round and back:
        return tr("Every face was skipped or rejected. {} goes back to them; or import more photos.").format(back)
    if status.round:
        return tr("Every face was skipped or rejected. The Data screen has them; or import more photos.")
    return tr("There are no faces yet. Import photos from the File menu; the faces in them are found for you.")


def tr(text: str) -> str:
    return QCoreApplication.translate("empty", text)
