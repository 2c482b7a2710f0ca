"""F1: every key and gesture of a screen, made from the registry of actions and laid over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from facelabel.desk.actions import BY_ID, Action, Screen, of_screen
from facelabel.ui import theme
from facelabel.ui.i18n.said import said
from facelabel.ui.key_map import KeyMap, native, portable

_COLUMNS: Mapping[Screen, Sequence[tuple[str, ...]]] = {
    "label": (("Landmarks",), ("Faces", "Face", "View")),
    "review": (("Review",),),
}
"""Groups of a screen's actions, side by side."""


def text_of(action: Action) -> str:
    return said(action.text)


def keys_of(action: Action, keys: tuple[str, ...] | None = None) -> str:
    """The keys (those of the registry, if none are given) and gestures of an action as this platform writes them; a run
    of digits as '1–6', arrows as one word."""
    written = [native(key) for key in (action.keys if keys is None else keys)]
    if action.per_key:
        if action.keys[0].endswith("Left"):
            arrows = QCoreApplication.translate("actions", "arrow keys")
            written = [written[0].removesuffix(written[0].split("+")[-1]) + arrows]
        else:
            written = [f"{written[0]}–{written[-1]}"]
    mouse = [said(action.mouse)] if action.mouse else []
    return ", ".join(dict.fromkeys([*written, *mouse])) or QCoreApplication.translate("actions", "no key")


class KeysOverlay(QWidget):
    """A child of the screen that it covers; any click, Esc or the key that opens it closes it."""

    def __init__(self, parent: QWidget, screen: Screen, *, attributes: bool = False) -> None:
        """``attributes``: whether the scheme has any, for which there are keys."""
        super().__init__(parent)
        self._covered = parent
        self._actions = of_screen(screen)
        self._keys: dict[str, QLabel] = {}
        self._opens = next(action for action in self._actions if action.id in ("keys", "review-keys"))
        self._own: set[str] = set()
        self.setAccessibleName(self.tr("All keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card = QFrame()
        card.setProperty("role", "card")
        body = QVBoxLayout(card)
        body.setContentsMargins(28, 20, 28, 20)
        title = QLabel(self.tr("Keys and mouse"))
        title.setFont(theme.heading(self.font(), 1.4))
        body.addWidget(title)
        beside = QHBoxLayout()
        beside.setSpacing(44)
        for groups in _COLUMNS[screen]:
            beside.addLayout(self._column(groups, attributes=attributes))
        body.addLayout(beside)
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
        self.show_keys(KeyMap())
        self.hide()

    def _column(self, groups: tuple[str, ...], *, attributes: bool) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        row = 0
        for group in groups:
            heading = QLabel(said(group))
            heading.setFont(theme.heading(self.font(), 1.05))
            heading.setContentsMargins(0, 10, 0, 2)
            grid.addWidget(heading, row, 0, 1, 2)
            for action in self._actions:
                if action.group == group and (attributes or action.id != "attribute"):
                    row += 1
                    keys = self._keys[action.id] = QLabel(keys_of(action))
                    keys.setFont(theme.heading(self.font(), 0.95))
                    grid.addWidget(keys, row, 0)
                    grid.addWidget(QLabel(text_of(action)), row, 1)
            row += 1
        grid.setRowStretch(row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def show_keys(self, keys: KeyMap) -> None:
        """What the person has set in place of the registry's keys."""
        self._own = {portable(key).rsplit("+", 1)[-1] for key in keys.of(self._opens)}
        for action_id, label in self._keys.items():
            label.setText(keys_of(BY_ID[action_id], keys.of(BY_ID[action_id])))

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
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.key()).toString(QKeySequence.SequenceFormat.PortableText)
        if event.key() == Qt.Key.Key_Escape or (pressed in self._own and not event.isAutoRepeat()):
            self.hide()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 130))
        painter.end()
