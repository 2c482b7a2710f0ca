"""The faces of the project as the Data screen lists them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from types import MappingProxyType

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QWidget

from facelabel.store.listing import FaceRow, Order
from facelabel.ui.data.paged_model import PagedModel
from facelabel.ui.reasons import in_words

NAME, STATE, AUTHOR, WHEN, ROUND, SIZE, NOTES = range(7)
ORDERS: Mapping[int, Order] = MappingProxyType(
    {NAME: "name", STATE: "state", AUTHOR: "author", WHEN: "labelled", ROUND: "round", SIZE: "size"}
)
"""What each column sorts by; notes have no order."""


class FaceModel(PagedModel[FaceRow]):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = (
            self.tr("Photo"),
            self.tr("State"),
            self.tr("Labelled by"),
            self.tr("When"),
            self.tr("Round"),
            self.tr("Size"),
            self.tr("Notes"),
        )

    def text(self, row: FaceRow, column: int) -> str:
        return (
            PurePath(row.path).name,
            self.state(row.state),
            row.author or "",
            _when(row.labelled_at),
            "" if row.round is None else str(row.round),
            self.tr("{} px").format(round(max(row.box.width, row.box.height))),
            ", ".join(self.notes(row)),
        )[column]

    def state(self, name: str) -> str:
        return {
            "open": self.tr("open"),
            "labelled": self.tr("labelled"),
            "skipped": self.tr("skipped"),
            "rejected": self.tr("rejected"),
        }.get(name, name)

    def notes(self, row: FaceRow) -> list[str]:
        """What else there is to say of a face, the worst first."""
        said = []
        if row.failure:
            said.append(self.tr("photo cannot be read"))
        if row.reason:
            said.append(in_words(row.reason))
        if row.holdout:
            said.append(self.tr("audit face"))
        if row.begun:
            said.append(self.tr("begun"))
        if row.burst is not None:
            said.append(self.tr("has near-duplicates"))
        return said


def _when(at: datetime | None) -> str:
    if at is None:
        return ""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at.timestamp())), QLocale.FormatType.ShortFormat)
