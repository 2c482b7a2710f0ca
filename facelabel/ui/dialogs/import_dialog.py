"""More photos for an open project: from where, and how their faces are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QWidget

from facelabel.exchange.importing import ImportReport, import_folder
from facelabel.formats.pts import Origin
from facelabel.store.project import Project
from facelabel.ui.background import Cancelled, Report
from facelabel.ui.card import align_labels, dim
from facelabel.ui.dialogs.new_project_plan import FacesBy
from facelabel.ui.dialogs.path_field import PathField
from facelabel.ui.dialogs.task_dialog import TaskDialog
from facelabel.ui.i18n.said import said


@dataclass(frozen=True)
class ImportOrder:
    photos: Path
    faces_by: FacesBy = "detect"
    boxes: Path | None = None
    origin: Origin = "one-based"

    def run(self, project: Project, author: str, report: Report, cancelled: Cancelled) -> ImportReport:
        labels: Literal["pts", "wflw", "none"] = self.faces_by if self.faces_by in ("pts", "wflw") else "none"
        return import_folder(
            project,
            self.photos,
            labels=labels,
            boxes=self.boxes if self.faces_by == "boxes" else None,
            origin=self.origin,
            author=author,
            progress=report,
            cancelled=cancelled,
        )


class ImportDialog(QDialog):
    """``imported`` brings the report and whether the detector shall look through the new photos."""

    imported = Signal(object, bool)

    def __init__(self, project: Project, author: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project, self._author = project, author
        self.setWindowTitle(self.tr("Import photos"))
        self.setMinimumWidth(560)
        self.photos = PathField(self.tr("Folder of photos"), "folder")
        self.faces = QComboBox()
        self.faces.setAccessibleName(self.tr("Where the faces come from"))
        for key, text in (
            ("detect", self.tr("Find the faces")),
            ("pts", self.tr("300-W labels beside the photos (.pts)")),
            ("wflw", self.tr("A WFLW list in the folder")),
            ("boxes", self.tr("A boxes file (CSV or JSON)")),
            ("none", self.tr("No faces yet: draw the boxes by hand")),
        ):
            self.faces.addItem(text, key)
        self.boxes = PathField(self.tr("Boxes file"), "file", filters=self.tr("Boxes (*.csv *.json)"))
        self.origin = QComboBox()
        self.origin.setAccessibleName(self.tr("What .pts coordinates count from"))
        self.origin.addItem(self.tr("From 1, as 300-W does"), "one-based")
        self.origin.addItem(self.tr("From 0"), "zero-based")
        self._form = QFormLayout(self)
        self._form.setContentsMargins(20, 18, 20, 16)
        self._form.addRow(self.tr("Folder of &photos"), self.photos)
        self._form.addRow(self.tr("&Faces"), self.faces)
        self._form.addRow(self.tr("&Boxes file"), self.boxes)
        self._form.addRow(self.tr("&Coordinates count"), self.origin)
        self._form.addRow(
            "", dim(self.tr("Importing a folder again adds only what is new, and finds photos that moved."))
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start_button = self.buttons.addButton(self.tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.start_button.setProperty("role", "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._form.addRow(self.buttons)
        align_labels(self._form)
        for changed in (self.photos.changed, self.boxes.changed, self.faces.currentIndexChanged):
            changed.connect(self._check)
        self._check()

    def order(self) -> ImportOrder | None:
        """What is filled in; None while something is missing."""
        photos, faces_by, boxes = self.photos.path(), self.faces.currentData(), self.boxes.path()
        if photos is None or not photos.is_dir() or (faces_by == "boxes" and (boxes is None or not boxes.is_file())):
            return None
        return ImportOrder(photos, faces_by, boxes, self.origin.currentData())

    def accept(self) -> None:
        order = self.order()
        if order is None:
            return
        TaskDialog(
            self.tr("Importing photos"),
            lambda report, cancelled: order.run(self._project, self._author, report, cancelled),
            lambda report: self._imported(report, order.faces_by == "detect"),
            self,
        ).start()

    def _imported(self, report: ImportReport, detect: bool) -> None:
        super().accept()
        self.imported.emit(report, detect)

    def _check(self) -> None:
        self._form.setRowVisible(self.boxes, self.faces.currentData() == "boxes")
        self._form.setRowVisible(self.origin, self.faces.currentData() == "pts")
        self.start_button.setEnabled(self.order() is not None)


def told(report: ImportReport, tr: Callable[..., str]) -> str:
    """An import in one sentence."""
    parts = [
        tr("{:,} photo(s)", "", report.images).format(report.images),
        tr("{:,} face(s)", "", report.faces).format(report.faces),
    ]
    for number, part in (
        (report.labels, tr("{:,} label(s)", "", report.labels)),
        (report.known, tr("{} known already")),
        (report.duplicates, tr("{:,} duplicate(s)", "", report.duplicates)),
        (report.relinked, tr("{} found at a new place")),
        (len(report.refused), tr("{} refused")),
    ):
        if number:
            parts.append(part.format(number))
    text = tr("Imported: {}.").format(", ".join(parts))
    if report.cancelled:
        text = tr("Import stopped. {}").format(text)
    if report.refused:
        text += tr(" The first refused: {}").format(said(report.refused[0][1]))
    return text
