"""Who changed which setting, when, and from which round on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject

from facelabel.ui.campaign import captions
from facelabel.ui.campaign.text_table import TextTable

if TYPE_CHECKING:
    from facelabel.campaign.loop import SettingsChange


class HistoryModel(TextTable):
    """Newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, top=True)
        self._columns = (self.tr("When"), self.tr("Who"), self.tr("Round"), self.tr("What"))

    def show_history(self, changes: list[SettingsChange]) -> None:
        self.show_rows(
            [
                (
                    moment(one.at),
                    one.author,
                    self.tr("from {}").format(one.from_round),
                    "; ".join(captions.change(name, old, new) for name, (old, new) in one.changed.items()),
                )
                for one in sorted(changes, key=lambda one: one.at, reverse=True)
                if one.changed
            ]
        )


def moment(when: datetime) -> str:
    """In the person's own time and way."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(when.timestamp())), QLocale.FormatType.ShortFormat)
