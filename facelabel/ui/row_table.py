"""Tables whose rows are things: looked at, and chosen, as a whole."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QAbstractItemModel
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
    table.horizontalHeader().setHighlightSections(False)
    if role is not None:
        table.setProperty("role", role)


def row_table(model: QAbstractItemModel, name: str, role: Literal["plain", "wrapped"] | None = "plain") -> QTableView:
    """A new table, dressed."""
    table = QTableView()
    dress(table, model, name, role)
    return table
