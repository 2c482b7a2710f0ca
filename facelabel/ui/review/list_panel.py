"""The labels by suspicion, filtered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from facelabel.desk.review import ReviewRow, Verdict
from facelabel.desk.review_list import ReviewList
from facelabel.store.listing import Ids
from facelabel.ui import theme
from facelabel.ui.campaign.faces_list import FaceLine, FacesList
from facelabel.ui.card import dim
from facelabel.ui.review import words
from facelabel.ui.review.filters import Filters


class ListPanel(QWidget):
    chosen = Signal(int)
    refilled = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels = ReviewList(())
        self.order: Ids = np.zeros(0, dtype=np.int64)
        """The faces that pass the filters."""
        self.filters = Filters()
        self.list = FacesList(self.tr("Labels by suspicion"), rows=2)
        self.count = dim()
        self.stop = QPushButton(self.tr("Stop looking"))
        self.stop.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 6, 8)
        column.setSpacing(6)
        title = QLabel(self.list.accessibleName())
        title.setFont(theme.heading(self.font(), 1.1))
        for widget in (title, self.filters, self.count, self.stop):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.filters.changed.connect(self._fill)
        self.list.chosen.connect(self.chosen)
        self.stop.clicked.connect(self.stop_wanted)

    def show_labels(self, labels: ReviewList) -> None:
        self.labels = labels
        self.filters.show_authors(labels.authors)
        self._fill()

    def show_progress(self, done: int, total: int) -> None:
        """While the labels are looked at."""
        self.stop.setVisible(done < total)
        if done < total:
            self.count.setText(self.tr("Looking at the labels: {:,} of {:,}").format(done, total))
        else:
            self._say_count()

    def show_current(self, face_id: int | None) -> None:
        """Mark the face that is open, and scroll to it."""
        place = self.list.faces.place_of(face_id)
        chosen = self.list.selectionModel()
        with QSignalBlocker(chosen):
            if place < 0:
                chosen.clear()
            else:
                index = self.list.faces.index(place)
                chosen.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.list.scrollTo(index)
        self.list.viewport().update()

    def beside(self, face_id: int | None, by: int) -> int | None:
        """The face ``by`` rows further on; the first for one that is not listed."""
        place = self.list.faces.place_of(face_id)
        following = place + by if place >= 0 else 0
        return int(self.order[following]) if 0 <= following < len(self.order) else None

    def next_waiting(self, face_id: int) -> int | None:
        """The next face that nobody has reviewed."""
        after = self.order[self.list.faces.place_of(face_id) + 1 :]
        rows = self.labels.rows
        return next((int(one) for one in after if rows[int(one)].verdict == "to review"), None)

    def note(self, face_id: int, *, verdict: Verdict | None = None, gold: bool | None = None) -> None:
        """Say at once what is on its way to the store."""
        if self.labels.note(face_id, verdict=verdict, gold=gold):
            self.list.faces.tell(face_id)
            self._say_count()

    def _fill(self) -> None:
        self.order = self.labels.passing(*self.filters.chosen())
        self.list.faces.show_lines(_Lines(self.labels.rows, self.order), self.order)
        self._say_count()
        self.refilled.emit()

    def _say_count(self) -> None:
        labels = self.labels
        text = self.tr("{:,} of {:,} label(s). {:,} with a finding, {:,} accepted.", "", len(labels))
        none = self.tr("There are no labels yet.")
        counts = (len(self.order), len(labels), labels.suspected, labels.accepted)
        self.count.setText(text.format(*counts) if len(labels) else none)


class _Lines(Sequence[FaceLine]):
    """Made when they are asked for: those in sight."""

    def __init__(self, rows: Mapping[int, ReviewRow], order: Ids) -> None:
        self._rows, self._order = rows, order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> FaceLine: ...
    @overload
    def __getitem__(self, place: slice) -> list[FaceLine]: ...
    def __getitem__(self, place: int | slice) -> FaceLine | list[FaceLine]:
        if isinstance(place, slice):
            return [_line(self._rows[int(face_id)]) for face_id in self._order[place]]
        return _line(self._rows[int(self._order[place])])


def _line(row: ReviewRow) -> FaceLine:
    mark, ink = words.verdict(row)
    done = row.verdict != "to review"
    return FaceLine(row.face_id, row.picture.path.stem, words.state(row), row.picture, mark, ink, done=done)
