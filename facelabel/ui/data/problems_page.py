"""Photos that could not be used: what is wrong with each, and what cures it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from facelabel.store.listing import Problem
from facelabel.ui.campaign.text_table import TextTable
from facelabel.ui.card import dim
from facelabel.ui.data.noted import Noted
from facelabel.ui.data.paged_model import chosen_ranges
from facelabel.ui.i18n.said import said
from facelabel.ui.row_table import dress


class ProblemTable(TextTable):
    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._columns = (self.tr("Photo"), self.tr("Folder"), self.tr("What is wrong, and what helps"))


class ProblemsPage(QWidget):
    retry_wanted = Signal(object)
    """Problems to try again."""
    forget_wanted = Signal(object)
    """Problems that nobody wants to hear of again."""
    relink_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self._problems: list[Problem] = []
        self.model = ProblemTable(self)
        self.table = QTableView()
        self.retry_button = QPushButton(self.tr("Try again"))
        self.relink_button = QPushButton(self.tr("Find moved photos…"))
        self.check_button = QPushButton(self.tr("Check that every photo is there"))
        self.forget_button = QPushButton(self.tr("Leave out for good"))
        self.forget_button.setToolTip(self.tr("Only for files that were never imported"))
        self._prepare()
        self._views = Noted(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        text = self.tr(
            "Photos that an import refused, or that could not be read later. Without a choice, all of them are tried."
        )
        column.addWidget(dim(text))
        column.addWidget(self._views, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.check_button)
        foot.addStretch(1)
        for button in (self.retry_button, self.relink_button, self.forget_button):
            foot.addWidget(button)
        column.addLayout(foot)
        self.retry_button.clicked.connect(lambda: self.retry_wanted.emit(self.chosen() or self._problems))
        self.forget_button.clicked.connect(lambda: self.forget_wanted.emit(self.chosen()))
        self.relink_button.clicked.connect(self.relink_wanted)
        self.check_button.clicked.connect(self.check_wanted)
        self.table.selectionModel().selectionChanged.connect(self._show_chosen)
        self._show_chosen()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        self._problems = list(problems)
        self.model.show_rows(
            [
                (
                    PurePath(problem.path).name,
                    str(PurePath(problem.path).parent),
                    said(" ".join(problem.reason.split())),
                )
                for problem in problems
            ]
        )
        if problems:
            self._views.show_view()
        else:
            self._views.say(self.tr("None: every photo that was looked at could be read."))
        self._show_chosen()

    def chosen(self) -> list[Problem]:
        found: list[Problem] = []
        for first, last in chosen_ranges(self.table):
            found += self._problems[first : last + 1]
        return found

    def _prepare(self) -> None:
        table = self.table
        dress(table, self.model, self.tr("Photos with a problem"), "plain")
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setStretchLastSection(True)
        table.setColumnWidth(0, 220)
        table.setColumnWidth(1, 260)

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        may = not self._read_only
        self.retry_button.setEnabled(may and bool(self._problems))
        self.relink_button.setEnabled(may)
        self.check_button.setEnabled(may)
        self.forget_button.setEnabled(may and bool(chosen) and all(one.image_id is None for one in chosen))
