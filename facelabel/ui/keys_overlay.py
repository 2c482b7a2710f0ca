"""F1: every key and gesture, made from the registry of actions, laid over the label screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from facelabel.desk.actions import ACTIONS, Action
from facelabel.ui import theme

_COLUMNS = (("Landmarks",), ("Faces", "Face", "View"))


def text_of(action: Action) -> str:
    return QCoreApplication.translate("actions", action.text)


def keys_of(action: Action) -> str:
    """The keys and gestures of an action as this platform writes them; a run of digits as '1–6', arrows as one word."""
    native = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in action.keys]
    if action.per_key:
        if action.keys[0].endswith("Left"):
            arrows = QCoreApplication.translate("actions", "arrow keys")
            native = [native[0].removesuffix(native[0].split("+")[-1]) + arrows]
        else:
            native = [f"{native[0]}–{native[-1]}"]
    mouse = [QCoreApplication.translate("actions", action.mouse)] if action.mouse else []
    # Return is the Enter key of the main block: one word for both.
    native = ["Enter" if key == "Return" else key for key in native]
    return ", ".join(dict.fromkeys([*native, *mouse]))


class KeysOverlay(QWidget):
    """A child of the screen that it covers; any click, Esc or F1 closes it."""

    def __init__(self, parent: QWidget, *, attributes: bool) -> None:
        super().__init__(parent)
        self._covered = parent
        self.setAccessibleName(self.tr("All keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = QFrame()
        card.setProperty("role", "card")
        body = QVBoxLayout(card)
        body.setContentsMargins(28, 20, 28, 20)
        title = QLabel(self.tr("Keys and mouse"))
        title.setFont(theme.heading(self.font(), 1.4))
        body.addWidget(title)
        columns = QHBoxLayout()
        columns.setSpacing(44)
        for groups in _COLUMNS:
            columns.addLayout(self._column(groups, attributes=attributes))
        body.addLayout(columns)
        hint = QLabel(self.tr("Single letters rest while you type in a text field. Esc closes this."))
        hint.setProperty("role", "dim")
        body.addWidget(hint)
        scroll = QScrollArea()
        scroll.setWidget(card)
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(40, 24, 40, 24)
        layout.addStretch(1)
        layout.addWidget(scroll, 20)
        layout.addStretch(1)
        scroll.setMaximumWidth(card.sizeHint().width() + 60)
        parent.installEventFilter(self)
        self.hide()

    def _column(self, groups: tuple[str, ...], *, attributes: bool) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        row = 0
        for group in groups:
            heading = QLabel(QCoreApplication.translate("actions", group))
            heading.setFont(theme.heading(self.font(), 1.05))
            heading.setContentsMargins(0, 10, 0, 2)
            grid.addWidget(heading, row, 0, 1, 2)
            for action in ACTIONS:
                if action.group == group and (attributes or action.id != "attribute"):
                    row += 1
                    keys = QLabel(keys_of(action))
                    keys.setFont(theme.heading(self.font(), 0.95))
                    grid.addWidget(keys, row, 0)
                    grid.addWidget(QLabel(text_of(action)), row, 1)
            row += 1
        grid.setRowStretch(row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def toggle(self) -> None:
        self.setVisible(not self.isVisible())
        if self.isVisible():
            self.setGeometry(self._covered.rect())
            self.raise_()
            self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._covered and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        self._covered.setFocus()

    def event(self, event: QEvent) -> bool:
        """While it lies over the face, keys other than its own must not reach the face."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() not in (Qt.Key.Key_F1, Qt.Key.Key_Question):
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 130))
        painter.end()
