"""What the Label screen shows of reviews: the note of a face that was sent back, gold feedback, the face's history."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from facelabel.desk.desk import FacePicture, OpenFace
from facelabel.desk.second import GoldFeedback
from facelabel.quality import history
from facelabel.quality.history import Entry
from facelabel.schemes import Scheme
from facelabel.ui.i18n.said import said
from facelabel.ui.image_loader import ImageLoader
from facelabel.ui.review.desk_notice import DeskNotice
from facelabel.ui.review.history_dialog import HistoryDialog
from facelabel.ui.workbench import Workbench


class DeskReview(QObject):
    """Made by the Label screen, which puts ``notice`` above its canvas."""

    def __init__(self, scheme: Scheme, bench: Workbench, loader: ImageLoader, screen: QWidget) -> None:
        super().__init__(screen)
        self._scheme, self._bench, self._loader, self._screen = scheme, bench, loader, screen
        self.notice = DeskNotice(scheme, loader)
        self.dialog: HistoryDialog | None = None
        bench.opened.connect(self._show_note)
        bench.gold_answered.connect(self._find_gold)

    def show_history(self) -> None:
        """Of the open face."""
        face = self._bench.face
        if face is not None:
            self._bench.store.read(partial(self._read, face), partial(self._show_history, face), self._failed)

    def _read(self, face: OpenFace) -> list[Entry]:
        # Whoever labels a face once more must not see what was said of it.
        if face.second is not None:
            return []
        with self._bench.desk.project.reading() as s:
            return history.history(s, face.id)

    def _show_history(self, face: OpenFace, entries: list[Entry]) -> None:
        self.dialog = HistoryDialog(self._scheme, self._loader, face.picture, entries, self._screen)
        self.dialog.restore_wanted.connect(partial(self._restore, face.id))
        self.dialog.open()

    def _restore(self, face_id: int, number: int) -> None:
        bench = self._bench
        bench.store.write(partial(bench.desk.restore, face_id, number), lambda _: self._restored(face_id))

    def _restored(self, face_id: int) -> None:
        bench = self._bench
        bench.queue.set_state(face_id, "labelled")
        if bench.face is not None and bench.face.id == face_id:
            bench.face = None
            bench.open(face_id)
        bench.refresh()
        bench.face_saved.emit(face_id)

    def _show_note(self) -> None:
        face = self._bench.face
        self.notice.show_note("" if face is None else face.note)

    def _find_gold(self, feedback: GoldFeedback) -> None:
        face_id = feedback.pair.face_id

        def show(found: dict[int, FacePicture]) -> None:
            self.notice.show_gold(feedback, found[face_id])

        self._bench.store.read(lambda: self._bench.desk.pictures([face_id]), show, self._failed)

    def _failed(self, error: Exception) -> None:
        self._bench.problem.emit(said(str(error)))
