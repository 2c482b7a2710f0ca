"""What runs here: versions, folders, and the device that the worker would train on."""

from __future__ import annotations

import platform
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

import facelabel
from facelabel import settings
from facelabel.errors import CancelledError, WorkerError
from facelabel.jobs.messages import JobSpec, Message, Started
from facelabel.ui import theme
from facelabel.ui.background import Cancelled, Report, Task
from facelabel.ui.card import dim
from facelabel.ui.i18n.said import said
from facelabel.ui.job_thread import MakeSupervisor


class AboutDialog(QDialog):
    """Asks the worker in the background for its device: only the worker loads torch."""

    def __init__(self, make_supervisor: MakeSupervisor, project: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About facelabel"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        title = QLabel(f"facelabel {facelabel.__version__}")
        title.setFont(theme.heading(self.font(), 1.5))
        self.device = QLabel(self.tr("asking the worker…"))
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        for caption, value in (
            (self.tr("Training and scoring"), self.device),
            (self.tr("Python"), QLabel(f"{platform.python_version()}, NumPy {np.__version__}")),
            (self.tr("Window"), QLabel(f"PySide6 {PySide6.__version__}")),
            (self.tr("Settings"), QLabel(str(settings.folder()))),
            (self.tr("Project"), QLabel("–" if project is None else str(project))),
        ):
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setWordWrap(True)
            name = dim(caption)
            name.setWordWrap(False)
            form.addRow(name, value)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(dim(self.tr("Get a face dataset labelled with the fewest human seconds. Apache License 2.0.")))
        column.addLayout(form)
        column.addWidget(buttons)
        self._task = Task(lambda report, cancelled: _device(make_supervisor, report, cancelled), self)
        self._task.succeeded.connect(self.device.setText)
        self._task.failed.connect(lambda error: self.device.setText(said(str(error))))
        self._task.start()

    def done(self, result: int) -> None:
        self._task.cancel()
        self._task.wait()
        super().done(result)


def _device(make_supervisor: MakeSupervisor, report: Report, cancelled: Cancelled) -> str:
    """The device in the worker's own words. Raises WorkerError if it does not start."""
    said: list[str] = []

    def hear(message: Message) -> None:
        if isinstance(message, Started):
            said.append(message.device)
        if cancelled():
            raise CancelledError("closed")

    with TemporaryDirectory(prefix="facelabel-") as folder:
        outcome = make_supervisor(Path(folder), JobSpec(kind="info", scheme={}), hear).run()
    if outcome.state != "done" or not said:
        raise WorkerError(outcome.message or "the worker did not start", cure="run 'facelabel doctor'")
    return said[-1]
