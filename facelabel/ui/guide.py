"""The scheme guide: which landmark is meant, drawn on the whole face and close up, and what the scheme says of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from facelabel.schemes import Scheme
from facelabel.ui import theme
from facelabel.ui.guide_maps import CloseUp, FaceMap
from facelabel.ui.i18n.said import said


class SchemeGuide(QWidget):
    """The drawings can be folded away; name and definition of the current landmark stay."""

    chosen = Signal(int)
    """The person chose a landmark in a drawing."""
    folded = Signal(bool)
    """The person folded the drawings away, or brought them back."""

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme = scheme
        self.map, self.close_up = FaceMap(scheme), CloseUp(scheme)
        self.button = QToolButton()
        self.button.setProperty("role", "legend")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setText(self.tr("Scheme guide"))
        self.button.setToolTip(self.tr("Show or fold away the drawings of the scheme"))
        self.button.setAccessibleName(self.tr("Scheme guide: drawings"))
        self.button.setCheckable(True)
        self.button.setChecked(True)
        self.button.toggled.connect(self._fold)
        self.button.clicked.connect(lambda on: self.folded.emit(not on))
        self._drawings = QWidget()
        row = QHBoxLayout(self._drawings)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.map, 4)
        row.addWidget(self.close_up, 3)
        self._name = QLabel()
        self._name.setFont(theme.heading(self.font(), 1.05))
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._definition = QLabel()
        self._definition.setWordWrap(True)
        self._definition.setProperty("role", "dim")
        self._definition.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # Three lines, kept free: the table below must not jump from landmark to landmark.
        self._definition.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 4)
        for drawing in (self.map, self.close_up):
            drawing.chosen.connect(self.chosen)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(4)
        body.addWidget(self.button)
        body.addWidget(self._drawings)
        body.addWidget(self._name)
        body.addWidget(self._definition)
        self._fold(True)

    def set_open(self, opened: bool) -> None:
        """Show the drawings, or fold them away; tells nobody."""
        self.button.setChecked(opened)

    def show_landmark(self, landmark: int | None) -> None:
        """Light a landmark in the drawings and say what it is."""
        self.map.set_current(landmark)
        self.close_up.set_current(landmark)
        known = None if landmark is None else self.scheme.landmarks[landmark]
        place = "" if landmark is None or known is None else self.tr("{n}  {name}")
        self._name.setText(place.format(n=(landmark or 0) + 1, name="" if known is None else known.name))
        self._definition.setText("" if known is None else said(known.definition))
        self._definition.setToolTip(self._definition.text())

    def text(self) -> str:
        """Name and definition of the landmark that is lit."""
        return f"{self._name.text()}: {self._definition.text()}" if self._name.text() else ""

    def _fold(self, opened: bool) -> None:
        self._drawings.setVisible(opened)
        self.button.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
