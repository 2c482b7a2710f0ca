"""What the new-project wizard asks for, and the making of it: all or nothing. Knows no Qt."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from facelabel import schemes
from facelabel.campaign.loop import Campaign
from facelabel.campaign.settings import CampaignSettings
from facelabel.errors import CancelledError, FacelabelError
from facelabel.exchange.importing import ImportReport, import_folder
from facelabel.formats.pts import Origin
from facelabel.store.project import Project
from facelabel.ui.i18n.said import said
from facelabel.ui.words import tr

FacesBy = Literal["detect", "boxes", "pts", "wflw", "none"]


@dataclass(frozen=True)
class Created:
    """A project that is open; ``detect`` tells whether its photos wait for the detector."""

    project: Project
    report: ImportReport
    detect: bool


@dataclass(frozen=True)
class NewProject:
    """``scheme`` is the id of a shipped scheme or the path of an own file."""

    photos: Path | None
    folder: Path | None
    scheme: str = "300w-68"
    copy_photos: bool = False
    faces_by: FacesBy = "detect"
    boxes: Path | None = None
    origin: Origin = "one-based"
    settings: CampaignSettings = field(default_factory=CampaignSettings)

    def problem(self) -> str | None:
        """The first thing that is missing or wrong, as far as can be told without reading photos."""
        for check in (self.photos_problem, self.scheme_problem, self.faces_problem):
            if (said := check()) is not None:
                return said
        return None

    def photos_problem(self) -> str | None:
        if self.photos is None or not self.photos.is_dir():
            return tr("Name the folder that holds the photos.")
        if self.folder is None:
            return tr("Name a folder for the project.")
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            return tr("{} is not empty: name a new folder.").format(self.folder)
        return None

    def scheme_problem(self) -> str | None:
        try:
            schemes.load(self.scheme)
        except FacelabelError as error:
            return said(str(error))
        return None

    def faces_problem(self) -> str | None:
        if self.faces_by == "boxes" and (self.boxes is None or not self.boxes.is_file()):
            return tr("Name the file that holds the boxes.")
        if self.faces_by == "wflw" and self.scheme_problem() is None and schemes.load(self.scheme).size != 98:
            return tr("A WFLW list has 98 landmarks: choose the scheme wflw-98, or find the faces another way.")
        return None

    def create(self, author: str, report: Callable[[str, int, int], None], cancelled: Callable[[], bool]) -> Created:
        """Make the project and import the photos. Raises FacelabelError or CancelledError; then nothing is left."""
        if (said := self.problem()) is not None:
            raise FacelabelError(said)
        assert self.photos is not None
        assert self.folder is not None
        existed = self.folder.is_dir()
        project = Project.create(self.folder, scheme=schemes.load(self.scheme), copy_photos=self.copy_photos)
        try:
            Campaign(project).change(self.settings, author)
            done = import_folder(
                project,
                self.photos,
                labels=self.faces_by if self.faces_by in ("pts", "wflw") else "none",
                boxes=self.boxes if self.faces_by == "boxes" else None,
                origin=self.origin,
                author=author,
                progress=report,
                cancelled=cancelled,
            )
            if done.cancelled:
                raise CancelledError("the new project was not made")
        except BaseException:
            project.close()
            _remove(self.folder, keep=existed)
            raise
        return Created(project, done, self.faces_by == "detect")


def _remove(folder: Path, *, keep: bool) -> None:
    """Take back a project folder that was absent, or empty (``keep``), before."""
    shutil.rmtree(folder, ignore_errors=True)
    if keep:
        folder.mkdir(exist_ok=True)


def folder_beside(photos: Path) -> Path:
    """A free name for the project of a folder of photos."""
    base = photos.with_name(f"{photos.name}-labels")
    taken = base
    number = 2
    while taken.exists():
        taken = base.with_name(f"{base.name}-{number}")
        number += 1
    return taken
