"""What labelling took: this sitting, each annotator's day and week, and the landmark groups that cost most."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from facelabel.campaign.workload import AnnotatorLoad, GroupLoad, Load, Workload, workload
from facelabel.store import work
from facelabel.store.project import Project
from facelabel.ui import theme, words
from facelabel.ui.background import Background
from facelabel.ui.campaign.text_table import TextTable
from facelabel.ui.card import dim
from facelabel.ui.dialogs.problems import show_problem
from facelabel.ui.i18n.said import said
from facelabel.ui.row_table import row_table

_GROUPS = 5
"""Landmark groups that are listed: those that cost most."""


class WorkDialog(QDialog):
    """Reads in the background; ``since`` is when the sitting began, ``author`` whose it is."""

    def __init__(
        self, project: Project, background: Background, author: str, since: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What labelling took"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(640)
        self._project, self._background, self._author, self._since = project, background, author, since
        self.figures = Figures()
        self._groups, self._people = GroupsTable(self), PeopleTable(self)
        self.sentence = dim(self.tr("Reading…"))
        self.groups = _table(self._groups, self.tr("Landmark groups that cost most"))
        self.people = _table(self._people, self.tr("Annotators"))
        kept = dim(self.tr("Idle time is left out. All this is kept in the project alone; nothing is sent anywhere."))
        self.delete = QPushButton(self.tr("&Delete what was measured…"))
        self.delete.setProperty("role", "quiet")
        self.delete.setAutoDefault(False)
        self.delete.setEnabled(False)
        self.delete.clicked.connect(self._ask)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.delete)
        foot.addStretch(1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(_heading(self.tr("This sitting"), self))
        column.addWidget(self.figures)
        column.addWidget(self.sentence)
        self._most = _heading(self.tr("What cost most"), self)
        self._most.hide()
        column.addWidget(self._most)
        column.addWidget(self.groups)
        column.addWidget(_heading(self.tr("Faces labelled"), self))
        column.addWidget(self.people)
        column.addWidget(kept)
        column.addLayout(foot)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        self._read()

    def show_load(self, told: Workload) -> None:
        sitting = told.sitting
        self.figures.show_load(sitting)
        self.sentence.setText(sentence(sitting))
        groups = [group for group in (sitting if sitting.groups else told.everybody).groups if group.group]
        self._groups.show_groups(groups[:_GROUPS])
        self._people.show_people(list(told.annotators))
        self._most.setVisible(bool(groups))
        for view in (self.groups, self.people):
            view.setVisible(view.model().rowCount() > 0)
            view.setFixedHeight(view.horizontalHeader().sizeHint().height() + view.verticalHeader().length() + 12)
        self.delete.setEnabled(bool(told.annotators) and not self._project.read_only)
        self.adjustSize()

    def _read(self) -> None:
        def read() -> Workload:
            with self._project.reading() as s:
                return workload(s, since=self._since, author=self._author)

        self._background.run(read, self.show_load, partial(show_problem, self))

    def _ask(self) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "facelabel",
            self.tr("Delete all that was measured in this project?"),
            parent=self,
        )
        box.setInformativeText(
            self.tr("Times and counts of every annotator go. Labels, and the seconds that stand with them, stay.")
        )
        delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        delete.clicked.connect(self._delete)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _delete(self) -> None:
        def forget() -> int:
            with self._project.writing() as s:
                return work.forget(s)

        self._background.run(forget, lambda _: self._read(), partial(show_problem, self))


class Figures(QFrame):
    """Four figures of a sitting, large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        captions = (self.tr("Faces"), self.tr("Active time"), self.tr("A face"), self.tr("Corrections a face"))
        self.values = [QLabel("–") for _ in captions]
        for place, (caption, value) in enumerate(zip(captions, self.values, strict=True)):
            value.setFont(theme.heading(self.font(), 1.6))
            value.setAccessibleName(caption)
            grid.addWidget(value, 0, place)
            grid.addWidget(dim(caption), 1, place)
            grid.setColumnStretch(place, 1)

    def show_load(self, load: Load) -> None:
        each, corrections = load.seconds_a_face, load.corrections_a_face
        told = (
            f"{load.faces:,}",
            words.duration(load.seconds) if load.seconds else "–",
            "–" if each is None else self.tr("{:.0f} s").format(each),
            "–" if corrections is None else f"{corrections:.1f}",
        )
        for value, text in zip(self.values, told, strict=True):
            value.setText(text)


class GroupsTable(TextTable):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, numbers=(1, 2, 3, 4))
        self._columns = (
            self.tr("Landmark group"),
            self.tr("Share of time"),
            self.tr("Active time"),
            self.tr("Corrections"),
            self.tr("Moved by"),
        )

    def show_groups(self, groups: list[GroupLoad]) -> None:
        self.show_rows([_of_group(group) for group in groups])


class PeopleTable(TextTable):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent, numbers=(1, 2, 3, 4))
        self._columns = (
            self.tr("Annotator"),
            self.tr("Today"),
            self.tr("This week"),
            self.tr("In all"),
            self.tr("Seconds a face"),
        )

    def show_people(self, people: list[AnnotatorLoad]) -> None:
        self.show_rows([_of_person(one) for one in people])


def sentence(load: Load) -> str:
    """What the figures leave out: the trend, and faces that were not labelled."""
    if not load.faces and not load.rejected and not load.skipped:
        return words.tr("Nothing was labelled in this sitting yet.")
    parts = []
    if load.trend is not None:
        faster, slower = words.tr("{:.0f} % faster than at the start"), words.tr("{:.0f} % slower than at the start")
        parts.append((faster if load.trend < 0 else slower).format(abs(100 * load.trend)))
    if load.rejected:
        parts.append(words.tr("%n face(s) rejected", "", load.rejected))
    if load.skipped:
        parts.append(words.tr("%n face(s) skipped", "", load.skipped))
    parts.append(words.tr("{} clicks, {} drags, {} key edits").format(load.clicks, load.drags, load.keys))
    return "  ·  ".join(parts)


def batch_line(load: Load) -> str:
    """The quiet line at the end of a batch; empty where nothing of it was measured."""
    if load.seconds_a_face is None or load.corrections_a_face is None:
        return ""
    text = words.tr("Batch done: %n face(s) in {} of work, {:.0f} s and {:.1f} corrections each.", "", load.faces)
    return text.format(words.duration(load.seconds), load.seconds_a_face, load.corrections_a_face)


def _of_group(group: GroupLoad) -> tuple[str, ...]:
    moved = "–" if group.moved_share is None else f"{100 * group.moved_share:.1f} %"
    share = f"{100 * group.share:.0f} %"
    return said(group.group.replace("-", " ")), share, words.duration(group.seconds), f"{group.corrections:,}", moved


def _of_person(one: AnnotatorLoad) -> tuple[str, ...]:
    each = one.ever.seconds_a_face
    pace = "–" if each is None else f"{each:.1f}"
    return one.author, f"{one.today.faces:,}", f"{one.week.faces:,}", f"{one.ever.faces:,}", pace


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setFont(theme.heading(parent.font(), 1.1))
    return label


def _table(model: TextTable, name: str) -> QTableView:
    view = row_table(model, name)
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = view.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setMinimumSectionSize(96)
    view.setVisible(False)
    return view
