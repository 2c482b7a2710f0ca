"""The first screen: go on with a project, make one, open one, or try the demo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from facelabel.ui import theme
from facelabel.ui.card import Card, dim
from facelabel.ui.two_lines import SECOND_LINE, TwoLines

WIDTH, HEIGHT = 880, 620


class StartScreen(QWidget):
    """Dropping a folder here opens it if it is a project and starts a new project on it if not."""

    open_wanted = Signal(str)
    browse_wanted = Signal()
    new_wanted = Signal(str)
    """With the folder of photos, or an empty text."""
    demo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Start"))
        self.setAcceptDrops(True)
        title = QLabel("facelabel")
        title.setFont(theme.heading(self.font(), 2.6))
        claim = dim(
            self.tr("Label a face dataset with the fewest human seconds: the model asks for the faces it needs.")
        )
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(self._recent_card(), 3)
        columns.addWidget(self._begin_card(), 2)
        column = QWidget()
        column.setMaximumSize(WIDTH, HEIGHT)
        inner = QVBoxLayout(column)
        inner.setSpacing(6)
        inner.addWidget(title)
        inner.addWidget(claim)
        inner.addSpacing(18)
        inner.addLayout(columns, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 48, 24, 48)
        outer.addStretch(1)
        outer.addWidget(column, 100, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(1)

    def _recent_card(self) -> Card:
        card = Card(self.tr("Recent projects"))
        self.recent = QListWidget()
        self.recent.setAccessibleName(self.tr("Recent projects"))
        self.recent.setProperty("role", "plain")
        self.recent.setItemDelegate(TwoLines(self.recent))
        self.recent.setMouseTracking(True)
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.itemActivated.connect(self._open_item)
        self.recent.itemClicked.connect(self._open_item)
        self._none = dim(self.tr("None yet. Make a new project from a folder of photos, or look at the demo first."))
        card.body.addWidget(self._none)
        card.body.addWidget(self.recent, 1)
        card.body.addStretch()
        return card

    def _begin_card(self) -> Card:
        card = Card(self.tr("Begin"))
        self.new_button = QPushButton(self.tr("New project…"))
        self.new_button.setProperty("role", "primary")
        self.open_button = QPushButton(self.tr("Open a project…"))
        self.demo_button = QPushButton(self.tr("Try the demo"))
        self.new_button.clicked.connect(lambda: self.new_wanted.emit(""))
        self.open_button.clicked.connect(self.browse_wanted)
        self.demo_button.clicked.connect(self.demo_wanted)
        for button, text in (
            (self.new_button, self.tr("From a folder of photos: scheme, faces, model.")),
            (self.open_button, self.tr("A folder that facelabel made. You may also drop a folder here.")),
            (self.demo_button, self.tr("120 rendered faces on this machine: nothing is downloaded, nobody is shown.")),
        ):
            card.body.addWidget(button)
            card.body.addWidget(dim(text))
            card.body.addSpacing(8)
        card.body.addStretch(1)
        return card

    def show_recent(self, folders: Sequence[str]) -> None:
        self.recent.clear()
        for folder in folders:
            path = Path(folder)
            gone = not (path / "project.sqlite").is_file()
            second = self.tr("not there any more: {}").format(folder) if gone else folder
            item = QListWidgetItem(path.name)
            item.setData(SECOND_LINE, second)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{path.name}, {second}")
            item.setData(Qt.ItemDataRole.UserRole, folder)
            item.setToolTip(folder)
            self.recent.addItem(item)
        self._none.setVisible(not folders)
        self.recent.setVisible(bool(folders))

    def _open_item(self, item: QListWidgetItem) -> None:
        self.open_wanted.emit(item.data(Qt.ItemDataRole.UserRole))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        folder = _dropped(event)
        if folder is None:
            return
        event.acceptProposedAction()
        (self.open_wanted if (folder / "project.sqlite").is_file() else self.new_wanted).emit(str(folder))


def _dropped(event: QDropEvent) -> Path | None:
    """The one folder that is dropped."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.is_dir() else None
