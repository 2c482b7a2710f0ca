"""The landmarks of the open face as a tree: groups, and under them their landmarks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPixmap

from facelabel.desk import picking
from facelabel.desk.marks import Mark
from facelabel.desk.session import EditSession
from facelabel.schemes import Scheme
from facelabel.ui import theme

Index = QModelIndex | QPersistentModelIndex
_ROLES = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.DecorationRole,
    )
)
"""What is answered at all: a view asks for a dozen roles of every cell, at every painting."""
_GROUP = 2**31 - 1
"""Internal id of a group's row; a landmark's row holds the number of its group."""


class LandmarkModel(QAbstractItemModel):
    """Columns: name, confidence, visibility, source."""

    def __init__(self, scheme: Scheme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scheme = scheme
        self.groups = list(scheme.groups.items())
        self.session: EditSession | None = None
        self._marks: tuple[Mark, ...] = ()
        self._doubtful: frozenset[int] = frozenset()

    def show(self, session: EditSession | None) -> None:
        """Show a session as it stands now. In the same session only the rows that differ are told, so that a step of a
        drag repaints a row and not the table."""
        same, marks, doubtful = session is not None and session is self.session, self._marks, self._doubtful
        self.session = session
        self._marks = () if session is None else session.marks
        doubt = session is not None and session.confidence is not None
        self._doubtful = frozenset(picking.doubtful(session)) if doubt and session is not None else frozenset()
        if same:
            self._tell({i for i, mark in enumerate(self._marks) if mark is not marks[i]} | (self._doubtful ^ doubtful))
            return
        for place in range(len(self.groups)):
            group = self.index(place, 0)
            last = self.rowCount(group) - 1
            self.dataChanged.emit(self.index(0, 0, group), self.index(last, 3, group))

    def _tell(self, landmarks: Iterable[int]) -> None:
        """A cell at a time: for a range the view would repaint itself as a whole."""
        for landmark in landmarks:
            for column in range(1, 4):
                cell = self.index_of(landmark, column)
                self.dataChanged.emit(cell, cell)

    def index_of(self, landmark: int, column: int = 0) -> QModelIndex:
        for place, (_, indices) in enumerate(self.groups):
            if landmark in indices:
                return self.index(indices.index(landmark), column, self.index(place, 0))
        return QModelIndex()

    def landmark(self, index: Index) -> int | None:
        """The landmark that a row stands for; None for a group's heading."""
        if not index.isValid() or index.internalId() == _GROUP:
            return None
        return self.groups[index.internalId()][1][index.row()]

    # Qt's side

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        return self.createIndex(row, column, parent.row() if parent.isValid() else _GROUP)

    def parent(self, child: Index) -> QModelIndex:  # type: ignore[override]
        if not child.isValid() or child.internalId() == _GROUP:
            return QModelIndex()
        return self.createIndex(child.internalId(), 0, _GROUP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self.groups)
        return len(self.groups[parent.row()][1]) if parent.internalId() == _GROUP and parent.column() == 0 else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Landmark"), self.tr("Conf."), self.tr("Visibility"), self.tr("Source"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in _ROLES:
            return None
        landmark = self.landmark(index)
        if landmark is None:
            return self._group_data(index, role)
        column = index.column()
        value: object = None
        if role == Qt.ItemDataRole.DisplayRole:
            value = self._text(landmark, column)
        elif role == Qt.ItemDataRole.ToolTipRole:
            value = f"{self.scheme.landmarks[landmark].name}: {self.scheme.landmarks[landmark].definition}"
        elif role == Qt.ItemDataRole.AccessibleTextRole:
            words = [self.scheme.landmarks[landmark].name, *(self._text(landmark, c) for c in range(1, 4))]
            value = ", ".join(word for word in words if word)
        elif role == Qt.ItemDataRole.ForegroundRole:
            value = self._colour(landmark, column)
        elif role == Qt.ItemDataRole.TextAlignmentRole and column == 1:
            value = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return value

    def _group_data(self, index: Index, role: int) -> object:
        name, indices = self.groups[index.row()]
        if role == Qt.ItemDataRole.DisplayRole and index.column() == 0:
            return f"{name.replace('-', ' ')}  ·  {len(indices)}"
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            swatch = QPixmap(QSize(10, 10))
            swatch.fill(theme.current().group_colours[name])
            return swatch
        return None

    def _text(self, landmark: int, column: int) -> str:
        if column == 0:
            known = self.scheme.landmarks[landmark]
            # The heading above says the group already.
            return known.name.removeprefix(f"{known.group}-")
        if not self._marks or self.session is None:
            return ""
        mark = self._marks[landmark]
        if column == 1:
            sure = self.session.confidence
            return "" if sure is None else f"{100 * sure[landmark]:.0f} %"
        if column == 2:
            return {
                "visible": self.tr("visible"),
                "occluded": self.tr("occluded"),
                "absent": self.tr("absent"),
            }[mark.visibility]
        return self._source(landmark, mark)

    def _source(self, landmark: int, mark: Mark) -> str:
        if mark.source == "moved":
            return self.tr("moved {:.1f}").format(mark.moved)
        if mark.source == "placed":
            return self.tr("by hand")
        if mark.source == "imported":
            return self.tr("imported")
        assert self.session is not None
        if self.session.is_suggested(landmark):
            return self.tr("suggested")
        return self.tr("template") if self.session.start.origin == "template" else self.tr("model")

    def _colour(self, landmark: int, column: int) -> QColor | None:
        colours = theme.current()
        if not self._marks:
            return colours.dim_text
        mark = self._marks[landmark]
        if column == 1 and landmark in self._doubtful:
            return colours.warn
        if column == 2 and mark.visibility != "visible":
            return colours.warn
        if column == 3 and mark.by_hand:
            return colours.ok
        return colours.dim_text if column else None
