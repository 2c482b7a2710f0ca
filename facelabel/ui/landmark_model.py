"""The landmarks of the open face as a tree: groups, and under them their landmarks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPixmap

from facelabel.campaign.calibration import Calibration
from facelabel.desk import asking, picking
from facelabel.desk.marks import Mark
from facelabel.desk.session import EditSession
from facelabel.schemes import Scheme
from facelabel.ui import theme
from facelabel.ui.i18n.said import said

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
    """Columns: name, expected error (the model's confidence until errors are calibrated), visibility, source."""

    def __init__(self, scheme: Scheme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scheme = scheme
        self.groups = list(scheme.groups.items())
        self.session: EditSession | None = None
        self._marks: tuple[Mark, ...] = ()
        self._doubtful: frozenset[int] = frozenset()
        self._confirmed: frozenset[str] = frozenset()
        self._sure: tuple[str, ...] = ()
        self._calibrated = self._in_part = False
        self.calibration = Calibration(0)
        """What is said of expected errors that are not known."""

    def show(self, session: EditSession | None) -> None:
        """Show a session as it stands now. In the same session only the rows that differ are told, so that a step of a
        drag repaints a row and not the table."""
        same, marks, doubtful = session is not None and session is self.session, self._marks, self._doubtful
        sure = self._sure
        self.session = session
        self._marks = () if session is None else session.marks
        doubt = session is not None and session.confidence is not None
        self._doubtful = frozenset(picking.doubtful(session)) if doubt and session is not None else frozenset()
        self._in_part = session is not None and asking.in_part(session)
        self._sure = () if session is None else self._told(session)
        confirmed, self._confirmed = self._confirmed, frozenset() if session is None else session.confirmed
        for place, (name, _) in enumerate(self.groups):
            if name in confirmed ^ self._confirmed:
                self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
        if same and len(sure) == len(self._sure):
            others = {i for i, text in enumerate(self._sure) if text != sure[i]} | (self._doubtful ^ doubtful)
            self._tell({i for i, mark in enumerate(self._marks) if mark is not marks[i]} | others)
            return
        for place in range(len(self.groups)):
            group = self.index(place, 0)
            last = self.rowCount(group) - 1
            self.dataChanged.emit(self.index(0, 0, group), self.index(last, 3, group))

    def _told(self, session: EditSession) -> tuple[str, ...]:
        """The second column: expected errors in pixels, else confidences, else nothing."""
        errors, sure = session.expected_errors, session.confidence
        if self._calibrated != (errors is not None):
            self._calibrated = errors is not None
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 1, 1)
        if errors is not None:
            return tuple(
                "" if mark.by_hand else self.error_text(e) for mark, e in zip(session.marks, errors, strict=True)
            )
        return ("",) * session.scheme.size if sure is None else tuple(f"{100 * value:.0f} %" for value in sure)

    def error_text(self, pixels: float) -> str:
        return (self.tr("{:.1f} px") if pixels < 99.95 else self.tr("{:.0f} px")).format(pixels)

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
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole and section == 1:
            return self._about_errors()
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        second = self.tr("Off by") if self._calibrated else self.tr("Conf.")
        return (self.tr("Landmark"), second, self.tr("Visibility"), self.tr("Source"))[section]

    def _about_errors(self) -> str:
        if self._calibrated:
            text = self.tr("How far off a landmark is expected to be, in pixels of the photo: {}.")
            return text.format(said(self.calibration.text))
        return self.tr("The model's confidence. How far off that is in pixels: {}.").format(said(self.calibration.text))

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
            value = self._about(landmark)
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
            return f"{said(name.replace('-', ' '))}  ·  {len(indices)}" + ("  ✓" if name in self._confirmed else "")
        if role == Qt.ItemDataRole.ToolTipRole and name in self._confirmed:
            return self.tr("confirmed in a group pass")
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
            return self._sure[landmark]
        if column == 2:
            return {
                "visible": self.tr("visible"),
                "occluded": self.tr("occluded"),
                "absent": self.tr("absent"),
            }[mark.visibility]
        return self._source(landmark, mark)

    def _source(self, landmark: int, mark: Mark) -> str:
        if mark.source != "accepted":
            return {
                "moved": self.tr("moved {:.1f}").format(mark.moved),
                "placed": self.tr("by hand"),
                "imported": self.tr("imported"),
                "predicted": self.tr("not asked"),
            }[mark.source]
        assert self.session is not None
        if self.session.is_suggested(landmark):
            return self.tr("suggested")
        if self._in_part:
            return self.tr("asked")
        return self.tr("template") if self.session.start.origin == "template" else self.tr("model")

    def _about(self, landmark: int) -> str:
        known = self.scheme.landmarks[landmark]
        text = f"{known.name}: {said(known.definition)}"
        sure = None if self.session is None else self.session.confidence
        if sure is not None:
            text += "\n" + self.tr("The model's confidence: {:.0f} %").format(100 * sure[landmark])
        return text

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
        if column == 3 and self._in_part and mark.source == "accepted":
            return colours.warn
        return colours.dim_text if column else None
