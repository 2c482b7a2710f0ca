"""Boxes that a person draws or changes on the canvas, on their way to the store."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from facelabel.campaign.loop import QueueItem
from facelabel.desk.desk import OpenFace
from facelabel.geometry import Box
from facelabel.ui.queue_model import Row
from facelabel.ui.workbench import Workbench


class FaceBoxes(QObject):
    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench

    def add(self, box: Box) -> None:
        """A new face in the picture of the open one; it is opened once it is stored."""
        bench, face = self._bench, self._bench.face
        if face is not None:
            added = partial(self._added, face, bench.seconds, box)
            bench.store.write(partial(bench.desk.add_face, face.image_id, box), added)

    def _added(self, beside: OpenFace, seconds: float, box: Box, face_id: int) -> None:
        bench = self._bench
        row, status = bench.queue.row_of(beside.id), bench.status
        rank, number = (row.item.rank, row.item.round) if row else (0, status.round if status else 0)
        item = QueueItem(face_id, beside.image_id, rank, None, self.tr("drawn by hand"), False, "open", number)
        picture = replace(beside.picture, box=box)
        bench.queue.insert_after(beside.id if row else None, Row(item, picture, by_hand=True))
        bench.drew(beside, seconds, face_id)

    def change(self, box: Box) -> None:
        """A new box for the open face; points that only a template placed come along."""
        face = self._bench.face
        if face is None:
            return
        session = face.session
        untouched = session.start.origin == "template" and not any(mark.by_hand for mark in session.marks)
        session.set_box(box, self._bench.desk.template(box) if untouched else None)
        self._bench.commit()
