"""The pages of the new-project wizard. Each says in words what it still wants."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWizardPage,
)

from facelabel import schemes
from facelabel.campaign.settings import CampaignSettings, presets
from facelabel.errors import FacelabelError
from facelabel.formats.pts import Origin
from facelabel.schemes import Scheme
from facelabel.ui.campaign.checks import problems
from facelabel.ui.campaign.settings_form import SettingsForm
from facelabel.ui.card import align_labels, dim, set_role
from facelabel.ui.dialogs.new_project_plan import FacesBy, NewProject, folder_beside
from facelabel.ui.dialogs.path_field import PathField
from facelabel.ui.dialogs.scheme_preview import SchemePreview
from facelabel.ui.i18n.said import said


class _Page(QWizardPage):
    """A page with a line for what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.said = dim(role="error")

    def check(self) -> str | None:
        """What is missing or wrong."""
        return None

    def isComplete(self) -> bool:
        said = self.check()
        self.said.setText(said or "")
        set_role(self.said, "error" if self.begun() else "dim")
        return said is None

    def begun(self) -> bool:
        """Whether anything is filled in: before, what is missing is no mistake."""
        return True


class PhotosPage(_Page):
    def __init__(self, photos: Path | None = None) -> None:
        super().__init__()
        self.setTitle(self.tr("Photos"))
        self.setSubTitle(self.tr("Photos stay where they are, unless you ask for copies. Subfolders count."))
        self.photos = PathField(self.tr("Folder of photos"), "folder")
        self.folder = PathField(self.tr("Project folder"), "new-folder")
        self.copy = QCheckBox(self.tr("Copy the photos into the project"))
        form = QFormLayout(self)
        form.addRow(self.tr("Folder of &photos"), self.photos)
        form.addRow(self.tr("Project &folder"), self.folder)
        form.addRow("", self.copy)
        form.addRow("", self.said)
        align_labels(form)
        self._suggested: Path | None = None
        self.photos.changed.connect(self._suggest)
        self.photos.changed.connect(self.completeChanged)
        self.folder.changed.connect(self.completeChanged)
        self.photos.set_path(photos)

    def check(self) -> str | None:
        return NewProject(self.photos.path(), self.folder.path()).photos_problem()

    def begun(self) -> bool:
        return self.photos.path() is not None

    def _suggest(self) -> None:
        """Name the project after the photos, as long as nobody named it otherwise."""
        photos = self.photos.path()
        if photos is not None and photos.is_dir() and self.folder.path() in (None, self._suggested):
            self._suggested = folder_beside(photos)
            self.folder.set_path(self._suggested)


class SchemePage(_Page):
    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Landmark scheme"))
        self.setSubTitle(self.tr("Which points every face gets. It cannot be changed later."))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Landmark schemes"))
        self.list.setSpacing(4)
        for scheme in schemes.shipped().values():
            item = QListWidgetItem(said(scheme.title))
            item.setData(Qt.ItemDataRole.UserRole, scheme.id)
            self.list.addItem(item)
            if scheme.id == "300w-68":
                self.list.setCurrentItem(item)
        own = QListWidgetItem(self.tr("My own scheme file"))
        own.setData(Qt.ItemDataRole.UserRole, "")
        self.list.addItem(own)
        self.file = PathField(self.tr("Scheme file"), "file", filters=self.tr("Schemes (*.toml)"))
        self.file.hide()
        self.preview = SchemePreview()
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.file)
        left.addWidget(self.said)
        row = QHBoxLayout(self)
        row.addLayout(left, 3)
        row.addWidget(self.preview, 2)
        self.list.currentItemChanged.connect(self._changed)
        self.file.changed.connect(self._changed)
        self._changed()

    def choice(self) -> str:
        """The id of a shipped scheme, or the path of a file."""
        item = self.list.currentItem()
        chosen: str = item.data(Qt.ItemDataRole.UserRole) if item is not None else ""
        return chosen or str(self.file.path() or "")

    def check(self) -> str | None:
        if not self.choice():
            return self.tr("Name the file of the scheme.")
        return NewProject(None, None, scheme=self.choice()).scheme_problem()

    def _changed(self) -> None:
        item = self.list.currentItem()
        self.file.setVisible(item is not None and not item.data(Qt.ItemDataRole.UserRole))
        self.preview.show_scheme(self._scheme())
        self.completeChanged.emit()

    def _scheme(self) -> Scheme | None:
        try:
            return schemes.load(self.choice())
        except FacelabelError:
            return None


class FacesPage(_Page):
    def __init__(self, scheme: Callable[[], str]) -> None:
        """``scheme`` tells what is chosen on the page before: not every source fits every scheme."""
        super().__init__()
        self.setTitle(self.tr("Faces"))
        self.setSubTitle(self.tr("Where the faces in the photos come from. Boxes can be drawn and moved later."))
        self._scheme = scheme
        self._group = QButtonGroup(self)
        self._by: dict[FacesBy, QRadioButton] = {}
        column = QVBoxLayout(self)
        self.boxes = PathField(self.tr("Boxes file"), "file", filters=self.tr("Boxes (*.csv *.json)"))
        self.origin = QComboBox()
        self.origin.setAccessibleName(self.tr("What .pts coordinates count from"))
        self.origin.addItem(self.tr("Coordinates count from 1, as 300-W does"), "one-based")
        self.origin.addItem(self.tr("Coordinates count from 0"), "zero-based")
        choices: tuple[tuple[FacesBy, str, str], ...] = (
            (
                "detect",
                self.tr("Find them"),
                self.tr("The detector that comes with facelabel looks through every photo."),
            ),
            ("boxes", self.tr("A boxes file"), self.tr("CSV or JSON with image, left, top, width, height.")),
            (
                "pts",
                self.tr("300-W labels beside the photos"),
                self.tr("name.pts beside name.jpg: counted as human labels."),
            ),
            (
                "wflw",
                self.tr("A WFLW list in the folder"),
                self.tr("98 landmarks and face attributes: counted as human labels."),
            ),
            ("none", self.tr("None yet"), self.tr("Draw the boxes by hand in the window.")),
        )
        for key, title, text in choices:
            button = QRadioButton(title)
            self._group.addButton(button)
            self._by[key] = button
            column.addWidget(button)
            note = dim(text)
            note.setContentsMargins(26, 0, 0, 0)
            column.addWidget(note)
            extra = {"boxes": self.boxes, "pts": self.origin}.get(key)
            if extra is not None:
                column.addWidget(extra)
                extra.hide()
                button.toggled.connect(extra.setVisible)
            button.toggled.connect(self.completeChanged)
            column.addSpacing(4)
        column.addStretch(1)
        column.addWidget(self.said)
        self.boxes.changed.connect(self.completeChanged)
        self._by["detect"].setChecked(True)

    def initializePage(self) -> None:
        """The scheme may have changed since: what was right may be wrong now."""
        self.completeChanged.emit()

    def choose(self, faces_by: FacesBy) -> None:
        self._by[faces_by].setChecked(True)

    def choice(self) -> tuple[FacesBy, Path | None, Origin]:
        faces_by: FacesBy = next((key for key, button in self._by.items() if button.isChecked()), "detect")
        return faces_by, self.boxes.path(), self.origin.currentData()

    def check(self) -> str | None:
        faces_by, boxes, origin = self.choice()
        plan = NewProject(None, None, self._scheme(), faces_by=faces_by, boxes=boxes, origin=origin)
        return plan.faces_problem()


class CampaignPage(_Page):
    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Campaign"))
        self.setSubTitle(self.tr("Good values stand here already; all of them can be changed between rounds."))
        self.form = SettingsForm([(preset.id, preset.title) for preset in presets()])
        self.form.title.hide()
        self.form.edited.connect(self.completeChanged)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("Campaign settings"))
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        column = QVBoxLayout(self)
        column.addWidget(scroll)

    def settings(self) -> CampaignSettings:
        """The values of the form; the defaults while they are not valid."""
        values = self.form.values()
        return CampaignSettings() if problems(values) else CampaignSettings.model_validate(values)

    def check(self) -> str | None:
        return self.tr("Put the marked values right.") if problems(self.form.values()) else None
