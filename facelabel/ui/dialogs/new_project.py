"""The wizard that makes a project: photos, scheme, faces, campaign."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget, QWizard

from facelabel.ui.card import set_role
from facelabel.ui.dialogs.new_project_pages import CampaignPage, FacesPage, PhotosPage, SchemePage
from facelabel.ui.dialogs.new_project_plan import Created, NewProject
from facelabel.ui.dialogs.task_dialog import TaskDialog


class NewProjectWizard(QWizard):
    """``created`` hands over the open project; after a failure the wizard is still there, as it was filled in."""

    created = Signal(object)

    def __init__(self, author: str, photos: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._author = author
        self.setWindowTitle(self.tr("New project"))
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        self.setButtonText(QWizard.WizardButton.FinishButton, self.tr("Create the project"))
        self.setMinimumSize(760, 600)
        for kind in (QWizard.WizardButton.NextButton, QWizard.WizardButton.FinishButton):
            set_role(self.button(kind), "primary")
        self.photos = PhotosPage(photos)
        self.scheme = SchemePage()
        self.faces = FacesPage(self.scheme.choice)
        self.campaign = CampaignPage()
        for page in (self.photos, self.scheme, self.faces, self.campaign):
            self.addPage(page)

    def plan(self) -> NewProject:
        """What is filled in so far."""
        faces_by, boxes, origin = self.faces.choice()
        return NewProject(
            photos=self.photos.photos.path(),
            folder=self.photos.folder.path(),
            scheme=self.scheme.choice(),
            copy_photos=self.photos.copy.isChecked(),
            faces_by=faces_by,
            boxes=boxes,
            origin=origin,
            settings=self.campaign.settings(),
        )

    def accept(self) -> None:
        plan = self.plan()
        TaskDialog(
            self.tr("Making the project"),
            lambda report, cancelled: plan.create(self._author, report, cancelled),
            self._made,
            self,
        ).start()

    def _made(self, created: Created) -> None:
        super().accept()
        self.created.emit(created)
