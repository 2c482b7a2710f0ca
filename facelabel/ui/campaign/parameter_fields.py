"""The numbers of the chosen strategy: a field each, with the strategy's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from facelabel.acquisition import Parameter, Strategy
from facelabel.ui.campaign.fields import Field, decimal
from facelabel.ui.i18n.said import said

ELSEWHERE = {"discard"}
"""Parameters that have a field of their own in the form."""


class ParameterFields(QWidget):
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strategy: Strategy | None = None
        self._fields: dict[str, Field] = {}
        self._given: dict[str, float] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def show_strategy(self, strategy: Strategy | None, given: Mapping[str, float]) -> None:
        """``given`` are the values that differ from the defaults."""
        if strategy is not self.strategy:
            self._rebuild(strategy)
        self._given = dict(given)
        for name, field in self._fields.items():
            field.write(given.get(name, self._of(name).default))

    def values(self) -> dict[str, float]:
        """Those that differ from the defaults; what nobody touched keeps the digits that its field does not show."""
        found = {name: value for name, value in self._given.items() if name not in self._fields}
        for name, field in self._fields.items():
            default = self._of(name).default
            usual, digits = self._given.get(name, default), field.widget.property("decimals")
            value = usual if abs(field.read() - usual) <= 0.5 * 10**-digits else field.read()
            if value != default:
                found[name] = value
        return found

    def field(self, name: str) -> Field:
        return self._fields[name]

    def _of(self, name: str) -> Parameter:
        assert self.strategy is not None
        return self.strategy.parameters[name]

    def _rebuild(self, strategy: Strategy | None) -> None:
        for widget in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self.strategy, self._fields = strategy, {}
        shown: Mapping[str, Any] = {} if strategy is None else strategy.parameters
        for row, (name, one) in enumerate((name, one) for name, one in shown.items() if name not in ELSEWHERE):
            field = decimal(one.low, one.high)
            text = said(one.text)
            caption = QLabel(text[:1].upper() + text[1:])
            caption.setWordWrap(True)
            caption.setBuddy(field.widget)
            field.widget.setAccessibleName(caption.text())
            field.on_edit(lambda *_: self.edited.emit())
            self._grid.addWidget(caption, row, 0)
            self._grid.addWidget(field.widget, row, 1)
            self._fields[name] = field
        self.setVisible(bool(self._fields))
