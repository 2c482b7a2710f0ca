"""The keys of all screens: searched, set, reset. Every change counts at once."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from facelabel.desk.actions import ACTIONS, BY_ID, Action
from facelabel.ui import theme
from facelabel.ui.card import dim, set_role
from facelabel.ui.i18n.said import said
from facelabel.ui.key_map import KeyMap, native, portable, settable
from facelabel.ui.keys_overlay import keys_of, text_of

_ID = Qt.ItemDataRole.UserRole


class KeysDialog(QDialog):
    changed = Signal(object)
    """A whole new KeyMap."""

    def __init__(self, keys: KeyMap, reserved: Mapping[str, str], parent: QWidget | None = None) -> None:
        """``reserved``: keys of the window's menus, as ``portable`` writes them, and what they do."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setMinimumSize(620, 620)
        self._keys, self._reserved = keys, dict(reserved)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search an action or a key"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderLabels([self.tr("Action"), self.tr("Keys and mouse")])
        self.list.setAccessibleName(self.tr("Actions and their keys"))
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.caption = QLabel()
        self.caption.setFont(theme.heading(self.font(), 1.0))
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(self.tr("Press the new key"))
        self.message = dim()
        self.take = QPushButton(self.tr("&Take it over"))
        self.add = QPushButton(self.tr("&Add"))
        self.replace = QPushButton(self.tr("&Use only this"))
        self.none = QPushButton(self.tr("&No key"))
        self.reset = QPushButton(self.tr("&Reset"))
        self.reset_all = QPushButton(self.tr("Reset a&ll"))
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._filter)
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.list.itemActivated.connect(lambda *_: self.edit.setFocus())
        self.edit.keySequenceChanged.connect(lambda _: self._say())
        self.add.clicked.connect(lambda: self._set([*self._chosen_keys(), self._pressed()]))
        self.replace.clicked.connect(lambda: self._set([self._pressed()]))
        self.take.clicked.connect(lambda: self._set([*self._chosen_keys(), self._pressed()]))
        self.none.clicked.connect(lambda: self._set([]))
        self.reset.clicked.connect(lambda: self._take(self._keys.reset(self.chosen)))
        self.reset_all.clicked.connect(lambda: self._take(self._keys.reset()))
        self._show_chosen()

    @property
    def chosen(self) -> Action | None:
        item = self.list.currentItem()
        return BY_ID.get(item.data(0, _ID) or "") if item is not None else None

    def choose(self, action_id: str) -> None:
        for item in self._items():
            if item.data(0, _ID) == action_id:
                self.list.setCurrentItem(item)

    def _lay_out(self) -> None:
        editor = QFrame()
        editor.setProperty("role", "card")
        pressed = QHBoxLayout()
        pressed.addWidget(self.edit, 1)
        for button in (self.add, self.replace, self.none, self.reset):
            pressed.addWidget(button)
        told = QHBoxLayout()
        told.addWidget(self.message, 1)
        told.addWidget(self.take)
        inside = QVBoxLayout(editor)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.addWidget(self.caption)
        inside.addLayout(pressed)
        inside.addLayout(told)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        self.reset_all.setProperty("role", "quiet")
        foot.addWidget(self.reset_all)
        foot.addStretch(1)
        foot.addWidget(buttons)
        for button in (*self.findChildren(QPushButton), self.take, self.reset_all):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(editor)
        column.addWidget(dim(self.tr("Single letters rest while you type in a text field. Changes count at once.")))
        column.addLayout(foot)

    def _fill(self) -> None:
        """One item a group, one beneath it an action, those without keys of their own greyed."""
        groups: dict[str, QTreeWidgetItem] = {}
        for action in ACTIONS:
            if action.group not in groups:
                head = groups[action.group] = QTreeWidgetItem(self.list, [said(action.group)])
                head.setFirstColumnSpanned(True)
                head.setFlags(Qt.ItemFlag.ItemIsEnabled)
                head.setFont(0, theme.heading(self.font(), 1.0))
                head.setExpanded(True)
            item = QTreeWidgetItem(groups[action.group], [text_of(action)])
            item.setData(0, _ID, action.id)
            item.setSizeHint(0, QSize(0, self.fontMetrics().lineSpacing() + 8))
        self._show_keys()
        self.choose(next(action.id for action in ACTIONS if settable(action)))

    def _items(self) -> list[QTreeWidgetItem]:
        heads = [self.list.topLevelItem(i) for i in range(self.list.topLevelItemCount())]
        return [child for head in heads if head for i in range(head.childCount()) if (child := head.child(i))]

    def _show_keys(self) -> None:
        """What each action has now; conflicts in the colour of errors, and in words."""
        crossed = self._keys.conflicts()
        colours = theme.current()
        for item in self._items():
            action = BY_ID[item.data(0, _ID)]
            others = [other for users in crossed.values() if action in users for other in users if other is not action]
            item.setText(1, keys_of(action, self._keys.of(action)))
            colour = colours.error if others else colours.text if settable(action) else colours.dim_text
            for column in (0, 1):
                item.setForeground(column, QBrush(colour))
            said_of = self.tr("The same key as: {}").format(", ".join(map(text_of, dict.fromkeys(others))))
            item.setToolTip(1, said_of if others else "")
            font = item.font(1)
            font.setBold(self._keys.is_own(action))
            item.setFont(1, font)

    def _filter(self, text: str) -> None:
        wanted = text.casefold().strip()
        for item in self._items():
            words = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(wanted not in words)
        heads = {id(head): head for item in self._items() if (head := item.parent()) is not None}
        for head in heads.values():
            head.setHidden(all(item.isHidden() for item in self._items() if item.parent() is head))

    def _show_chosen(self) -> None:
        action = self.chosen
        can = action is not None and settable(action)
        named = "–" if action is None else f"{text_of(action)} ({said(action.group)})"
        self.caption.setText(self.tr("Keys of: {}").format(named))
        for widget in (self.edit, self.none):
            widget.setEnabled(can)
        self.reset.setEnabled(can and action is not None and self._keys.is_own(action))
        self.reset_all.setEnabled(bool(self._keys.own))
        self.edit.clear()
        self._say()

    def _say(self) -> None:
        """What stands against the pressed key, or how to go on."""
        action, key = self.chosen, self._pressed()
        others = [] if action is None else [user for user in self._keys.users(key, action.screen) if user is not action]
        text, role, free, takes = "", "dim", False, False
        if action is None:
            text = self.tr("Choose an action.")
        elif not settable(action):
            text = self.tr("These keys belong together, or are gestures: they cannot be changed.")
        elif not key:
            text = self.tr("Press the new key in the field.")
        elif portable(key) in self._reserved:
            text, role = self.tr("{} belongs to the menus: {}."), "warn"
            text = text.format(native(key), self._reserved[portable(key)])
        elif others:
            text, role = self.tr("{} is used by: {}."), "warn"
            text = text.format(native(key), ", ".join(map(text_of, others)))
            takes = all(map(settable, others))
        elif portable(key) in map(portable, self._keys.of(action)):
            text = self.tr("{} does that already.").format(native(key))
        else:
            text, free = self.tr("{} is free.").format(native(key)), True
        self.message.setText(text)
        set_role(self.message, role)
        self.add.setEnabled(free)
        self.replace.setEnabled(free)
        self.take.setVisible(takes)

    def _pressed(self) -> str:
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _chosen_keys(self) -> tuple[str, ...]:
        return () if self.chosen is None else self._keys.of(self.chosen)

    def _set(self, keys: list[str]) -> None:
        if self.chosen is not None:
            self._take(self._keys.with_keys(self.chosen, keys))

    def _take(self, keys: KeyMap) -> None:
        self._keys = keys
        self._show_keys()
        self._show_chosen()
        self._filter(self.search.text())
        self.changed.emit(keys)
