"""Settings in titled sections: a caption above each field, a note and what is wrong with it below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from facelabel.ui.campaign import captions
from facelabel.ui.campaign.fields import Field
from facelabel.ui.card import dim


class FieldSections:
    """Lays fields out in ``body``, two in a row, and tells ``edited`` of every change by the person."""

    def __init__(self, body: QVBoxLayout, edited: Callable[..., Any]) -> None:
        self._body, self._edited = body, edited
        self.fields: dict[str, Field] = {}
        self.cells: dict[str, QWidget] = {}
        self._errors: dict[str, QLabel] = {}

    def section(self, title: str) -> QGridLayout:
        heading = QLabel(title)
        heading.setProperty("role", "section")
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._body.addSpacing(4)
        self._body.addWidget(heading)
        self._body.addLayout(grid)
        return grid

    def add(
        self,
        grid: QGridLayout,
        name: str,
        field: Field,
        row: int,
        column: int = 0,
        *,
        width: int = 1,
        note: QLabel | None = None,
    ) -> None:
        """The field of the setting ``name``, ``width`` columns wide."""
        label = QLabel(captions.caption(name))
        label.setBuddy(field.widget)
        field.widget.setAccessibleName(label.text())
        error = dim(role="error")
        error.hide()
        cell = QWidget()
        lines = QVBoxLayout(cell)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(3)
        for widget in (label, field.widget, note, error):
            if widget is not None:
                lines.addWidget(widget)
        lines.addStretch()
        grid.addWidget(cell, row, column, 1, width)
        self.fields[name], self._errors[name], self.cells[name] = field, error, cell
        field.on_edit(self._edited)

    def read(self) -> dict[str, Any]:
        return {name: field.read() for name, field in self.fields.items()}

    def write(self, values: Mapping[str, Any]) -> None:
        """Those of ``values`` that have a field."""
        for name, field in self.fields.items():
            field.write(values[name])

    def error(self, name: str) -> str:
        """What is wrong with a field, or an empty text."""
        return self._errors[name].text()

    def show_errors(self, wrong: Mapping[str, str]) -> None:
        for name, field in self.fields.items():
            text, widget = wrong.get(name, ""), field.widget
            self._errors[name].setText(text)
            self._errors[name].setVisible(bool(text))
            if bool(widget.property("invalid")) != bool(text):
                widget.setProperty("invalid", bool(text))
                widget.style().unpolish(widget)
                widget.style().polish(widget)
