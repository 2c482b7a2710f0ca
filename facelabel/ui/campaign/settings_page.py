"""The settings with what they would choose, and who changed them before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QScrollArea, QTableView, QVBoxLayout, QWidget

from facelabel.acquisition import strategies
from facelabel.desk.desk import FacePicture
from facelabel.ui.campaign.faces_list import FaceLine, FacesList
from facelabel.ui.campaign.history_table import HistoryModel
from facelabel.ui.campaign.settings_form import SettingsForm
from facelabel.ui.card import Card, dim
from facelabel.ui.i18n.said import said as in_words
from facelabel.ui.row_table import row_table

if TYPE_CHECKING:
    from facelabel.campaign.loop import Preview, SettingsChange


@dataclass(frozen=True)
class Previewed:
    """What a proposal would choose; ``same`` of it the settings that hold would choose as well, None for those
    themselves."""

    preview: Preview
    pictures: Mapping[int, FacePicture]
    same: int | None


class SettingsPage(QWidget):
    def __init__(self, presets: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = SettingsForm(presets)
        self.history = HistoryModel(self)
        self.preview = FacesList(self.tr("Faces that these settings would choose"), rows=2)
        self._said = dim()
        self._notice = dim(role="warn")
        self._notice.hide()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.form)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(scroll, 1)
        left.addWidget(self.form.footer())
        choice = Card(self.tr("The batch they would choose"))
        choice.body.addWidget(self._said)
        choice.body.addWidget(self._notice)
        choice.body.addWidget(self.preview, 1)
        who = Card(self.tr("Who changed what"))
        self._none_yet = dim(self.tr("Nobody changed anything since the project was made."))
        who.body.addWidget(self._none_yet)
        who.body.addWidget(self._table(), 1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(choice, 3)
        right.addWidget(who, 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addLayout(right, 1)

    def show_waiting(self) -> None:
        self._said.setText(self.tr("Choosing…"))

    def show_preview(self, said: Previewed) -> None:
        picks, aside = said.preview.picks, len(said.preview.discarded)
        known = strategies().get(said.preview.function)
        title = in_words(said.preview.function if known is None else known.title)
        text = self.tr("{:,} face(s) by {}", "", len(picks)).format(len(picks), title)
        if said.preview.audit:
            text += self.tr(", {:,} at random for the audit").format(said.preview.audit)
        if aside:
            text += self.tr("; {:,} set aside as likely outliers").format(aside)
        text += "."
        if said.same is not None:
            text += self.tr(" {:,} of them are chosen by the settings as they are, too.").format(said.same)
        self._said.setText(text if picks else self.tr("No face would be chosen."))
        self._notice.setText(in_words(said.preview.notice))
        self._notice.setVisible(bool(said.preview.notice))
        self.preview.faces.show_lines(
            [
                FaceLine(pick.face_id, str(place), pick.why, said.pictures.get(pick.face_id))
                for place, pick in enumerate(picks, start=1)
            ]
        )

    def show_no_preview(self, why: str) -> None:
        self._said.setText(in_words(why))
        self._notice.hide()
        self.preview.faces.show_lines([])

    def show_history(self, changes: list[SettingsChange]) -> None:
        self.history.show_history(changes)
        self._none_yet.setVisible(self.history.rowCount() == 0)

    def said(self) -> str:
        return self._said.text()

    def _table(self) -> QTableView:
        table = row_table(self.history, self.tr("Who changed what"), "wrapped")
        table.setWordWrap(True)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        return table
