"""The Data screen: every face, the photos without one, and the photos with a problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from facelabel.desk.desk import FacePicture
from facelabel.exchange import mending
from facelabel.exchange.mending import Mended
from facelabel.geometry import Box
from facelabel.store import faces, images, listing
from facelabel.store.listing import FaceRow, Ids, ImageRow, Problem, Wanted
from facelabel.store.project import Project
from facelabel.ui.background import Background
from facelabel.ui.data.draw_box import DrawBoxDialog
from facelabel.ui.data.faces_page import FacesPage
from facelabel.ui.data.images_page import ImagesPage
from facelabel.ui.data.paged_model import PagedModel
from facelabel.ui.data.problems_page import ProblemsPage
from facelabel.ui.dialogs.task_dialog import TaskDialog
from facelabel.ui.image_loader import ImageLoader
from facelabel.ui.page_tabs import PageTabs

FACES, IMAGES, PROBLEMS = range(3)
Before = tuple[str, str | None]
"""State and reason of a face."""


@dataclass(frozen=True)
class _Read:
    ids: Ids
    authors: list[str]
    images: Ids
    problems: list[Problem]


class DataScreen(QWidget):
    """Reads in the background; a hidden screen reads nothing until it is shown."""

    problem = Signal(object)
    face_wanted = Signal(int)
    """This face is wanted on the desk."""
    import_wanted = Signal()
    export_wanted = Signal()
    detect_wanted = Signal()
    changed = Signal()
    """Faces or images of the project have changed."""
    told = Signal(str, object)
    """What was done, and what takes it back (None where nothing does)."""

    def __init__(
        self, project: Project, background: Background, loader: ImageLoader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Data"))
        self._project = project
        self._background = background
        self._ticket = 0
        self._reading = False
        self.loader = loader
        self.faces = FacesPage(read_only=project.read_only)
        self.images = ImagesPage(read_only=project.read_only)
        self.problems = ProblemsPage(read_only=project.read_only)
        self._lay_out()
        self._connect()

    @property
    def reading(self) -> bool:
        """Whether something of what is shown is still being read."""
        page = self.pages.shown
        models: dict[int, PagedModel[Any]] = {FACES: self.faces.model, IMAGES: self.images.model}
        return self._reading or (page in models and not models[page].complete)

    def refresh(self) -> None:
        """Read the lists anew; the newest question wins."""
        if not self.isVisible():
            return
        self._ticket += 1
        self._reading = True
        ticket, wanted, (order, falls) = self._ticket, self.faces.filters.wanted(), self.faces.order
        settled = self.images.settled.isChecked()

        def work() -> _Read:
            with self._project.reading() as s:
                ids = listing.face_ids(s, wanted, order, descending=falls)  # type: ignore[arg-type]
                empty = listing.image_ids_without_faces(s, settled=settled)
                return _Read(ids, listing.authors(s), empty, listing.problems(s))

        def done(read: _Read) -> None:
            if ticket == self._ticket:
                self._reading = False
                self._show(read, wanted)

        self._background.run(work, done, self._failed)

    def show_page(self, page: int) -> None:
        """FACES, IMAGES or PROBLEMS."""
        self.pages.turn_to(page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.refresh)

    # Building

    def _lay_out(self) -> None:
        self.import_button = QPushButton(self.tr("Import photos…"))
        self.detect_button = QPushButton(self.tr("Find faces in new photos"))
        self.export_button = QPushButton(self.tr("Export labels…"))
        for action in (self.import_button, self.detect_button):
            action.setEnabled(not self._project.read_only)
        self.pages = PageTabs(
            self.tr("Data: {}"),
            (self.faces, self.images, self.problems),
            (self.import_button, self.detect_button, self.export_button),
        )
        self._name_pages(None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def _name_pages(self, read: _Read | None) -> None:
        empty = "" if read is None or not len(read.images) else f" ({len(read.images):,})"
        wrong = "" if read is None or not read.problems else f" ({len(read.problems):,})"
        self.pages.name((self.tr("Faces"), self.tr("Photos without a face") + empty, self.tr("Problems") + wrong))

    def _connect(self) -> None:
        self.import_button.clicked.connect(self.import_wanted)
        self.detect_button.clicked.connect(self.detect_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self.faces.wanted_changed.connect(self.refresh)
        self.faces.opened.connect(self.face_wanted)
        self.faces.change_wanted.connect(self._change)
        self.images.wanted_changed.connect(self.refresh)
        self.images.draw_wanted.connect(self._draw)
        self.images.detect_wanted.connect(self._detect)
        self.images.settle_wanted.connect(self._settle)
        self.problems.retry_wanted.connect(self._retry)
        self.problems.forget_wanted.connect(self._forget)
        self.problems.relink_wanted.connect(self._ask_folder)
        self.problems.check_wanted.connect(self._check)
        every, empty = self.faces.model, self.images.model
        every.page_wanted.connect(partial(self._read_page, every, listing.face_rows, self._photo_of_face))
        empty.page_wanted.connect(partial(self._read_page, empty, listing.image_rows, self._photo_of_image))
        every.find_picture = empty.find_picture = self.loader.thumbnail
        for view in (self.faces.table, self.faces.grid, self.images.table):
            self.loader.thumbnails_ready.connect(view.viewport().update)

    # Showing

    def _show(self, read: _Read, wanted: Wanted) -> None:
        empty = self.tr("No face is like that.") if wanted != Wanted() else self.tr("There are no faces yet.")
        self.loader.try_again()
        self.faces.filters.show_authors(read.authors)
        self.faces.show_ids(read.ids, empty)
        self.images.show_ids(read.images)
        self.problems.show_problems(read.problems)
        self._name_pages(read)

    def _read_page(
        self,
        model: PagedModel[Any],
        query: Callable[..., list[Any]],
        photo_of: Callable[[Any], FacePicture],
        number: int,
        ids: Ids,
    ) -> None:
        edition = model.edition

        def work() -> tuple[list[Any], list[FacePicture]]:
            with self._project.reading() as s:
                rows = query(s, ids.tolist())
            return rows, [photo_of(row) for row in rows]

        def failed(error: Exception) -> None:
            model.page_failed(edition)
            self._failed(error)

        def done(read: tuple[list[Any], list[FacePicture]]) -> None:
            rows, photos = read
            model.take_page(number, rows, [row.id for row in rows], photos, edition)

        self._background.run(work, done, failed)

    def _photo_of_face(self, row: FaceRow) -> FacePicture:
        return FacePicture(self._project.path_of(row), row.sha256, row.size, row.box)

    def _photo_of_image(self, row: ImageRow) -> FacePicture:
        """The middle of the photo: thumbnails show a box with half as much room again."""
        width, height = row.size
        side = min(width, height) / 1.5
        box = Box((width - side) / 2, (height - side) / 2, side, side)
        return FacePicture(self._project.path_of(row), row.sha256, row.size, box)

    def _failed(self, error: Exception) -> None:
        self._reading = False
        self.problem.emit(error)

    # Doing

    def _run(self, work: Callable[[], Any], done: Callable[[Any], Any] = lambda _: None) -> None:
        def finished(result: Any) -> None:
            done(result)
            self.refresh()
            self.changed.emit()

        self._background.run(work, finished, self._failed)

    def _change(self, ids: list[int], state: str, reason: str | None) -> None:
        def work() -> dict[int, Before]:
            with self._project.writing() as s:
                return faces.set_states(s, ids, state, reason)

        def tell(before: dict[int, Before]) -> None:
            count = len(before)
            said = {
                "skipped": self.tr("{:,} face(s) skipped.", "", count),
                "rejected": self.tr("{:,} face(s) rejected.", "", count),
                "open": self.tr("{:,} face(s) open again.", "", count),
            }[state]
            self.told.emit(said.format(count), partial(self._take_back, before) if before else None)

        self._run(work, tell)

    def _take_back(self, before: dict[int, Before]) -> None:
        def work() -> None:
            with self._project.writing() as s:
                for was in set(before.values()):
                    faces.set_states(s, [face_id for face_id, one in before.items() if one == was], *was)

        self._run(work)

    def _draw(self, row: ImageRow) -> None:
        dialog = DrawBoxDialog(self._project.path_of(row), row.size, self._background, self)
        dialog.drawn.connect(lambda boxes: self._add(row.id, boxes))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _add(self, image_id: int, boxes: Sequence[Box]) -> None:
        def work() -> int:
            with self._project.writing() as s:
                return min(faces.add(s, image_id, box, source="human").id for box in boxes)

        self._run(work, self.face_wanted.emit)

    def _detect(self, ids: list[int]) -> None:
        def work() -> None:
            with self._project.writing() as s:
                images.search_again(s, ids)

        self._run(work, lambda _: self.detect_wanted.emit())

    def _settle(self, ids: list[int], nobody: bool) -> None:
        def work() -> None:
            with self._project.writing() as s:
                images.search_again(s, ids, listing.NOBODY if nobody else None)

        self._run(work)

    def _retry(self, problems: list[Problem]) -> None:
        known = [one.image_id for one in problems if one.image_id is not None]
        refused = [one.path for one in problems if one.image_id is None]
        self._task(
            self.tr("Trying the photos again"),
            lambda report, cancelled: mending.retry(
                self._project, known, refused, progress=report, cancelled=cancelled
            ),
        )

    def _forget(self, problems: list[Problem]) -> None:
        self._run(lambda: mending.forget_refusals(self._project, [one.path for one in problems]))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Where are the photos now?"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.relink(Path(folder)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def relink(self, folder: Path) -> None:
        """Look under a folder for the photos that are gone."""
        self._task(
            self.tr("Looking for moved photos"),
            lambda report, cancelled: mending.relink(self._project, folder, progress=report, cancelled=cancelled),
        )

    def _check(self) -> None:
        self._task(
            self.tr("Looking for every photo"),
            lambda report, cancelled: mending.check_files(self._project, progress=report, cancelled=cancelled),
        )

    def _task(self, title: str, work: Callable[[Any, Any], Mended]) -> None:
        def done(mended: Mended) -> None:
            seen = mended.looked_at
            text = self.tr("{:,} photo(s) looked at: {:,} can be used again, {:,} cannot be used.", "", seen)
            self.told.emit(text.format(seen, mended.mended, mended.left), None)
            self.refresh()
            self.changed.emit()

        TaskDialog(title, work, done, self).start()
