"""Brings what the model saw of the open face to the canvas, while the person wants to see it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from facelabel.images.heatmaps import FaceHeatmaps
from facelabel.ui.canvas import Canvas
from facelabel.ui.i18n.said import said
from facelabel.ui.workbench import Workbench


class HeatOverlay(QObject):
    """Reads in the store thread; a face that has no heatmap says why."""

    hinted = Signal(str)

    def __init__(self, bench: Workbench, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._canvas = canvas
        self._on = False
        bench.queue.modelReset.connect(self._read)

    def set_on(self, on: bool) -> None:
        if on != self._on:
            self._on = on
            self.hinted.emit("")
            self.show_face()

    def show_face(self) -> None:
        """Another face is on the canvas."""
        self._canvas.set_heatmaps(None)
        face = self._bench.face
        if not self._on or face is None:
            return
        if face.blind:
            self.hinted.emit(self.tr("This face measures the model: it is labelled without seeing what the model saw."))
            return
        self._read()

    def _read(self) -> None:
        """With every fresh queue too: there may be a newer model."""
        face = self._bench.face
        if self._on and face is not None and not face.blind:
            read = partial(self._bench.desk.heatmaps, face.id)
            self._bench.store.read(read, partial(self._take, face.id), self._fail)

    def _take(self, face_id: int, found: tuple[int, FaceHeatmaps] | None) -> None:
        face = self._bench.face
        if not self._on or face is None or face.id != face_id:
            return
        if found is not None:
            self._canvas.set_heatmaps(found[1])
            self.hinted.emit(self.tr("Heatmap of model v{}.").format(found[0]))
        elif face.version is None:
            self.hinted.emit(self.tr("There is no heatmap: no model has looked at this face yet."))
        else:
            self.hinted.emit(self.tr("There is no heatmap of this face: only those of the last scoring are kept."))

    def _fail(self, error: Exception) -> None:
        self.hinted.emit(said(str(error)))
