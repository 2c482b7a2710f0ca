"""Tables whose rows are things: looked at, and chosen, as a whole."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QTableView


def dress(table: QTableView, model: QAbstractItemModel, name: str, role: Literal["plain", "wrapped"] | None) -> None:
    """Rows without grid, numbers or editing, that Tab leaves; ``role`` is how the style sheet shows cells, None where
    delegates paint them."""
    table.setModel(model)
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    # Of its own, always empty: to draw a section the header asks of every row whether it is chosen, of 120,000 too.
    header.setSelectionModel(QItemSelectionModel(model, header))
    if role is not None:
        table.setProperty("role", role)


def row_table(model: QAbstractItemModel, name: str, role: Literal["plain", "wrapped"] | None = "plain") -> QTableView:
    """A new table, dressed."""
    table = QTableView()
    dress(table, model, name, role)
    return table
