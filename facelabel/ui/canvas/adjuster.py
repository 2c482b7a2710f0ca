"""The panel on the canvas that makes the view of the photo lighter, darker or steeper, never the file."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSlider

from facelabel.desk.adjustment import KNOBS, MOST, Adjustment, Knob
from facelabel.ui.canvas.surface import Surface

_NOTCH = 120
"""What one notch of a wheel turns by, in eighths of a degree."""
_STEP = 5
"""What one notch changes."""
_MARGIN = 12


class Adjuster(QFrame):
    """A child of the canvas that it adjusts.

    The key held with the wheel turns the chosen slider; tapped, it opens the panel, then goes from slider to slider;
    tapped twice at once, it puts all back.
    """

    changed = Signal()

    def __init__(self, canvas: Surface, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._clock = clock
        self._held = self._moves_on = False
        self._pressed: float | None = None
        self.knob: Knob = KNOBS[0]
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Brightness, contrast and gamma of the view"))
        self._captions = {
            "brightness": QLabel(self.tr("Brightness")),
            "contrast": QLabel(self.tr("Contrast")),
            "gamma": QLabel(self.tr("Gamma")),
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 2)
        grid.setHorizontalSpacing(10)
        self.sliders: dict[Knob, QSlider] = {}
        self._values: dict[Knob, QLabel] = {}
        width = self.fontMetrics().horizontalAdvance("+888")
        for row, knob in enumerate(KNOBS):
            slider = self.sliders[knob] = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(-MOST, MOST)
            slider.setPageStep(2 * _STEP)
            slider.setMinimumWidth(150)
            # The mouse leaves the keyboard with the canvas.
            slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            slider.setAccessibleName(self._captions[knob].text())
            slider.valueChanged.connect(lambda value, knob=knob: self._put(knob, value))
            value = self._values[knob] = QLabel()
            value.setMinimumWidth(width)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._captions[knob], row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(value, row, 2)
        self.reset_button = QPushButton(self.tr("Reset"))
        self.close_button = QPushButton(self.tr("Close"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        for button in (self.reset_button, self.close_button):
            button.setProperty("role", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            foot.addWidget(button)
        grid.addLayout(foot, len(KNOBS), 0, 1, 3)
        self.reset_button.clicked.connect(self.reset)
        self.close_button.clicked.connect(self.hide)
        canvas.installEventFilter(self)
        self._show()
        self.hide()

    @property
    def held(self) -> bool:
        """Whether the wheel is the panel's now."""
        return self._held

    def press(self) -> None:
        """The key went down."""
        now, before = self._clock(), self._pressed
        if before is not None and now - before < QApplication.doubleClickInterval() / 1000:
            self._pressed = None
            self.reset()
            self.hide()
            return
        self._pressed, self._held, self._moves_on = now, True, self.isVisible()
        self._show()
        self.show()
        self.raise_()

    def release(self) -> None:
        """The key went up, or may have: the keyboard is elsewhere."""
        if self._held and self._moves_on:
            self.knob = KNOBS[(KNOBS.index(self.knob) + 1) % len(KNOBS)]
            self._show()
        self._held = self._moves_on = False

    def turn(self, eighths: int) -> None:
        """The wheel turned by eighths of a degree while the key was down."""
        self._moves_on, self._pressed = False, None
        by = round(_STEP * eighths / _NOTCH) or (1 if eighths > 0 else -1 if eighths < 0 else 0)
        self.sliders[self.knob].setValue(self.sliders[self.knob].value() + by)

    def reset(self) -> None:
        """The photo as it is."""
        self.knob = KNOBS[0]
        self._set(Adjustment())

    def text(self) -> str:
        """What is changed, in words; nothing for the photo as it is."""
        values = {knob: getattr(self._canvas.adjustment, knob) for knob in KNOBS}
        named = [f"{self._captions[knob].text().lower()} {value:+d}" for knob, value in values.items() if value]
        return "  ·  ".join(named)

    def _put(self, knob: Knob, value: int) -> None:
        self.knob = knob
        self._set(self._canvas.adjustment.put(knob, value))

    def _set(self, adjustment: Adjustment) -> None:
        if adjustment != self._canvas.adjustment:
            self._canvas.set_adjustment(adjustment)
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        for knob in KNOBS:
            value = getattr(self._canvas.adjustment, knob)
            self.sliders[knob].blockSignals(True)
            self.sliders[knob].setValue(value)
            self.sliders[knob].blockSignals(False)
            self._values[knob].setText(f"{value:+d}" if value else "0")
            font = self.font()
            font.setBold(knob == self.knob)
            self._captions[knob].setFont(font)
            self._values[knob].setFont(font)
        self.adjustSize()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self.move(_MARGIN, self._canvas.height() - self.height() - _MARGIN)
        return False

    def showEvent(self, event: QEvent) -> None:
        self.adjustSize()
        self.move(_MARGIN, self._canvas.height() - self.height() - _MARGIN)

    def hideEvent(self, event: QEvent) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._canvas.setFocus()
