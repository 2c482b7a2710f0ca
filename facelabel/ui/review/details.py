"""Beside the face: why it is suspected, what others labelled, and everything that ever happened to it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from facelabel.desk.review import ReviewedFace, SecondShape
from facelabel.quality.findings import Finding
from facelabel.quality.history import Entry
from facelabel.schemes import Scheme
from facelabel.ui.campaign.text_table import TextTable
from facelabel.ui.card import dim
from facelabel.ui.i18n.said import said
from facelabel.ui.review import words
from facelabel.ui.review.notes import Notes
from facelabel.ui.row_table import row_table


class Distances(TextTable):
    """The landmarks by how far apart two labels put them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, numbers=(1, 2))
        self._columns = (self.tr("Landmark"), self.tr("Share"), self.tr("Pixels"))

    def show_pair(self, scheme: Scheme, second: SecondShape | None) -> None:
        if second is None:
            self.show_rows([])
            return
        apart = second.pair.distance
        order = np.argsort(-np.nan_to_num(apart, nan=-1), kind="stable")
        self.show_rows(
            [
                (scheme.landmarks[i].name, f"{100 * apart[i]:.1f} %", f"{apart[i] * second.pair.normaliser:.1f}")
                for i in order
                if np.isfinite(apart[i])
            ]
        )


class Details(QWidget):
    finding_chosen = Signal(object)
    """A Finding."""
    entry_chosen = Signal(object)
    """An Entry with a shape, or None for the label that counts."""
    restore_wanted = Signal(int)
    """The number of a revision."""
    second_shown = Signal(object)
    """The SecondShape to compare with."""
    second_wanted = Signal(int)
    """The id of the second label that is to count."""

    def __init__(self, scheme: Scheme, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._read_only = read_only
        self._face: ReviewedFace | None = None
        self.findings = Notes(self.tr("Why it is suspected"))
        self.findings.currentItemChanged.connect(self._choose_finding)
        self.second_box = QComboBox()
        self.second_box.setAccessibleName(self.tr("Second label"))
        self.second_box.currentIndexChanged.connect(self._show_second)
        self.second_text = dim()
        self.table = Distances(self)
        self.use_second = QPushButton(self.tr("Let this label count"))
        self.use_second.setToolTip(
            self.tr("The second label becomes the next revision; the first stays in the history.")
        )
        self.use_second.clicked.connect(lambda: self.second_wanted.emit(self.second_box.currentData().id))
        self.history = Notes(self.tr("History"))
        self.history.currentItemChanged.connect(self._choose_entry)
        self.restore = QPushButton(self.tr("Restore this revision"))
        self.restore.setEnabled(False)
        self.restore.clicked.connect(self._restore)
        self._lay_out()
        self.show_face(None, ())

    def show_face(self, face: ReviewedFace | None, findings: tuple[Finding, ...]) -> None:
        self._face = face
        self._fill_findings(face, findings)
        self.second.setVisible(bool(face and face.second))
        self.second_box.blockSignals(True)
        self.second_box.clear()
        for one in face.second if face else ():
            self.second_box.addItem(self.tr("by {}").format(one.author), one)
        self.second_box.setCurrentIndex(self.second_box.count() - 1)
        self.second_box.setVisible(self.second_box.count() > 1)
        self.second_box.blockSignals(False)
        self._show_second()
        self.history.blockSignals(True)
        self.history.clear()
        for entry in face.history if face else ():
            self.history.add(*words.entry(entry), entry)
        self.history.blockSignals(False)
        self.restore.setEnabled(False)

    def shown_second(self) -> SecondShape | None:
        second: SecondShape | None = self.second_box.currentData()
        return second

    def _fill_findings(self, face: ReviewedFace | None, findings: tuple[Finding, ...]) -> None:
        self.findings.blockSignals(True)
        self.findings.clear()
        for one in findings:
            self.findings.add(words.kind(one), said(one.text), one)
        self.findings.blockSignals(False)
        self.nothing.setVisible(face is not None and not findings)
        self.findings.setVisible(bool(findings))
        if findings:
            self.findings.setCurrentRow(0)

    def _choose_finding(self) -> None:
        if (finding := self.findings.about()) is not None:
            self.finding_chosen.emit(finding)

    def _choose_entry(self) -> None:
        entry = self._entry()
        old = entry is not None and entry.number is not None
        newest = self._face is not None and entry is not None and entry.number == self._face.revision
        self.restore.setEnabled(old and not newest and not self._read_only)
        self.entry_chosen.emit(entry if entry is not None and entry.record is not None and not newest else None)

    def _entry(self) -> Entry | None:
        entry = self.history.about()
        return entry if isinstance(entry, Entry) else None

    def _restore(self) -> None:
        entry = self._entry()
        if entry is not None and entry.number is not None:
            self.restore_wanted.emit(entry.number)

    def _show_second(self) -> None:
        second = self.shown_second()
        self.table.show_pair(self._scheme, second)
        if second is not None:
            text = self.tr("{} labelled this face too, without seeing the first label: {:.1f} % apart.")
            self.second_text.setText(text.format(second.author, 100 * second.pair.nme))
        self.use_second.setEnabled(second is not None and not self._read_only)
        self.second_shown.emit(second)

    def _lay_out(self) -> None:
        self.nothing = dim(self.tr("Nothing speaks against this label."))
        self.second = QWidget()
        twice = QVBoxLayout(self.second)
        twice.setContentsMargins(0, 0, 0, 0)
        twice.setSpacing(4)
        table = row_table(self.table, self.tr("Distance of each landmark between the two labels"))
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.verticalHeader().setDefaultSectionSize(24)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setMinimumHeight(110)
        for widget in (self._title(self.tr("Labelled twice")), self.second_box, self.second_text, table):
            twice.addWidget(widget)
        twice.addLayout(_row(self.use_second))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 12, 8)
        column.setSpacing(6)
        column.addWidget(self._title(self.findings.accessibleName()))
        column.addWidget(self.nothing)
        column.addWidget(self.findings, 3)
        column.addWidget(self.second, 4)
        column.addWidget(self._title(self.history.accessibleName()))
        column.addWidget(self.history, 3)
        column.addLayout(_row(self.restore))

    @staticmethod
    def _title(text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "section")
        return label


def _row(button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(button)
    row.addStretch(1)
    return row
