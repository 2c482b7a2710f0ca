"""The middle of the Review screen: the face, which shapes lie over it, and two views side by side on request."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from facelabel.desk.desk import FacePicture
from facelabel.desk.review import ReviewedFace, SecondShape
from facelabel.geometry import Box
from facelabel.quality.findings import Finding
from facelabel.quality.history import Entry
from facelabel.schemes import Scheme
from facelabel.ui.canvas.picture import Picture
from facelabel.ui.elided_label import ElidedLabel
from facelabel.ui.review import words
from facelabel.ui.review.face_view import FaceView, LayerName, swatch

_ROOMY = 600
"""Pixels from which on captions are told in full."""
_BESIDE_THE_MODEL = {"flipped", "disagrees", "outlier", "outside", "crossed"}
"""Findings that are seen best with the model's shape."""


class Stage(QWidget):
    touched = Signal()
    """The person looked around."""

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face: ReviewedFace | None = None
        self._second: SecondShape | None = None
        self._older: Entry | None = None
        self._marked: tuple[int, ...] = ()
        self._compared = False
        self.heading = ElidedLabel()
        self.heading.setProperty("role", "dim")
        self.view = FaceView(scheme, self.tr("Face with its label"))
        self.beside = FaceView(scheme, self.tr("Face with the second label"))
        self.beside.hide()
        self.layers: dict[LayerName, QToolButton] = {
            "label": self._toggle(self.tr("Label"), "label", True),
            "model": self._toggle(self.tr("Model"), "model", True),
            "second": self._toggle(self.tr("Second label"), "second", True),
        }
        self.side_by_side = self._toggle(self.tr("Side by side"), None, False)
        self._lay_out()
        for view in (self.view, self.beside):
            view.touched.connect(self.touched)
        self.view.view_changed.connect(lambda: self.beside.follow(self.view))
        self.beside.moved.connect(lambda: self.view.follow(self.beside))

    # What is shown

    def show_face(self, face: ReviewedFace) -> None:
        self.face, self._second, self._older = face, face.second[-1] if face.second else None, None
        self._marked, self._compared = (), False
        self.heading.setText(words.heading(face))
        self._fill()

    def clear(self, message: str) -> None:
        self.face = self._second = self._older = None
        self.heading.clear()
        for view in (self.view, self.beside):
            view.clear(message)
        self._show_layers()

    def show_second(self, second: SecondShape | None) -> None:
        """The other label to compare with."""
        if self.face is not None and second is not None and second is not self._second:
            self._second = second
            self._fill()

    def show_older(self, entry: Entry | None) -> None:
        """An entry of the history in the place of the label; None for the label itself."""
        if self.face is not None and entry is not self._older:
            self._older = entry
            self._fill()

    def show_picture(self, picture: Picture | None, message: str = "") -> None:
        for view in (self.view, self.beside):
            view.set_picture(picture, message)

    def show_stand_in(self, image: QImage, box: Box) -> None:
        for view in (self.view, self.beside):
            view.set_stand_in(image, box)

    def show_finding(self, finding: Finding) -> None:
        """Mark what it is about; where the points stand in the wrong order, only lines to the model's show it."""
        self._compared = finding.kind in _BESIDE_THE_MODEL
        self.mark(finding.landmarks)
        self._show_layers()

    def mark(self, landmarks: tuple[int, ...]) -> None:
        self._marked = landmarks
        for view in (self.view, self.beside):
            view.mark(landmarks)

    def fit(self) -> None:
        self.view.fit_face()

    def hide_points(self, hidden: bool) -> None:
        for view in (self.view, self.beside):
            view.hidden = hidden
            view.update()

    def toggle(self, name: LayerName) -> None:
        if self.layers[name].isEnabled():
            self.layers[name].toggle()

    def toggle_beside(self) -> None:
        if self.side_by_side.isEnabled():
            self.side_by_side.toggle()

    def _fill(self) -> None:
        assert self.face is not None
        face, picture = self.face, self.face.picture
        shape = face.record.shape
        if self._older is not None and self._older.record is not None:
            shape = self._older.record.shape
        layers: dict[LayerName, npt.NDArray[np.float64]] = {"label": shape}
        if face.predicted is not None:
            layers["model"] = face.predicted
        if self._second is not None:
            layers["second"] = self._second.pair.second
        older = self._older is not None and self._older.number is not None
        name = self.tr("Revision {}").format(self._older.number) if older and self._older else self.tr("Label")
        self.layers["label"].setText(name)
        self.layers["model"].setText(self.tr("Model v{}").format(face.version) if face.version else self.tr("Model"))
        short = self.width() < _ROOMY
        caution = self.tr(
            "This model has learned from the label, so that the two agree more than they otherwise would."
        )
        self.layers["model"].setToolTip(caution if face.learned else "")
        second = self.tr("Second label by {}").format(self._second.author) if self._second else self.tr("Second label")
        self.layers["second"].setToolTip(second)
        second = self.tr("Second") if short else second
        self.layers["second"].setText(second)
        for button in self.layers.values():
            _make_room(button)
        self._put(self.view, picture, layers)
        self._put(self.beside, picture, layers)
        self.mark(self._marked)
        self._show_layers()

    @staticmethod
    def _put(view: FaceView, picture: FacePicture, layers: dict[LayerName, npt.NDArray[np.float64]]) -> None:
        # The photo stays where only the shapes have changed.
        photo, message = view.picture, view.message
        same = view.size_of_image == picture.size and view.layers.get("model") is layers.get("model")
        affine = view.view.affine
        view.show_face(picture.size, picture.box, layers)
        if same and photo is not None:
            view.set_picture(photo, message)
            view.view.affine = affine

    def _show_layers(self) -> None:
        known = self.view.layers
        for name, button in self.layers.items():
            button.setEnabled(name in known)
            button.setVisible(name != "second" or name in known)
        self.side_by_side.setVisible("second" in known)
        self.side_by_side.setEnabled("second" in known)
        shown: list[LayerName] = [name for name, button in self.layers.items() if button.isChecked() and name in known]
        split = self.side_by_side.isChecked() and "second" in known
        if split != self.beside.isVisibleTo(self):
            self.beside.setVisible(split)
            self._views.setSizes([1000, 1000])
        self.view.show_layers([name for name in shown if not (split and name == "second")])
        self.beside.show_layers([name for name in shown if name != "label"])
        other: LayerName = "model" if self._compared else "second"
        self.view.show_gaps(None if split or other not in shown else other)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.face is not None and (self.width() < _ROOMY) != (event.oldSize().width() < _ROOMY):
            self._fill()

    # Building

    def _toggle(self, text: str, name: LayerName | None, on: bool) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setChecked(on)
        button.setProperty("role", "page")
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if name is not None:
            button.setIcon(QIcon(swatch(name, self.devicePixelRatioF())))
            button.setIconSize(QSize(18, 18))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.toggled.connect(lambda _: self._show_layers())
        _make_room(button)
        return button

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 6, 10, 4)
        bar.setSpacing(4)
        for button in (*self.layers.values(), self.side_by_side):
            bar.addWidget(button)
        bar.addStretch(1)
        views = self._views = QSplitter(Qt.Orientation.Horizontal)
        views.setHandleWidth(2)
        views.setChildrenCollapsible(False)
        views.addWidget(self.view)
        views.addWidget(self.beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.heading.setContentsMargins(12, 8, 12, 0)
        column.addWidget(self.heading)
        column.addLayout(bar)
        column.addWidget(views, 1)


def _make_room(button: QToolButton) -> None:
    """For the bold caption that a button has while it is on."""
    button.ensurePolished()
    font = QFont(button.font())
    font.setWeight(QFont.Weight.DemiBold)
    icon = 24 if not button.icon().isNull() else 0
    button.setMinimumWidth(QFontMetrics(font).horizontalAdvance(button.text()) + icon + 36)
