"""Taking the labels out: the format, what it cannot hold, and what was written."""

from __future__ import annotations

import itertools
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QMessageBox,
    QWidget,
)

from facelabel.exchange.export_faces import ExportOptions
from facelabel.exchange.exporting import ExportReport, export, questions, unset_faces
from facelabel.store.project import Project
from facelabel.ui.background import Background
from facelabel.ui.card import align_labels, dim
from facelabel.ui.dialogs.path_field import PathField
from facelabel.ui.dialogs.task_dialog import TaskDialog
from facelabel.ui.i18n.said import said

LISTED = 500
"""Left-out faces that the report spells out; all of them stand in the manifest."""


class ExportDialog(QDialog):
    def __init__(self, project: Project, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project, self._background = project, background
        self._unset: int | None = None
        """Faces with attributes that nobody set; None until that is known."""
        self.setWindowTitle(self.tr("Export labels"))
        self.setMinimumWidth(620)
        self._build()
        self._ask()

    def _build(self) -> None:
        self.format = QComboBox()
        self.format.setAccessibleName(self.tr("Format"))
        self.format.addItem(self.tr("300-W: one .pts file a face"), "300w")
        self.format.addItem(self.tr("WFLW: one list with rectangles and attributes"), "wflw")
        self.out = PathField(self.tr("Folder to write"), "new-folder")
        self.out.set_path(_free(self._project.folder / "export"))
        self.origin = QComboBox()
        self.origin.setAccessibleName(self.tr("What coordinates count from"))
        self.origin.addItem(self.tr("From 1, as 300-W does"), "one-based")
        self.origin.addItem(self.tr("From 0"), "zero-based")
        self.unset = QComboBox()
        self.unset.setAccessibleName(self.tr("Face attributes that nobody set"))
        self.unset.addItem(self.tr("Please choose"), "ask")
        self.unset.addItem(self.tr("Leave those faces out"), "leave-out")
        self.unset.addItem(self.tr("Write 0"), "zero")
        self.convert = QCheckBox(self.tr("Convert the 98 landmarks to the 68 of 300-W"))
        self.photos = QCheckBox(self.tr("Copy the photos too"))
        self.predictions = QCheckBox(self.tr("Also faces that only the model has seen"))
        self.fill = QCheckBox(self.tr("Faces labelled in part: the model's points where nobody confirmed any"))
        self.overwrite = QCheckBox(self.tr("Replace the earlier export in this folder"))
        self.taken = dim(self.tr("This folder is not empty. Name another, or replace the export that is in it."))
        self.questions = dim(self.tr("Looking at the labels…"))
        self.questions.setAccessibleName(self.tr("What the format cannot hold"))
        self._form = QFormLayout(self)
        self._form.setContentsMargins(20, 18, 20, 16)
        self._form.addRow(self.tr("&Format"), self.format)
        self._form.addRow(self.tr("Fol&der"), self.out)
        self._form.addRow("", self.taken)
        self._form.addRow("", self.overwrite)
        self._form.addRow(self.tr("&Coordinates count"), self.origin)
        self._form.addRow("", self.questions)
        self._form.addRow(self.tr("&Unset attributes"), self.unset)
        for box in (self.convert, self.photos, self.predictions, self.fill):
            self._form.addRow("", box)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start_button = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.start_button.setProperty("role", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._form.addRow(buttons)
        align_labels(self._form)
        self.format.currentIndexChanged.connect(self._ask)
        self.unset.currentIndexChanged.connect(self._check)
        self.out.changed.connect(self._check)
        for box in (self.overwrite, self.predictions):
            box.toggled.connect(self._check)

    def options(self) -> ExportOptions:
        wflw = self.format.currentData() == "wflw"
        return ExportOptions(
            format=self.format.currentData(),
            predictions=self.predictions.isChecked(),
            confirmed_only=not self.fill.isChecked(),
            unset=self.unset.currentData() if wflw else "ask",
            origin=self.origin.currentData(),
            convert=self.convert.isChecked() and not wflw,
            photos=self.photos.isChecked(),
            overwrite=self._taken() and self.overwrite.isChecked(),
        )

    def accept(self) -> None:
        out, options = self.out.path(), self.options()
        if out is None:
            return
        TaskDialog(
            self.tr("Writing the labels"),
            lambda report, cancelled: export(self._project, out, options),
            self._exported,
            self,
        ).start()

    def _ask(self) -> None:
        """Find out in the background what the format cannot hold."""
        wanted, self._unset = self.format.currentData(), None
        self.questions.setText(self.tr("Looking at the labels…"))

        def look() -> tuple[list[str], int]:
            return questions(self._project, wanted), unset_faces(self._project) if wanted == "wflw" else 0

        def show(found: tuple[list[str], int]) -> None:
            if wanted == self.format.currentData():
                told, self._unset = found
                nothing = self.tr("Everything that is labelled fits into this format.")
                self.questions.setText("\n".join(map(said, told)) or nothing)
                self._check()

        self._background.run(look, show, self._cannot_ask)
        self._check()

    def _cannot_ask(self, error: Exception) -> None:
        self.questions.setText(said(str(error)))

    def _check(self) -> None:
        scheme, wflw = self._project.scheme, self.format.currentData() == "wflw"
        # Of faces that only a model has seen nobody set any.
        asks = wflw and bool(scheme.attributes) and (self._unset != 0 or self.predictions.isChecked())
        self._form.setRowVisible(self.unset, asks)
        self._form.setRowVisible(self.convert, not wflw and scheme.id == "wflw-98")
        self._form.setRowVisible(self.origin, not wflw)
        taken = self._taken()
        for row in (self.taken, self.overwrite):
            self._form.setRowVisible(row, taken)
        fits = not wflw or scheme.size == 98
        answered = (not asks or self.unset.currentData() != "ask") and (not taken or self.overwrite.isChecked())
        self.start_button.setEnabled(fits and answered and self.out.path() is not None)

    def _taken(self) -> bool:
        """Whether the folder to write holds something already."""
        out = self.out.path()
        try:
            return out is not None and out.is_dir() and any(out.iterdir())
        except OSError:  # The export itself says best what is wrong with it.
            return False

    def _exported(self, report: ExportReport) -> None:
        parent = self.parentWidget()
        super().accept()
        show_report(parent, report)


def _free(folder: Path) -> Path:
    """``folder``, or the first of its name with a number that is not there yet."""
    numbered = (folder.with_name(f"{folder.name}-{number}") for number in itertools.count(2))
    return folder if not folder.exists() else next(other for other in numbered if not other.exists())


def show_report(parent: QWidget | None, report: ExportReport) -> QMessageBox:
    """What was written and what was left out, with the reasons."""
    box = QMessageBox(QMessageBox.Icon.Information, "facelabel", "", parent=parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setText(box.tr("{} face(s) written.", "", report.faces).format(report.faces))
    lines = [str(report.out)]
    if report.left_out:
        count = len(report.left_out)
        lines.append(box.tr("{} face(s) left out; manifest.json says why.", "", count).format(count))
        box.setDetailedText(
            "\n".join(f"{item.face}\t{Path(item.image).name}\t{said(item.why)}" for item in report.left_out[:LISTED])
        )
    box.setInformativeText("\n".join(lines))
    show = box.addButton(box.tr("Open the folder"), QMessageBox.ButtonRole.ActionRole)
    show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.out))))
    box.addButton(QMessageBox.StandardButton.Close)
    box.open()
    return box
