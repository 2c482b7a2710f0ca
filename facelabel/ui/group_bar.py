"""The strip above the canvas during a group pass: which group, how far it has come, and the way out."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from facelabel.desk.actions import BY_ID
from facelabel.ui.elided_label import ElidedLabel
from facelabel.ui.group_pass import GroupPass
from facelabel.ui.key_map import KeyMap


class GroupBar(QFrame):
    left = Signal()
    """The person did something here; the keyboard belongs to the canvas again."""

    def __init__(self, run: GroupPass, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self.setProperty("role", "strip")
        self.setAccessibleName(self.tr("Group pass"))
        self.groups = QComboBox()
        self.groups.setAccessibleName(self.tr("Landmark group of the pass"))
        for name in run.scheme.groups:
            self.groups.addItem(run.caption(name), name)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(8)
        self.bar.setAccessibleName(self.tr("Faces on which the group is confirmed"))
        self.count = QLabel()
        note = self._note = ElidedLabel(Qt.TextElideMode.ElideRight)
        note.setProperty("role", "dim")
        self.show_keys(KeyMap())
        self.leave = QPushButton(self.tr("Whole faces"))
        self.leave.setProperty("role", "quiet")
        self.leave.setToolTip(self.tr("End the group pass; what is confirmed stays so"))
        caption = QLabel(self.tr("Group pass"))
        caption.setBuddy(self.groups)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(10)
        for widget, stretch in ((caption, 0), (self.groups, 0), (self.bar, 1), (self.count, 0), (note, 2)):
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.leave)
        self.groups.activated.connect(self._choose)
        self.leave.clicked.connect(self._leave)
        run.changed.connect(self._show)
        self._show()

    def show_keys(self, keys: KeyMap) -> None:
        """Those that the person has set."""
        key = keys.first(BY_ID["accept"])
        self._note.setText(self.tr("{} lets the group stand and goes on.").format(key) if key else "")

    def _choose(self, place: int) -> None:
        self._run.start(self.groups.itemData(place))
        self.left.emit()

    def _leave(self) -> None:
        self._run.stop()
        self.left.emit()

    def _show(self) -> None:
        group = self._run.group
        self.setVisible(group is not None)
        if group is None:
            return
        with QSignalBlocker(self.groups):
            self.groups.setCurrentIndex(self.groups.findData(group))
        done, size = self._run.progress(group)
        self.bar.setMaximum(max(1, size))
        self.bar.setValue(done)
        self.count.setText(self.tr("{} of {} face(s)", "", size).format(done, size))
