"""The fields of the settings form: each reads and writes a setting as the campaign has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDoubleSpinBox, QSizePolicy, QSpinBox, QWidget

from facelabel.ui.dialogs.path_field import PathField
from facelabel.ui.i18n.said import said


@dataclass(frozen=True)
class Field:
    """``on_edit`` connects a slot to changes by the person; ``write`` tells nobody."""

    widget: QWidget
    read: Callable[[], Any]
    write: Callable[[Any], None]
    on_edit: Callable[[Callable[..., Any]], Any]


def choice(items: Sequence[tuple[str | None, str]]) -> Field:
    """Pairs (id, title); None is a choice like any other."""
    box = QComboBox()
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    fill(box, items)

    def write(value: Any) -> None:
        with QSignalBlocker(box):
            if _place(box, value) < 0:  # A strategy that is not installed any more is still what the project has.
                box.addItem(str(value), value)
            box.setCurrentIndex(_place(box, value))

    return Field(box, box.currentData, write, box.currentIndexChanged.connect)


def fill(box: QComboBox, items: Sequence[tuple[str | None, str]]) -> None:
    """Offer other items; what was chosen stays chosen."""
    kept = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for key, title in items:
            box.addItem(said(title), key)
        if kept is not None and _place(box, kept) < 0:
            box.addItem(str(kept), kept)
        box.setCurrentIndex(max(0, _place(box, kept)))


def _place(box: QComboBox, value: str | None) -> int:
    """Qt's own search finds no None."""
    return next((place for place in range(box.count()) if box.itemData(place) == value), -1)


def number(things: Callable[[int], str], none: str | None = None) -> Field:
    """Wider than what is allowed: a wrong number is answered in words instead of being swallowed. ``things`` says of
    what it is a number. 0 is None, and shown as ``none``, where that is given."""
    box = QSpinBox()
    box.setRange(0, 1_000_000_000)
    box.setGroupSeparatorShown(True)
    box.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
    plain = _spin(box, none)

    def count() -> None:
        box.setSuffix(things(box.value()))

    def write(value: Any) -> None:
        plain.write(value)
        count()

    box.valueChanged.connect(count)
    count()
    return replace(plain, write=write)


def hours(none: str) -> Field:
    """Hours with one decimal; 0 is None, shown as ``none``."""
    box = QDoubleSpinBox()
    box.setRange(0, 10_000_000)
    box.setDecimals(1)
    box.setGroupSeparatorShown(True)
    box.setSuffix(" h")
    return _exact(_spin(box, none))


def percent() -> Field:
    """A share, shown in per cent."""
    box = QDoubleSpinBox()
    box.setRange(0, 100)
    box.setDecimals(0)
    box.setSuffix(" %")
    box.lineEdit().setTextMargins(5, 0, 0, 0)

    def write(value: Any) -> None:
        with QSignalBlocker(box):
            box.setValue(100 * value)

    return _exact(Field(box, lambda: round(box.value() / 100, 4), write, box.valueChanged.connect))


def folder(none: str, default: str, caption: str) -> Field:
    """A folder, typed or picked in a dialog called ``caption``; an empty one is ``default``, shown as ``none``."""
    field = PathField(caption, "folder")
    field.edit.setPlaceholderText(none)

    def write(value: Any) -> None:
        with QSignalBlocker(field):
            field.set_path(None if value == default else value)

    return Field(field, lambda: field.edit.text().strip() or default, write, field.changed.connect)


def decimal(low: float, high: float) -> Field:
    """A strategy's own number within its range, with as many digits as the range needs."""
    box = QDoubleSpinBox()
    whole = high >= 50
    box.setDecimals(0 if whole else 2)
    box.setRange(low, high)
    box.setSingleStep(1 if whole else 0.05)
    return _spin(box, None)


def _exact(field: Field) -> Field:
    """The same, which reads what was written, digits that it does not show too, until the person changes it."""
    given = shown = None

    def write(value: Any) -> None:
        nonlocal given, shown
        field.write(value)
        given, shown = value, field.read()

    def read() -> Any:
        now = field.read()
        return given if now == shown else now

    return replace(field, read=read, write=write)


def _spin(box: Any, none: str | None) -> Field:
    box.lineEdit().setTextMargins(5, 0, 0, 0)
    if none is not None:
        box.setSpecialValueText(none)

    def read() -> Any:
        value = box.value()
        return None if none is not None and value == 0 else value

    def write(value: Any) -> None:
        with QSignalBlocker(box):
            box.setValue(0 if value is None else value)

    return Field(box, read, write, box.valueChanged.connect)
