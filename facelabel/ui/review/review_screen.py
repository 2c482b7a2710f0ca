"""The Review screen: labels by suspicion on the left, the face in the middle, what speaks against it on the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from facelabel.desk.actions import BY_ID
from facelabel.desk.activity import ActivityClock
from facelabel.desk.review import ReviewDesk, ReviewedFace, Verdict
from facelabel.desk.review_list import ReviewList
from facelabel.quality.findings import Finding
from facelabel.store.project import Project
from facelabel.ui.background import Cancelled, Report, Task
from facelabel.ui.canvas.picture import Picture
from facelabel.ui.desk_actions import DeskActions, Handler
from facelabel.ui.held_key import HeldKey
from facelabel.ui.i18n.said import said
from facelabel.ui.image_loader import ImageLoader, covered
from facelabel.ui.key_map import KeyMap
from facelabel.ui.keys_overlay import KeysOverlay
from facelabel.ui.review.decision_bar import DecisionBar
from facelabel.ui.review.details import Details
from facelabel.ui.review.list_panel import ListPanel
from facelabel.ui.review.stage import Stage
from facelabel.ui.store_thread import StoreThread


class ReviewScreen(QWidget):
    """Looks at the labels in the background whenever it is shown; ``shutdown`` waits until verdicts are durable."""

    problem = Signal(object)
    changed = Signal()
    """A verdict or another label is in the project: queues and the campaign may differ."""
    desk_wanted = Signal(int)
    """A face is to be put right on the Label screen."""

    def __init__(self, project: Project, author: str, loader: ImageLoader, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Review"))
        self.desk = ReviewDesk(project, author)
        self.store = StoreThread(self)
        self.loader = loader
        self.face: ReviewedFace | None = None
        self._wanted: int | None = None
        self._look: Task | None = None
        self._stale = True
        self._open = True
        self._verdicts: list[int] = []
        self._clock = ActivityClock()
        self.panel = ListPanel()
        self.stage = Stage(project.scheme)
        self.details = Details(project.scheme, read_only=project.read_only)
        self.bar = DecisionBar(read_only=project.read_only)
        self._lay_out()
        self.overlay = KeysOverlay(self, "review")
        self._connect()
        self._actions = self._make_actions()
        self._hide = HeldKey((*self._lists(), self), self)
        self._hide.held.connect(self.stage.hide_points)
        self.set_keys(KeyMap())
        self._clear()

    # For the window

    def set_keys(self, keys: KeyMap) -> None:
        """Those that a person has set."""
        self._keys = keys
        self._actions.set_keys(keys)
        self._hide.set_keys(keys.of(BY_ID["review-hide"]))
        self.bar.show_keys(keys)
        self.overlay.show_keys(keys)

    def refresh(self) -> None:
        """Look at what has changed, now or once the screen is shown."""
        self._stale = True
        if self.isVisible() and self._open and self._look is None:
            self._stale = False
            self._look = Task(self._work, self)
            self._look.progress.connect(lambda _, done, total: self.panel.show_progress(done, total))
            self._look.succeeded.connect(self.panel.show_labels)
            self._look.failed.connect(self.problem)
            self._look.finished.connect(self._looked)
            self._look.start()
            if self.face is None:
                self._clear()

    @property
    def looking(self) -> bool:
        """Whether labels are being looked at, or a face or a verdict is on its way."""
        waits = self.face is None or self.face.face_id != self._wanted
        return self._look is not None or (self._wanted is not None and waits) or self.store.state == "saving"

    def open(self, face_id: int) -> None:
        """Show a face; it need not pass the filters."""
        self._wanted = face_id
        self.store.read(partial(self.desk.open, face_id), self._show, self._could_not_open)

    def shutdown(self) -> None:
        """Block until every verdict is durable, or has failed once more, then end the threads."""
        if self._open:
            self._open = False
            if self._look is not None:
                self._look.cancel()
                self._look.wait()
            self.store.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock = ActivityClock()
        QTimer.singleShot(0, self, lambda: self.refresh() if self._stale else None)
        self.panel.setFocus()

    def _work(self, report: Report, cancelled: Cancelled) -> ReviewList:
        return ReviewList(self.desk.rows(lambda done, total: report("", done, total), cancelled))

    def _looked(self) -> None:
        if self._look is not None:
            self._look.wait()
            self._look.deleteLater()
        self._look = None
        self.panel.show_progress(0, 0)
        if self._stale:
            self.refresh()
        elif self.face is None and self._wanted is None:
            self._clear()

    # The face

    def _keep_or_open(self) -> None:
        """After the list was filled: the open face stays, with its newest label, or the first one is opened."""
        if self.face is not None and self.face.face_id in self.panel.order:
            self.open(self.face.face_id)
        elif len(self.panel.order):
            self.open(int(self.panel.order[0]))
        else:
            self._clear()

    def _show(self, face: ReviewedFace) -> None:
        if face.face_id != self._wanted:
            return
        before, self.face = self.face, face
        if before is None or before.face_id != face.face_id:
            self._clock = ActivityClock()
        elif self.bar.asking:
            return
        row = self.panel.labels.rows.get(face.face_id)
        self.stage.show_face(face)
        self.details.show_face(face, row.findings if row else ())
        self.bar.show_face(face)
        self.panel.show_current(face.face_id)
        self._find_picture(face)

    def _find_picture(self, face: ReviewedFace) -> None:
        path, thumbnail = face.picture.path, self.loader.thumbnail(face.picture)
        if thumbnail is not None:
            self.stage.show_stand_in(thumbnail.toImage(), covered(face.picture.box))
        if (picture := self.loader.picture(path)) is not None:
            self.stage.show_picture(picture)
        else:
            self.stage.show_picture(None, "" if thumbnail is not None else self.tr("Reading the photo…"))
        ahead = (self.panel.beside(face.face_id, by) for by in (1, 2))
        self.loader.want(self, face.picture, (self.panel.labels.rows[one].picture for one in ahead if one is not None))

    def _clear(self) -> None:
        self.face = self._wanted = None
        nothing = self.tr("Labels are listed here once there are some, those that look wrong first.")
        if self._look is not None:
            nothing = self.tr("The labels are being looked at…")
        self.stage.clear(self.tr("No label passes these filters.") if len(self.panel.labels) else nothing)
        self.details.show_face(None, ())
        self.bar.show_face(None)

    def _could_not_open(self, error: Exception) -> None:
        self._wanted = None if self.face is None else self.face.face_id
        self.bar.say(said(str(error)), "error")

    def _show_picture(self, path: Path, picture: Picture | None, why: str = "") -> None:
        if self.face is not None and self.face.picture.path == path:
            self.stage.show_picture(picture, why)

    def _sharpen(self, area: QRectF) -> None:
        if self.face is not None:
            self.loader.sharpen(self, self.face.picture.path, area)

    def _step(self, by: int) -> None:
        following = self.panel.beside(self._wanted, by)
        if following is not None:
            self.open(following)

    def _choose_finding(self, finding: Finding) -> None:
        self._touch()
        self.stage.show_finding(finding)

    # Verdicts

    def _accept(self) -> None:
        if self.face is not None and self.bar.accept.isEnabled() and not self.bar.asking:
            seconds = self._clock.seconds
            self._decide("accepted", partial(self.desk.accept, self.face.face_id, seconds))

    def _send_back(self, note: str) -> None:
        if self.face is not None:
            seconds = self._clock.seconds
            self._decide("sent back", partial(self.desk.send_back, self.face.face_id, note, seconds))

    def _decide(self, verdict: Verdict, write: Callable[[], None]) -> None:
        assert self.face is not None
        face_id = self.face.face_id
        self._verdicts.append(face_id)
        self.panel.note(face_id, verdict=verdict)
        self._clock = ActivityClock()
        self.store.write(write, self._written)
        text = self.tr("Face {} is accepted.") if verdict == "accepted" else self.tr("Face {} is sent back.")
        key = self._keys.first(BY_ID["review-undo"])
        self.bar.say(text.format(face_id) + (" " + self.tr("{} takes it back.").format(key) if key else ""), "ok")
        following = self.panel.next_waiting(face_id)
        self.open(face_id if following is None else following)
        self.panel.setFocus()

    def _take_back(self) -> None:
        if not self._verdicts:
            self.bar.say(self.tr("There is no verdict to take back."))
            return
        face_id = self._verdicts.pop()
        self.panel.note(face_id, verdict="to review")
        self.store.write(partial(self.desk.take_back, face_id), self._written)
        self.bar.say(self.tr("The verdict on face {} is taken back.").format(face_id))
        self.open(face_id)

    def _set_gold(self, gold: bool) -> None:
        if self.face is not None:
            face_id = self.face.face_id
            self.panel.note(face_id, gold=gold)
            self.store.write(partial(self.desk.set_gold, face_id, gold), self._written)
            told = self.tr("Face {} is gold.") if gold else self.tr("Face {} is no gold face any more.")
            self.bar.say(told.format(face_id))

    def _restore(self, number: int) -> None:
        if self.face is not None:
            self._relabel(partial(self.desk.restore, self.face.face_id, number))
            self.bar.say(self.tr("Revision {} is the label again, as a new revision.").format(number), "ok")

    def _choose_second(self, second_id: int) -> None:
        if self.face is not None:
            self._relabel(partial(self.desk.choose_second, second_id))
            self.bar.say(self.tr("The second label counts now; the first stays in the history."), "ok")

    def _relabel(self, write: Callable[[], None]) -> None:
        assert self.face is not None
        face_id = self.face.face_id
        self.panel.note(face_id, verdict="to review")
        self.store.write(write, self._written)
        self.open(face_id)
        self.store.read(lambda: None, lambda _: self.refresh(), self.problem.emit)

    def _written(self, _: object) -> None:
        self.changed.emit()

    def _show_saved(self) -> None:
        error = self.store.error
        self.bar.retry.setVisible(error is not None)
        if error is not None:
            self.bar.say(self.tr("Not saved: {}").format(said(str(error))), "error")

    # Building

    def _lay_out(self) -> None:
        centre = QWidget()
        middle = QVBoxLayout(centre)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.stage, 1)
        middle.addWidget(self.bar)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for part, stretch in ((self.panel, 0), (centre, 1), (self.details, 0)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, stretch)
        self.panel.setMinimumWidth(200)
        self.details.setMinimumWidth(240)
        split.setSizes([270, 760, 330])
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(split)
        self.setFocusProxy(self.panel)

    def _connect(self) -> None:
        panel, details, bar, loader = self.panel, self.details, self.bar, self.loader
        panel.refilled.connect(self._keep_or_open)
        panel.chosen.connect(lambda face_id: self.open(face_id) if face_id != self._wanted else None)
        panel.stop_wanted.connect(lambda: self._look.cancel() if self._look else None)
        panel.list.faces.find_picture = loader.thumbnail
        loader.thumbnails_ready.connect(panel.list.viewport().update)
        loader.loaded.connect(self._show_picture)
        loader.failed.connect(lambda path, why: self._show_picture(path, None, said(why)))
        self.stage.touched.connect(self._touch)
        for view in (self.stage.view, self.stage.beside):
            view.detail_wanted.connect(self._sharpen)
        details.finding_chosen.connect(self._choose_finding)
        details.entry_chosen.connect(self.stage.show_older)
        details.second_shown.connect(self.stage.show_second)
        details.restore_wanted.connect(self._restore)
        details.second_wanted.connect(self._choose_second)
        bar.accepted.connect(self._accept)
        bar.sent_back.connect(self._send_back)
        bar.gold_changed.connect(self._set_gold)
        bar.asking_changed.connect(self._yield_keys)
        bar.retry_wanted.connect(self.store.retry)
        bar.desk_wanted.connect(lambda: self.desk_wanted.emit(self.face.face_id) if self.face else None)
        self.store.state_changed.connect(self._show_saved)

    def _make_actions(self) -> DeskActions:
        handlers: dict[str, Handler] = {
            "review-accept": self._accept,
            "review-send-back": self.bar.ask_note,
            "review-undo": self._take_back,
            "review-gold": self.bar.gold.click,
            "review-next": lambda: self._step(1),
            "review-previous": lambda: self._step(-1),
            "review-label": lambda: self.stage.toggle("label"),
            "review-model": lambda: self.stage.toggle("model"),
            "review-second": lambda: self.stage.toggle("second"),
            "review-beside": self.stage.toggle_beside,
            "review-fit": self.stage.fit,
            "review-open": self.bar.desk.click,
            "review-keys": self.overlay.toggle,
        }
        counted = {id: partial(self._do, handler) for id, handler in handlers.items()}
        return DeskActions("review", self, {"lists": self._lists()}, counted)

    def _lists(self) -> tuple[QWidget, ...]:
        return (self.panel.list, self.details.findings, self.details.history)

    def _yield_keys(self, asking: bool) -> None:
        self._actions.set_enabled(not asking)
        if not asking:
            self.panel.setFocus()

    def _do(self, handler: Handler) -> None:
        self._touch()
        handler()

    def _touch(self) -> None:
        """The reviewer did something."""
        self._clock.touch()
