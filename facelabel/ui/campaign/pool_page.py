"""The batch face by face with its reasons, the map of the pool, the scores, and the audit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from facelabel.acquisition import strategies
from facelabel.campaign.overview import AuditAgreement, ChosenFace, Composition, EmbeddingMap, ScoreHistogram
from facelabel.desk.desk import FacePicture
from facelabel.ui.campaign.faces_list import FaceLine, FacesList
from facelabel.ui.campaign.plots import ScorePlot
from facelabel.ui.campaign.pool_map import MapPanel
from facelabel.ui.card import Card, dim
from facelabel.ui.i18n.said import said as in_words
from facelabel.ui.words import tr

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

FAR_OFF = 10.0
"""NME, in per cent, from which on the model is plainly wrong about a face (the failure line of 300-W)."""
WORST = 6
_NARROW = 1040
"""Pixels under which three columns have no room beside each other."""
_BESIDE = ((0, 0, 2), (0, 1, 2), (0, 2, 1), (1, 2, 1))
_BELOW = ((0, 0, 3), (0, 1, 1), (1, 1, 1), (2, 1, 1))
"""Row, column and rows of the cards: batch, map, scores, audit faces."""


@dataclass(frozen=True, eq=False)
class PoolReadings:
    """What the page shows; ``tree`` finds the face nearest to a place of the map; ``in_order``: the campaign asks for
    faces in the order of these scores."""

    map: EmbeddingMap | None
    tree: cKDTree | None
    scores: ScoreHistogram | None
    batch: Composition | None
    audit: AuditAgreement
    pictures: dict[int, FacePicture] = field(default_factory=dict)
    in_order: bool = True


class PoolPage(QScrollArea):
    round_wanted = Signal(int)
    """Show the batch of this round."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.batch = FacesList(self.tr("Faces of the batch, with the reason for each"))
        self.worst = FacesList(self.tr("Audit faces on which the model is worst"), rows=2)
        self.panel = MapPanel()
        self.scores = ScorePlot()
        self._rounds = QComboBox()
        self._rounds.setAccessibleName(self.tr("Round whose batch is shown"))
        self._rounds.activated.connect(lambda place: self.round_wanted.emit(self._rounds.itemData(place)))
        self._parts, self._agreed = dim(), dim()
        self.batch.chosen.connect(self.panel.map.mark)
        self.worst.chosen.connect(self.panel.map.mark)
        left = Card(self.tr("Batch"))
        head = QHBoxLayout()
        head.addWidget(self._parts, 1)
        head.addWidget(self._rounds)
        left.body.addLayout(head)
        left.body.addWidget(self.batch, 1)
        middle = Card(self.tr("The pool as the model sees it"))
        self._hint = dim(self.tr("Near dots look alike to the model. Hover shows a face, the wheel zooms, drag moves."))
        middle.body.addWidget(self._hint)
        middle.body.addWidget(self.panel, 1)
        spread = Card(self.tr("Scores"))
        spread.body.addWidget(self.scores, 1)
        audit = Card(self.tr("Audit faces"))
        audit.body.addWidget(self._agreed)
        self._worst_of = QLabel(self.tr("The model is farthest off on"))
        audit.body.addWidget(self._worst_of)
        audit.body.addWidget(self.worst, 1)
        audit.body.addStretch()
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setSpacing(12)
        self._cards = left, middle, spread, audit
        self._narrow: bool | None = None
        for plot in (self.panel.map, self.scores):
            plot.say(self.tr("Reading the project…"))
        for empty in (self._rounds, self._hint, self._worst_of, self.worst, self.panel.tools):
            empty.hide()
        for widget, width in ((left, 280), (middle, 380), (spread, 300), (audit, 300)):
            widget.setMinimumWidth(width)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        self._arrange(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.viewport().width() < _NARROW)

    def _arrange(self, narrow: bool) -> None:
        """Three columns; where they have no room, what is right of the map goes below it."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        places = _BELOW if narrow else _BESIDE
        for card, (row, column, rows) in zip(self._cards, places, strict=True):
            self._grid.addWidget(card, row, column, rows, 1)
        for column, share in enumerate((36, 64, 0) if narrow else (26, 44, 30)):
            self._grid.setColumnStretch(column, share)
        for row, (share, least) in enumerate(((2, 430), (1, 250), (1, 250)) if narrow else ((1, 0), (1, 0), (0, 0))):
            self._grid.setRowStretch(row, share)
            self._grid.setRowMinimumHeight(row, least)

    def show_readings(self, said: PoolReadings) -> None:
        self._show_batch(said)
        self._show_map(said)
        self._show_scores(said.scores, in_order=said.in_order)
        self._show_audit(said)

    def _show_batch(self, said: PoolReadings) -> None:
        batch = said.batch
        with QSignalBlocker(self._rounds):
            self._rounds.clear()
            for number in [] if batch is None else batch.rounds:
                self._rounds.addItem(self.tr("Round {}").format(number), number)
            if batch is not None:
                self._rounds.setCurrentIndex(batch.rounds.index(batch.round))
        self._rounds.setVisible(batch is not None)
        if batch is None:
            self._parts.setText(self.tr("No batch yet. Go to Label: the first one is drawn for you."))
            self.batch.faces.show_lines([])
            return
        known = strategies().get(batch.function)
        title = in_words(batch.function if known is None else known.title)
        named = {
            "chosen": self.tr("{} by “{}”"),
            "audit": self.tr("{} at random for the audit"),
            "ahead": self.tr("{} served ahead while the model trained"),
        }
        parts = [text.format(batch.parts[kind], title) for kind, text in named.items() if batch.parts.get(kind)]
        self._parts.setText(", ".join(parts))
        self.batch.faces.show_lines([_line(face, said.pictures.get(face.face_id)) for face in batch.faces])

    def _show_map(self, said: PoolReadings) -> None:
        empty = said.map is None or not len(said.map.ids)
        self.panel.map.say(self.tr("The map is drawn here once a model has seen the faces.") if empty else "")
        self.panel.tools.setVisible(not empty)
        self._hint.setVisible(not empty)
        reasons = {} if said.batch is None else {face.face_id: in_words(face.why) for face in said.batch.faces}
        self.panel.legend.show_counts(said.map)
        near = None if said.tree is None else _Nearest(said.tree)
        self.panel.map.show_map(None if empty else said.map, near, reasons)

    def _show_scores(self, scores: ScoreHistogram | None, *, in_order: bool) -> None:
        none = self.tr("The scores are drawn here once a model has ranked the faces.")
        self.scores.say("" if scores is not None else none)
        self.scores.show_scores(scores, in_order=in_order)

    def _show_audit(self, said: PoolReadings) -> None:
        audit = said.audit
        text = self.tr("Nothing to compare yet: audit faces are labelled blind, then every model is measured.")
        if audit.errors:
            values = [error for _, error in audit.errors]
            off = sum(value > FAR_OFF for value in values)
            text = self.tr(
                "Model v{} against {} blind label(s): half of the faces within {:.1f} %, {} beyond {:.0f} %.",
                "",
                len(values),
            )
            text = text.format(audit.version, len(values), sorted(values)[len(values) // 2], off, FAR_OFF)
        self._agreed.setText(text)
        self._worst_of.setVisible(bool(audit.errors))
        self.worst.setVisible(bool(audit.errors))
        self.worst.faces.show_lines(
            [
                FaceLine(
                    face_id,
                    self.tr("Face {}").format(face_id),
                    self.tr("Look at its label: a slip, or no face at all?") if error > FAR_OFF else "",
                    said.pictures.get(face_id),
                    f"{error:.1f} %",
                    "warn" if error > FAR_OFF else "",
                )
                for face_id, error in audit.errors[:WORST]
            ]
        )

    def agreement(self) -> str:
        return self._agreed.text()

    def parts(self) -> str:
        return self._parts.text()


class _Nearest:
    def __init__(self, tree: cKDTree) -> None:
        self._tree = tree

    def __call__(self, x: float, y: float) -> tuple[float, int]:
        distance, row = self._tree.query((x, y))
        return float(distance), int(row)


def _line(face: ChosenFace, picture: FacePicture | None) -> FaceLine:
    marks = {
        "labelled": (tr("✓ labelled"), "ok"),
        "skipped": (tr("↷ skipped"), "warn"),
        "rejected": (tr("✕ rejected"), "error"),
    }
    mark, ink = marks.get(face.state, (tr("» ahead"), "accent") if face.ahead else ("", ""))
    head = tr("{} · audit").format(face.rank) if face.audit else str(face.rank)
    return FaceLine(face.face_id, head, in_words(face.why), picture, mark, ink, done=face.state != "open")
