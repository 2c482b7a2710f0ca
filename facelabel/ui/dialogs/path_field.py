"""A path that is typed, dropped or picked."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget


class PathField(QWidget):
    changed = Signal()

    def __init__(
        self,
        caption: str,
        kind: Literal["folder", "file", "new-folder"],
        *,
        filters: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._caption, self._kind, self._filters = caption, kind, filters
        self.edit = QLineEdit()
        self.edit.setAccessibleName(caption)
        self.edit.textChanged.connect(self.changed)
        self._browse = QPushButton(self.tr("Browse…"))
        self._browse.setAccessibleName(self.tr("Browse: {}").format(caption))
        self._browse.clicked.connect(self._pick)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit, 1)
        row.addWidget(self._browse)
        self.setFocusProxy(self.edit)

    def path(self) -> Path | None:
        text = self.edit.text().strip()
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path | str | None) -> None:
        self.edit.setText("" if path is None else str(path))

    def _pick(self) -> None:
        dialog = QFileDialog(self, self._caption, str(self.path() or Path.home()), self._filters)
        if self._kind == "file":
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.edit.setText)
        dialog.open()
