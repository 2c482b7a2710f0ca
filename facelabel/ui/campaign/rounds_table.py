"""The rounds so far, newest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from facelabel.ui.campaign.history_table import moment
from facelabel.ui.campaign.readings import RoundLine

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RoundsModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[RoundLine] = []
        self._columns = (
            self.tr("Round"),
            self.tr("Chosen by"),
            self.tr("Labels"),
            self.tr("Audit NME"),
            self.tr("Seconds a face"),
            self.tr("Model"),
            self.tr("Started"),
        )

    def show_rounds(self, lines: list[RoundLine]) -> None:
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self._lines[index.row()], index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in (2, 3, 4) else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _text(self, line: RoundLine, column: int) -> str:
        nme = "–" if line.nme is None else f"{line.nme:.2f} %"
        if line.low is not None and line.high is not None:
            nme += f" ({line.low:.1f}–{line.high:.1f})"
        if line.version is not None:
            model = f"v{line.version}"
        else:
            model = self.tr("training") if line.state == "training" else "–"
        return (
            str(line.number),
            line.function,
            str(line.labels),
            nme,
            "–" if line.seconds_per_face is None else f"{line.seconds_per_face:.1f}",
            model,
            moment(line.when),
        )[column]
