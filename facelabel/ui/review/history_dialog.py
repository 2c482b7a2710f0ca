"""The history of the face on the desk: who labelled it, when, from which prediction; any revision can be restored."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facelabel.desk.desk import FacePicture
from facelabel.quality.history import Entry
from facelabel.schemes import Scheme
from facelabel.ui.card import dim
from facelabel.ui.image_loader import ImageLoader
from facelabel.ui.review import words
from facelabel.ui.review.face_view import FaceView
from facelabel.ui.review.notes import Notes


class HistoryDialog(QDialog):
    restore_wanted = Signal(int)

    def __init__(
        self, scheme: Scheme, loader: ImageLoader, picture: FacePicture, entries: list[Entry], parent: QWidget
    ) -> None:
        """``entries``: the newest first; without any it says so."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("History of the face"))
        self.resize(860, 560)
        self._picture = picture
        self._path = picture.path
        self._newest = next((entry.number for entry in entries if entry.kind == "revision"), None)
        self.view = FaceView(scheme, self.tr("The face with the chosen revision"))
        self.notes = Notes(self.tr("History"))
        self.restore = QPushButton(self.tr("Restore this revision"))
        self.restore.setEnabled(False)
        self.restore.clicked.connect(self._restore)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.restore, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        side = QVBoxLayout()
        side.addWidget(self.notes, 1)
        hint = self.tr("A revision that is restored becomes the newest one; nothing is lost.")
        side.addWidget(dim(hint if entries else self.tr("There is no history to show yet.")))
        row = QHBoxLayout()
        row.addWidget(self.view, 3)
        row.addLayout(side, 2)
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        column.addWidget(buttons)
        self._show(None)
        self.view.set_picture(loader.picture(self._path), "")
        loader.loaded.connect(self._show_picture)
        self.notes.currentItemChanged.connect(self._choose)
        for entry in entries:
            self.notes.add(*words.entry(entry), entry)
        if entries:
            self.notes.setCurrentRow(0)

    def _choose(self) -> None:
        entry = self.notes.about()
        chosen = entry if isinstance(entry, Entry) else None
        self.restore.setEnabled(chosen is not None and chosen.number not in (None, self._newest))
        self._show(chosen)

    def _show(self, entry: Entry | None) -> None:
        photo = self.view.picture
        shape = None if entry is None or entry.record is None else entry.record.shape
        layers = {} if shape is None or np.isnan(shape).all() else {"label": shape}
        self.view.show_face(self._picture.size, self._picture.box, layers)  # type: ignore[arg-type]
        self.view.set_picture(photo)

    def _restore(self) -> None:
        entry = self.notes.about()
        if isinstance(entry, Entry) and entry.number is not None:
            self.restore_wanted.emit(entry.number)
            self.accept()

    def _show_picture(self, path: object, picture: object) -> None:
        if path == self._path:
            self.view.set_picture(picture)  # type: ignore[arg-type]
