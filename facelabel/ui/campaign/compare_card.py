"""Two model versions side by side, for whoever decides which model a campaign goes on with."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from facelabel.campaign.comparing import Difference, Side, Versions
from facelabel.costs import gigabytes
from facelabel.ui import words
from facelabel.ui.card import Card, dim


class CompareCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Models side by side"), parent)
        self._versions: Versions | None = None
        self.boxes = (QComboBox(), QComboBox())
        names = (self.tr("First model version"), self.tr("Second model version"))
        captions = (
            self.tr("Labels"),
            self.tr("Audit NME"),
            self.tr("Training"),
            self.tr("Scoring a face"),
            self.tr("Memory to train"),
            self.tr("Parameters"),
        )
        self._table = QWidget()
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        self._cells: list[tuple[QLabel, QLabel]] = []
        for column, (box, name) in enumerate(zip(self.boxes, names, strict=True), start=1):
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(self._compare)
            grid.addWidget(box, 0, column)
            grid.setColumnStretch(column, 1)
        for row, caption in enumerate(captions, start=1):
            grid.addWidget(dim(caption), row, 0)
            self._cells.append((QLabel(), QLabel()))
            for column, cell in enumerate(self._cells[-1], start=1):
                grid.addWidget(cell, row, column)
        self._reading = dim()
        self.body.addWidget(self._table)
        self.body.addWidget(self._reading)
        self.body.addStretch(1)

    def show_versions(self, versions: Versions) -> None:
        """What is chosen stays chosen while it is there."""
        known = None if self._versions is None else self._versions.sides
        self._versions = versions
        pair = versions.suggested()
        self._table.setVisible(pair is not None)
        if pair is None:
            self._reading.setText(self.tr("Two trained versions can be compared here, of one model or of two."))
            return
        if known != versions.sides:
            for box, place in zip(self.boxes, pair, strict=True):
                kept = box.currentData()
                with QSignalBlocker(box):
                    box.clear()
                    for side in versions.sides:
                        box.addItem(f"v{side.version}, {side.preset}", side.version)
                    found = box.findData(kept) if kept is not None else -1
                    box.setCurrentIndex(found if found >= 0 else place)
        self._compare()

    def text(self) -> str:
        """All that it says, a line a row."""
        rows = [f"{one.text()} | {other.text()}" for one, other in self._cells]
        return "\n".join([*rows, self._reading.text()])

    def _compare(self) -> None:
        if self._versions is None:
            return
        first, second = (box.currentIndex() for box in self.boxes)
        if min(first, second) < 0:
            return
        for column, place in enumerate((first, second)):
            for cells, said in zip(self._cells, self._words(self._versions.sides[place]), strict=True):
                cells[column].setText(said)
        self._reading.setText(self._verdict(first, second))

    def _verdict(self, first: int, second: int) -> str:
        assert self._versions is not None
        if first == second:
            return self.tr("Choose two versions.")
        found = self._versions.difference(first, second)
        if found is None:
            return self.tr("No audit face was predicted by both: nothing tells them apart yet.")
        one, other = (f"v{self._versions.sides[place].version}" for place in (first, second))
        return f"{self._better(found, one, other)} {self._interval(found)}"

    def _better(self, found: Difference, one: str, other: str) -> str:
        if not found.shown:
            return self.tr("No difference between {} and {} can be shown.").format(one, other)
        better, worse = (one, other) if found.points < 0 else (other, one)
        return self.tr("{} is more accurate than {}.").format(better, worse)

    def _interval(self, found: Difference) -> str:
        text = self.tr(
            "Difference {:+.2f} points (95 %: {:+.2f} to {:+.2f}) on {:,} audit face(s) that both predicted.",
            "",
            found.faces,
        )
        return text.format(found.points, *found.interval, found.faces)

    def _words(self, side: Side) -> list[str]:
        nme = "–"
        if side.nme is not None and side.interval is not None:
            nme = f"{side.nme:.2f} % ({side.interval[0]:.2f}–{side.interval[1]:.2f})"
        size = side.size
        return [
            f"{side.labels:,}",
            nme,
            words.duration(side.training),
            "–" if side.scoring is None else self.tr("{:.0f} ms").format(1000 * side.scoring),
            "–" if size.training_bytes is None else gigabytes(size.training_bytes),
            "–" if size.parameters is None else self.tr("{:.1f} million").format(size.parameters / 1e6),
        ]
