"""The settings of the person at this machine. Every change counts at once; there is nothing to confirm."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QLineEdit, QPushButton, QSpinBox, QWidget

from facelabel.settings import Settings
from facelabel.ui.card import align_labels, dim


class SettingsDialog(QDialog):
    changed = Signal(object)
    """A whole new Settings."""
    keys_wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        """``settings`` are the person's own, which the window keeps up to date: this changes nothing of them."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        self.author = QLineEdit(settings.author)
        # Not the dialog itself: a width of its own takes the place of what its texts need.
        self.author.setMinimumWidth(300)
        self.author.setToolTip(self.tr("Stands with every label that you make."))
        self.theme = QComboBox()
        for key, text in (
            ("system", self.tr("As the desktop")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme.addItem(text, key)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.marker = QSpinBox()
        self.marker.setRange(2, 16)
        self.marker.setSuffix(" px")
        self.marker.lineEdit().setTextMargins(5, 0, 0, 0)
        self.marker.setValue(settings.marker_size)
        self.edges = QCheckBox(self.tr("Draw lines between landmarks"))
        self.edges.setChecked(settings.show_edges)
        self.names = QCheckBox(self.tr("Write the names of landmarks"))
        self.names.setChecked(settings.show_names)
        self.upright = QCheckBox(self.tr("Turn faces upright"))
        self.upright.setChecked(settings.upright)
        self.magnifier = QCheckBox(self.tr("Magnify what lies under a point while it moves"))
        self.magnifier.setChecked(settings.magnifier)
        form = QFormLayout(self)
        form.setContentsMargins(20, 18, 20, 16)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("&Your name"), self.author)
        form.addRow(self.tr("&Theme"), self.theme)
        form.addRow(self.tr("&Size of markers"), self.marker)
        for box in (self.edges, self.names, self.upright, self.magnifier):
            form.addRow("", box)
        form.addRow(dim(self.tr("Your name stands with every label that you make. Changes count at once.")))
        self.keys = QPushButton(self.tr("&Keys…"))
        self.keys.setAutoDefault(False)
        self.keys.clicked.connect(self.keys_wanted)
        form.addRow("", self.keys)
        align_labels(form)
        self.author.textChanged.connect(self._collect)
        self.theme.currentIndexChanged.connect(self._collect)
        self.marker.valueChanged.connect(self._collect)
        for box in (self.edges, self.names, self.upright, self.magnifier):
            box.toggled.connect(self._collect)

    def _collect(self) -> None:
        author = self.author.text().strip()
        # From the settings as they are: keys, say, are set while this is open.
        chosen = self._settings.model_copy(
            update={
                "author": author or self._settings.author,
                "theme": self.theme.currentData(),
                "marker_size": self.marker.value(),
                "show_edges": self.edges.isChecked(),
                "show_names": self.names.isChecked(),
                "upright": self.upright.isChecked(),
                "magnifier": self.magnifier.isChecked(),
            }
        )
        self.changed.emit(chosen)
