"""The face attributes of a scheme as chips above the face: unset, yes or no, and the key that changes each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from facelabel.schemes import Attribute, Scheme
from facelabel.ui import theme
from facelabel.ui.i18n.said import said


class AttributeChips(QWidget):
    """Empty and hidden for a scheme without attributes."""

    cycled = Signal(str)
    """The person changed an attribute, by its id."""

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(6)
        self.chips = [_Chip(attribute, number) for number, attribute in enumerate(scheme.attributes, start=1)]
        for chip in self.chips:
            chip.clicked.connect(lambda _=False, wanted=chip.attribute.id: self.cycled.emit(wanted))
            row.addWidget(chip)
        row.addStretch(1)
        self.setVisible(bool(self.chips))
        self.setAccessibleName(self.tr("Face attributes"))

    def show_values(self, values: Mapping[str, bool]) -> None:
        for chip in self.chips:
            chip.show_value(values.get(chip.attribute.id))


class _Chip(QAbstractButton):
    """Dashed while unset, filled for yes, crossed out for no: told by shape and word, not by colour alone."""

    def __init__(self, attribute: Attribute, number: int) -> None:
        super().__init__()
        self.attribute = attribute
        self._number = number
        self._value: bool | None = None
        self._name = said(attribute.id.capitalize())
        self.setToolTip(f"{said(attribute.title)}: {said(attribute.definition)}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say(None)

    def show_value(self, value: bool | None) -> None:
        if value != self._value:
            self._say(value)

    def _say(self, value: bool | None) -> None:
        self._value = value
        short = {None: "?", True: self.tr("yes"), False: self.tr("no")}
        self.setText(f"{self._name}  {short[value]}")
        stands = self.tr("not set") if value is None else short[value]
        self.setAccessibleName(f"{said(self.attribute.title)}: {stands}")
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = f"{self._name}  {self.tr('yes')}"
        return QSize(metrics.horizontalAdvance(widest) + metrics.height() + 26, metrics.height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        ink, ground, pen = colours.dim_text, QColor(colours.base), QPen(colours.line, 1.2)
        if self._value is None:
            pen = QPen(colours.dim_text, 1.2, Qt.PenStyle.DashLine)
        elif self._value:
            ink, ground, pen = colours.accent_text, QColor(colours.accent), QPen(colours.accent, 1.2)
        if self.hasFocus():
            pen = QPen(colours.text, 2)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        key = QRectF(rect.left() + 5, rect.top() + 5, rect.height() - 10, rect.height() - 10)
        painter.setPen(ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(key, 4, 4)
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if self._value is False:
            painter.setPen(colours.text)
        area = rect.adjusted(key.width() + 13, 0, -8, 0)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
