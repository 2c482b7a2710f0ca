"""Which labels the list shows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from facelabel.quality.findings import KINDS
from facelabel.ui.i18n.said import said


class Filters(QWidget):
    """By finding, by annotator, and by what became of the label."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = self._choice(
            self.tr("Show"),
            (
                ("to review", self.tr("To review")),
                ("accepted", self.tr("Accepted")),
                ("sent back", self.tr("Sent back")),
                ("twice", self.tr("Labelled twice")),
                ("gold", self.tr("Gold faces")),
                ("audit", self.tr("Audit faces")),
                (None, self.tr("All labels")),
            ),
        )
        self.finding = self._choice(
            self.tr("Finding"),
            (
                ("any", self.tr("With a finding")),
                (None, self.tr("With and without findings")),
                *((name, said(kind.title)) for name, kind in KINDS.items()),
            ),
        )
        self.finding.setCurrentIndex(1)
        self.author = self._choice(self.tr("Annotator"), ((None, self.tr("All annotators")),))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for box in (self.state, self.finding, self.author):
            column.addWidget(box)

    def show_authors(self, authors: Iterable[str]) -> None:
        """Those who gave labels, in order; who was chosen stays chosen."""
        kept = self.author.currentData()
        with QSignalBlocker(self.author):
            while self.author.count() > 1:
                self.author.removeItem(1)
            for name in authors:
                self.author.addItem(name, name)
            self.author.setCurrentIndex(max(0, self.author.findData(kept)))

    def choose(self, state: str | None = None, finding: str | None = None) -> None:
        """Set both at once; None shows all."""
        for box, value in ((self.state, state), (self.finding, finding)):
            with QSignalBlocker(box):
                box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i) == value))
        self.changed.emit()

    def chosen(self) -> tuple[str | None, str | None, str | None]:
        """State, finding and annotator, as ``ReviewList.passing`` takes them."""
        return self.state.currentData(), self.finding.currentData(), self.author.currentData()

    def _choice(self, name: str, items: Iterable[tuple[str | None, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for key, title in items:
            box.addItem(title, key)
        box.currentIndexChanged.connect(self.changed)
        return box
