"""Long work with its progress, the time left and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from facelabel.errors import CancelledError
from facelabel.ui import words
from facelabel.ui.background import Cancelled, Eta, Report, Task
from facelabel.ui.card import dim
from facelabel.ui.dialogs.problems import show_problem


class TaskDialog(QDialog):
    """Runs ``work`` in a thread as soon as it is opened, and closes itself at its end.

    ``done`` gets the result. An exception is shown; CancelledError is not: the person knows.
    """

    def __init__(
        self,
        title: str,
        work: Callable[[Report, Cancelled], Any],
        done: Callable[[Any], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self._done = done
        self._eta: dict[str, Eta] = {}
        self._what = QLabel(title)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._left = dim(" ")
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        row = QHBoxLayout()
        row.addWidget(self._left, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._what)
        column.addWidget(self._bar)
        column.addLayout(row)
        self._task = Task(work, self)
        self._task.progress.connect(self._show)
        self._task.succeeded.connect(self._succeeded)
        self._task.failed.connect(self._failed)

    def start(self) -> None:
        self.open()
        self._task.start()

    def reject(self) -> None:
        """Escape asks the work to stop; the dialog goes when it has."""
        self._cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._task.isRunning():
            event.ignore()
            self._cancel()
        else:
            event.accept()

    def _cancel(self) -> None:
        self._task.cancel()
        self.cancel_button.setEnabled(False)
        self._left.setText(self.tr("Stopping…"))

    def _show(self, what: str, done: int, total: int) -> None:
        titles = {"import": self.tr("Reading photos"), "render": self.tr("Drawing faces")}
        self._what.setText(titles.get(what, what))
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if not self.cancel_button.isEnabled():
            return
        left = self._eta.setdefault(what, Eta()).left(done, total)
        text = self.tr("{} of {}").format(f"{done:,}", f"{total:,}") if total else ""
        self._left.setText(text if left is None else self.tr("{}, about {} left").format(text, words.duration(left)))

    def _succeeded(self, result: object) -> None:
        self._end()
        self._done(result)

    def _failed(self, error: Exception) -> None:
        parent = self.parentWidget()
        self._end()
        if not isinstance(error, CancelledError):
            show_problem(parent, error)

    def _end(self) -> None:
        self._task.wait()
        self.close()
