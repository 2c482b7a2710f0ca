"""How errors look: what a person can put right in one line with its cure, and a bug as a bug."""

from __future__ import annotations

import traceback

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

import facelabel
from facelabel.errors import FacelabelError, from_machine
from facelabel.ui.i18n.said import said


def tr(text: str) -> str:
    return QCoreApplication.translate("problems", text)


def show_problem(parent: QWidget | None, error: BaseException) -> QMessageBox:
    """Open the fitting dialog and return it; it deletes itself when it is closed."""
    told = error if isinstance(error, FacelabelError) else from_machine(error)
    return show_bug(parent, error) if told is None else show_error(parent, told)


def show_error(parent: QWidget | None, error: FacelabelError) -> QMessageBox:
    place = error.where if error.line is None else tr("{}, line {}").format(error.where, error.line)
    what = said(error.what)
    box = _box(parent, QMessageBox.Icon.Warning, what[:1].upper() + what[1:])
    lines = [line for line in (place, error.cure and tr("What to do: {}").format(said(error.cure))) if line]
    box.setInformativeText("\n".join(lines))
    box.open()
    return box


def show_bug(parent: QWidget | None, error: BaseException) -> QMessageBox:
    """With the traceback to copy: it is our fault and worth a report."""
    box = _box(parent, QMessageBox.Icon.Critical, tr("This is a bug in facelabel."))
    box.setInformativeText(tr("Saved labels are safe. Please report the details below.\n{}").format(error))
    details = "".join(traceback.format_exception(error))
    box.setDetailedText(f"facelabel {facelabel.__version__}\n{details}")
    copy = box.addButton(tr("Copy the details"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(box.detailedText()))
    box.open()
    return box


def _box(parent: QWidget | None, icon: QMessageBox.Icon, text: str) -> QMessageBox:
    box = QMessageBox(icon, "facelabel", text, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
