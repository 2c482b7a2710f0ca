"""How far people agree: between annotators and of one with themselves, and at which landmarks they do not."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QToolTip, QVBoxLayout, QWidget

from facelabel.quality.agreement import FEWEST, Agreement, Group, PerLandmark
from facelabel.quality.judging import measured_by
from facelabel.schemes import Scheme
from facelabel.ui import theme, words
from facelabel.ui.campaign.text_table import TextTable
from facelabel.ui.card import Card, dim
from facelabel.ui.i18n.said import said
from facelabel.ui.row_table import row_table

_MARGIN = 20
_SMALL, _LARGE = 2.5, 9.0
_NEAR = 14.0


class GroupsTable(TextTable):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, numbers=(1, 2, 3))
        self._columns = (self.tr("Who"), self.tr("Faces"), self.tr("Apart"), self.tr("95 % interval"))

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        self.show_rows(
            [
                (self._who(one), f"{one.faces:,}", f"{one.nme:.1f} %", f"{one.low:.1f}–{one.high:.1f} %")
                for one in groups
            ]
        )

    def _who(self, one: Group) -> str:
        if one.who == "gold":
            return self.tr("{} and gold faces").format(one.people[0])
        if one.who == "within":
            return self.tr("{} and the same again").format(one.people[0])
        return self.tr("{} and {}").format(*one.people)


class LandmarksTable(TextTable):
    """By how far apart the labels are, the farthest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, numbers=(1, 2, 3))
        self._columns = (self.tr("Landmark"), self.tr("Apart"), self.tr("Spread x, y"), self.tr("ICC x, y"))

    def show_landmarks(self, landmarks: tuple[PerLandmark, ...]) -> None:
        far = sorted(landmarks, key=lambda one: -one.mean)
        self.show_rows([(one.name, f"{one.mean:.1f} %", _pair(one.spread), _icc(one)) for one in far])


class AgreementMap(QWidget):
    """The scheme's face; a landmark is the larger and the redder the farther apart people put it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme: Scheme | None = None
        self._by_index: dict[int, PerLandmark] = {}
        self.setMouseTracking(True)
        self.setMinimumSize(200, 210)
        self.setAccessibleName(self.tr("Where people disagree"))

    def show_landmarks(self, scheme: Scheme, landmarks: tuple[PerLandmark, ...]) -> None:
        self._scheme, self._by_index = scheme, {one.index: one for one in landmarks}
        worst = sorted(landmarks, key=lambda one: -one.mean)[:5]
        self.setAccessibleDescription("; ".join(f"{one.name} {one.mean:.1f} %" for one in worst))
        self.update()

    def place_of(self, index: int) -> QPointF:
        """Where a landmark is drawn, widget coordinates."""
        assert self._scheme is not None
        shape = self._scheme.template_shape * [self._scheme.template_aspect, 1.0]
        low, span = shape.min(axis=0), np.ptp(shape, axis=0)
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / max(span[0], 1e-6), room.height() / max(span[1], 1e-6))
        offset = room.center() - QPointF(*(span * scale / 2))
        return offset + QPointF(*((shape[index] - low) * scale))

    def sentence(self, index: int) -> str:
        """What the tip of a landmark says."""
        one = self._by_index.get(index)
        if one is None or self._scheme is None:
            return ""
        text = self.tr("{}: {:.1f} % apart on {:,} face(s), spread {}", "", one.faces).format(
            one.name, one.mean, one.faces, _pair(one.spread)
        )
        return text if one.icc is None else self.tr("{}, ICC {}").format(text, _icc(one))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._scheme is None:
            return
        at = event.position()
        near = min(self._by_index, key=lambda i: (self.place_of(i) - at).manhattanLength(), default=None)
        if near is not None and (self.place_of(near) - at).manhattanLength() < _NEAR:
            QToolTip.showText(event.globalPosition().toPoint(), self.sentence(near), self)
        else:
            QToolTip.hideText()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._scheme is None:
            return
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [self.place_of(i) for i in range(self._scheme.size)]
        painter.setPen(QPen(colours.line, 1.5))
        for a, b in self._scheme.edges:
            painter.drawLine(places[a], places[b])
        worst = max((one.mean for one in self._by_index.values()), default=0.0)
        for index, at in enumerate(places):
            one = self._by_index.get(index)
            share = one.mean / worst if one is not None and worst > 0 else 0.0
            painter.setPen(QPen(colours.base, 1.0))
            painter.setBrush(QColor(colours.line) if one is None else theme.blend(colours.accent, colours.error, share))
            radius = _SMALL + (_LARGE - _SMALL) * share
            painter.drawEllipse(at, radius, radius)
        painter.end()


class AgreementCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Agreement"), parent)
        self.groups, self.landmarks = GroupsTable(self), LandmarksTable(self)
        self.map = AgreementMap()
        self._reading = dim()
        left = QVBoxLayout()
        self._groups_view = _table(self.groups, self.tr("Agreement of annotators"))
        self._landmarks_view = _table(self.landmarks, self.tr("Agreement at each landmark"))
        left.addWidget(self._groups_view, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 4)
        row.addWidget(self.map, 3)
        row.addWidget(self._landmarks_view, 4)
        self.body.addWidget(self._reading)
        self.body.addLayout(row, 1)

    def show_agreement(self, scheme: Scheme, known: Agreement) -> None:
        self.groups.show_groups(known.groups)
        self.landmarks.show_landmarks(known.landmarks)
        self.map.show_landmarks(scheme, known.landmarks)
        for part in (self._groups_view, self._landmarks_view, self.map):
            part.setVisible(bool(known.groups))
        self._reading.setText(self._said(scheme, known))

    def text(self) -> str:
        return self._reading.text()

    def _said(self, scheme: Scheme, known: Agreement) -> str:
        if not known.groups:
            return self.tr(
                "No face was labelled twice yet. The settings say which share of faces is; the second label is blind "
                "and never replaces the first."
            )
        told: list[str] = []
        per_cent = said(measured_by(scheme))
        if known.floor is not None:
            told.append(self.tr("Two labels of a face are {:.1f} % {} apart.").format(100 * known.floor, per_cent))
        elif known.faces:
            text = self.tr("Too few to tell: {} of at least {} faces were labelled twice.")
            told.append(text.format(known.faces, FEWEST))
        if known.assisted:
            text = self.tr("{:,} of {:,} began with the same prediction both times, so that they agree more.")
            told.append(text.format(known.assisted, known.faces))
        return " ".join(told)


def _pair(values: tuple[float, float]) -> str:
    return f"±{values[0]:.1f}, ±{values[1]:.1f} %"


def _icc(one: PerLandmark) -> str:
    """ICC(2,1) of x and y."""
    return "–" if one.icc is None else ", ".join(f"{axis.agreement:.2f}" for axis in one.icc)


def _table(model: TextTable, name: str) -> QTableView:
    table = row_table(model, name)
    table.verticalHeader().setDefaultSectionSize(25)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table
