"""The faces that the queue shows: open ones from the campaign, and those that left the desk since the window opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap

from facelabel.campaign.loop import QueueItem
from facelabel.desk.desk import FacePicture, OpenFace
from facelabel.ui.i18n.said import said

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Row:
    """A face in the queue; ``picture`` is what its thumbnail is made from."""

    item: QueueItem
    picture: FacePicture | None = None
    by_hand: bool = False
    """Drawn on the canvas: no batch asked for it."""

    @property
    def face_id(self) -> int:
        return self.item.face_id

    @property
    def state(self) -> str:
        return self.item.state


class QueueModel(QAbstractListModel):
    """Rows in the order of the queue. Thumbnails are asked for when a row is painted, never before."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.own: int | None = None
        """The face that somebody wants to put right: it opens for its own label, though it waits for a second one."""
        self.find_picture: Callable[[FacePicture], QPixmap | None] = lambda _: None
        """Gives a thumbnail, or makes one and has the rows painted again."""
        self._ticked: frozenset[int] = frozenset()

    def show(self, items: Iterable[QueueItem], pictures: Mapping[int, FacePicture], keep: int | None) -> None:
        """Take over a fresh queue. What left the desk in the same round stays where it was, and so do faces that were
        drawn by hand and ``keep``, the face under the cursor."""
        fresh = [Row(item, pictures.get(item.face_id)) for item in items]
        known = {row.face_id for row in fresh}
        number = fresh[0].item.round if fresh else max((row.item.round for row in self.rows), default=0)
        stay = [row for row in self.rows if row.item.round == number and (row.state != "open" or row.by_hand)]
        stay += [row for row in self.rows if row.face_id == keep and row not in stay]
        rows = fresh + [row for row in stay if row.face_id not in known]
        # Stable: a face that was drawn by hand has the rank of the one beside which it was drawn, and follows it.
        rows.sort(key=lambda row: (row.item.round, row.item.ahead, row.item.rank))
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def insert_after(self, face_id: int | None, row: Row) -> None:
        """A face that was drawn by hand follows the one beside which it was drawn."""
        place = 0 if face_id is None else self.index_of(face_id) + 1
        self.beginInsertRows(QModelIndex(), place, place)
        self.rows.insert(place, row)
        self.endInsertRows()

    def remove(self, face_id: int) -> None:
        """A face that was drawn by hand is none after all."""
        place = self.index_of(face_id)
        if place >= 0:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self.rows[place]
            self.endRemoveRows()

    def second_of(self, face_id: int) -> int | None:
        """The second label that a face is to be opened for."""
        row = None if face_id == self.own else self.row_of(face_id)
        return None if row is None else row.item.second

    def asks_for(self, face: OpenFace) -> bool:
        """Whether a face was opened for the label that is wanted of it now."""
        return (None if face.second is None else face.second.id) == self.second_of(face.id)

    def set_state(self, face_id: int, state: str) -> None:
        place = self.index_of(face_id)
        # What becomes of its own label is nothing that its second one is told by.
        if place >= 0 and not (face_id == self.own and self.rows[place].item.second is not None):
            self.rows[place] = replace(self.rows[place], item=replace(self.rows[place].item, state=state))
            self.dataChanged.emit(self.index(place), self.index(place))

    def tick(self, face_ids: Iterable[int]) -> None:
        """Open faces on which the group of a group pass is confirmed; no others are ticked."""
        was, self._ticked = self._ticked, frozenset(face_ids)
        for face_id in was ^ self._ticked:
            place = self.index_of(face_id)
            if place >= 0:
                self.dataChanged.emit(self.index(place), self.index(place))

    def is_ticked(self, row: Row) -> bool:
        return row.state == "open" and row.face_id in self._ticked

    def thumbnail(self, row: Row) -> QPixmap | None:
        """The thumbnail if it is there; else it is asked for."""
        return None if row.picture is None else self.find_picture(row.picture)

    def set_picture(self, face_id: int, picture: FacePicture) -> None:
        """The face's box changed."""
        place = self.index_of(face_id)
        if place >= 0:
            self.rows[place] = replace(self.rows[place], picture=picture)
            self.dataChanged.emit(self.index(place), self.index(place), [Qt.ItemDataRole.DecorationRole])

    def waiting(self, number: int) -> int:
        """Faces of the batch of round ``number`` that still wait, as the desk knows it: the store may be behind."""
        return sum(
            row.state == "open" and row.item.round == number and not (row.item.ahead or row.by_hand or row.item.second)
            for row in self.rows
        )

    def row_of(self, face_id: int) -> Row | None:
        place = self.index_of(face_id)
        return self.rows[place] if place >= 0 else None

    def index_of(self, face_id: int) -> int:
        """The place of a face, -1 where it is not in the queue."""
        return next((place for place, row in enumerate(self.rows) if row.face_id == face_id), -1)

    def next_open(self, face_id: int | None) -> int | None:
        """The open face that follows, from the top again at the end; None when no other is open."""
        place = -1 if face_id is None else self.index_of(face_id)
        order = self.rows[place + 1 :] + self.rows[: place + 1]
        return next((row.face_id for row in order if row.state == "open" and row.face_id != face_id), None)

    def beside(self, face_id: int | None, by: int) -> int | None:
        """The face ``by`` rows on, whatever its state; from none, the first or the last; None at the ends."""
        start = self.index_of(face_id) if face_id is not None else -1 if by > 0 else len(self.rows)
        place = start + by
        return self.rows[place].face_id if 0 <= place < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = [self.tr("Face {}").format(row.item.rank), self.state_text(row), score_text(row.item.score)]
            return ", ".join(word for word in words if word)
        if role == Qt.ItemDataRole.ToolTipRole:
            name = "" if row.picture is None else row.picture.path.name
            return "\n".join(line for line in (name, said(row.item.why)) if line)
        return None

    def state_text(self, row: Row) -> str:
        if self.is_ticked(row):
            return self.tr("group confirmed")
        if row.state == "open":
            return self.tr("ahead") if row.item.ahead else ""
        return {
            "labelled": self.tr("labelled"),
            "skipped": self.tr("skipped"),
            "rejected": self.tr("rejected"),
        }.get(row.state, row.state)


def score_text(score: float | None) -> str:
    if score is None:
        return ""
    return f"{score:,.0f}" if abs(score) >= 999.5 else f"{score:#.3g}".rstrip(".")
