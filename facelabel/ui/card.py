"""The rounded panel that the screens are made of, and lines of secondary text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QLayout, QVBoxLayout, QWidget

from facelabel.ui import theme


class Card(QFrame):
    """A titled panel; ``body`` takes the contents."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(8)
        self.title = QLabel(title)
        self.title.setFont(theme.heading(self.font(), 1.1))
        self.body.addWidget(self.title)


def dim(text: str = "", *, role: str = "dim") -> QLabel:
    """A wrapping line of secondary text."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label


def set_role(widget: QWidget, role: str) -> None:
    """Change the colour role of a label that is already on the screen."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def align_labels(form: QFormLayout) -> None:
    """Captions at the height of their fields: Qt puts them at the top, where padded fields look crooked beside them.
    Call once the form has its widget."""
    holder = form.parentWidget()
    assert holder is not None
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    fields: list[QWidget | QLayout] = [*holder.findChildren(QWidget, options=direct)]
    fields += form.findChildren(QLayout, options=direct)
    for field in fields:
        if (caption := form.labelForField(field)) is not None:
            caption.setMinimumHeight(field.sizeHint().height())
