"""What is done with a label: accept it, send it back with a note, make it gold, put it right on the desk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from facelabel.desk.actions import BY_ID
from facelabel.desk.review import ReviewedFace
from facelabel.ui.card import dim, set_role
from facelabel.ui.key_map import KeyMap

_ROOMY = 560
"""Pixels from which on the keys are told too."""


class NoteField(QLineEdit):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class DecisionBar(QWidget):
    accepted = Signal()
    sent_back = Signal(str)
    """With the note."""
    gold_changed = Signal(bool)
    desk_wanted = Signal()
    asking_changed = Signal(bool)
    """A note is being written, or no longer: keys go to the note meanwhile."""
    retry_wanted = Signal()

    def __init__(self, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self.accept = self._button(self.tr("Accept"), self.accepted.emit, role="primary")
        self.send_back = self._button(self.tr("Send back…"), self.ask_note)
        self.gold = self._button(self.tr("Gold"), self._tell_gold)
        self.gold.setCheckable(True)
        self.gold.setToolTip(
            self.tr("The label is a right answer. Annotators are asked for it blindly, and told how near they came.")
        )
        self.desk = self._button(self.tr("Put right"), self.desk_wanted.emit)
        self._actions = {
            self.accept: "review-accept",
            self.send_back: "review-send-back",
            self.gold: "review-gold",
            self.desk: "review-open",
        }
        self._captions = {button: button.text() for button in self._actions}
        self._keys: dict[QPushButton, str] = {}
        self.desk.setToolTip(self.tr("Open this face on the Label screen."))
        self.said = dim()
        self.retry = self._button(self.tr("Save again"), self.retry_wanted.emit)
        self.retry.hide()
        self.note = NoteField()
        self.note.setAccessibleName(self.tr("What is to be put right"))
        self.note.setPlaceholderText(self.tr("What is to be put right? The annotator sees this first."))
        self.note.setMaxLength(300)
        self.note.returnPressed.connect(self._send)
        self.note.left.connect(self.leave_note)
        self.send = self._button(self.tr("Send back  (Enter)"), self._send, role="primary")
        self.cancel = self._button(self.tr("Keep  (Esc)"), self.leave_note)
        self._lay_out()
        self.show_keys(KeyMap())
        self.show_face(None)

    def show_keys(self, keys: KeyMap) -> None:
        """Those that a person has set, beside the captions."""
        self._keys = {button: keys.first(BY_ID[id]) for button, id in self._actions.items()}
        self._tell_keys()

    def show_face(self, face: ReviewedFace | None) -> None:
        """What may be done with it; a note that was begun is dropped."""
        self._show_note(False)
        self.note.clear()
        usable = face is not None and not self._read_only
        for button in (self.accept, self.send_back, self.gold, self.desk):
            button.setEnabled(usable)
        self.gold.setChecked(bool(face and face.gold))
        back = face is not None and face.verdict == "sent back"
        self.send_back.setEnabled(usable and not back)
        self.gold.setEnabled(usable and not back)

    def ask_note(self) -> None:
        if self.send_back.isEnabled():
            self._show_note(True)
            self.note.setFocus()

    @property
    def asking(self) -> bool:
        """Whether a note is being written."""
        return not self._ask.isHidden()

    def leave_note(self) -> None:
        self._show_note(False)

    def say(self, text: str, role: str = "dim") -> None:
        self.said.setText(text)
        set_role(self.said, role)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The keys stand beside the captions where there is room."""
        self._tell_keys()
        super().resizeEvent(event)

    def _tell_keys(self) -> None:
        for button, key in self._keys.items():
            caption = self._captions[button]
            button.setText(f"{caption}  ({key})" if key and self.width() >= _ROOMY else caption)

    def _tell_gold(self, gold: bool) -> None:
        self.gold_changed.emit(gold)

    def _send(self) -> None:
        text = self.note.text().strip()
        if not text:
            self.note.setPlaceholderText(self.tr("A few words, please: what is to be put right?"))
            self.note.setFocus()
            return
        self._show_note(False)
        self.sent_back.emit(text)

    def _show_note(self, asking: bool) -> None:
        changed = asking != self.asking
        self._ask.setVisible(asking)
        self._usual.setVisible(not asking)
        if changed:
            self.asking_changed.emit(asking)

    @staticmethod
    def _button(text: str, do: object, role: str = "") -> QPushButton:
        button = QPushButton(text)
        if role:
            button.setProperty("role", role)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(do)
        return button

    def _lay_out(self) -> None:
        self._usual, self._ask = QWidget(), QWidget()
        rows: tuple[tuple[QWidget, tuple[QWidget, ...]], ...] = (
            (self._usual, (self.accept, self.send_back, self.gold, self.desk, self.said, self.retry)),
            (self._ask, (self.note, self.send, self.cancel)),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        for row, widgets in rows:
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            for widget in widgets:
                line.addWidget(widget, int(widget in (self.said, self.note)))
            column.addWidget(row)
