"""Which faces the list shows: a search, the state, who labelled, and what else there is to say of a face."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from facelabel.store.faces import STATES
from facelabel.store.listing import Wanted

TYPING = 250
"""Milliseconds without a key after which a search begins."""


class FilterBar(QWidget):
    changed = Signal()
    view_changed = Signal(bool)
    """Whether the grid is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Name or folder…"))
        self.search.setAccessibleName(self.tr("Search by name or folder"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(130)
        self.search.setMaximumWidth(260)
        self.state = self._box(self.tr("State"))
        self.state.addItem(self.tr("Any state"), None)
        captions = (self.tr("Open"), self.tr("Labelled"), self.tr("Skipped"), self.tr("Rejected"))
        for name, caption in zip(STATES, captions, strict=True):
            self.state.addItem(caption, name)
        self.author = self._box(self.tr("Labelled by"))
        self.author.setMaximumWidth(180)
        self.author.addItem(self.tr("By anybody"), None)
        self.kind = self._box(self.tr("Which faces"))
        for kind, caption in (
            ("all", self.tr("All faces")),
            ("begun", self.tr("Begun, not accepted")),
            ("audit", self.tr("Audit faces")),
            ("near", self.tr("Near-duplicates")),
            ("failed", self.tr("Photo cannot be read")),
        ):
            self.kind.addItem(caption, kind)
        self.count = QLabel()
        self.count.setProperty("role", "dim")
        self.count.setAccessibleName(self.tr("Faces in the list"))
        self.reset = QPushButton(self.tr("Show all"))
        self.reset.setProperty("role", "quiet")
        self.reset.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.search, self.state, self.author, self.kind, self.reset):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.count)
        self._views = QButtonGroup(self)
        for number, caption in enumerate((self.tr("List"), self.tr("Grid"))):
            button = QToolButton()
            button.setText(caption)
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setProperty("role", "page")
            button.setAccessibleName(self.tr("Show as: {}").format(caption))
            self._views.addButton(button, number)
            row.addWidget(button)
        self._views.idClicked.connect(lambda number: self.view_changed.emit(bool(number)))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TYPING)
        self._soon.timeout.connect(self._tell)
        self.search.textEdited.connect(lambda _: self._soon.start())
        self.search.returnPressed.connect(self._tell)
        for box in (self.state, self.author, self.kind):
            box.currentIndexChanged.connect(self._tell)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        self.reset.setEnabled(False)

    def wanted(self) -> Wanted:
        return Wanted(
            state=self.state.currentData(),
            kind=self.kind.currentData(),
            author=self.author.currentData(),
            text=self.search.text().strip(),
        )

    def show_authors(self, names: Sequence[str]) -> None:
        """Who has labelled; the choice stays."""
        chosen = self.author.currentData()
        if [self.author.itemData(place) for place in range(1, self.author.count())] == list(names):
            return
        with QSignalBlocker(self.author):
            while self.author.count() > 1:
                self.author.removeItem(1)
            for name in names:
                self.author.addItem(self.tr("By {}").format(name), name)
            self.author.setCurrentIndex(max(0, self.author.findData(chosen)))

    def show_count(self, shown: int) -> None:
        self.count.setText(self.tr("{:,} face(s)", "", shown).format(shown))

    def clear(self) -> None:
        """Every face again."""
        with QSignalBlocker(self.search), QSignalBlocker(self.state), QSignalBlocker(self.author):
            self.search.clear()
            self.state.setCurrentIndex(0)
            self.author.setCurrentIndex(0)
            with QSignalBlocker(self.kind):
                self.kind.setCurrentIndex(0)
        self._tell()

    def _tell(self) -> None:
        self._soon.stop()
        self.reset.setEnabled(self.wanted() != Wanted())
        self.changed.emit()

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box
