"""An open project: its screens, its trainer, and the rule of what happens next without anybody asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from facelabel.campaign.loop import Campaign, CampaignStatus, Ingested
from facelabel.campaign.orders import JobKind
from facelabel.campaign.workload import load
from facelabel.errors import FacelabelError, WorkerError
from facelabel.exchange import near_duplicates
from facelabel.jobs.supervisor import Supervisor
from facelabel.settings import Settings
from facelabel.store import work
from facelabel.store.project import Project
from facelabel.ui.background import Background, Task
from facelabel.ui.campaign_screen import CampaignScreen
from facelabel.ui.data.screen import DataScreen
from facelabel.ui.dialogs.work_dialog import batch_line
from facelabel.ui.i18n.said import said
from facelabel.ui.image_loader import ImageLoader
from facelabel.ui.job_thread import MakeSupervisor
from facelabel.ui.key_map import KeyMap
from facelabel.ui.label_screen import LabelScreen
from facelabel.ui.news import Level
from facelabel.ui.review.review_screen import ReviewScreen
from facelabel.ui.trainer import Trainer

_REST = 0.02
"""Seconds between two photos of an old project that are looked at for near-duplicates: nobody waits for it."""
Step = Literal["drawn", "look", "train", "wait"]


@dataclass(frozen=True)
class News:
    """A line for the news bar; ``action`` captions a button that calls ``do``."""

    text: str
    level: Level = "info"
    action: str | None = None
    do: Callable[[], object] | None = None


class Workspace(QObject):
    """Made by the main window once a project is open. ``label`` is None in a project that is open read-only."""

    news = Signal(object)
    problem = Signal(object)
    face_wanted = Signal(int)
    """Somebody chose a face to be opened on the desk."""

    def __init__(
        self,
        project: Project,
        campaign: Campaign,
        settings: Settings,
        *,
        make_supervisor: MakeSupervisor = Supervisor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.project = project
        self.campaign = campaign
        self.background = Background(self)
        self.loader = ImageLoader(project.thumbnails_folder, self)
        self.trainer = Trainer(campaign, make_supervisor=make_supervisor, parent=self)
        self.screen = CampaignScreen(
            campaign, self.trainer, settings, self.background, self.loader, read_only=project.read_only
        )
        self.label = None if project.read_only else LabelScreen(project, campaign, settings, self.loader)
        self.since = datetime.now(UTC)
        self._author, self._batch_since = settings.author, self.since
        self.review = ReviewScreen(project, settings.author, self.loader)
        self.review.set_keys(KeyMap(settings.keys))
        self.data = DataScreen(project, self.background, self.loader)
        self._tried: int | None = None
        self._looked = False
        self._owed = False
        self._similar = Task(lambda _, stop: near_duplicates.look(project, cancelled=stop, pause=_REST), self)
        self._similar.succeeded.connect(lambda changed: self.data.refresh() if changed else None)
        self._similar.failed.connect(self._said)
        self._waiting: list[JobKind] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(150)
        self._soon.timeout.connect(self.screen.refresh)
        self._connect()

    def _connect(self) -> None:
        self.trainer.ended.connect(self._on_ended)
        self.screen.problem.connect(self.problem)
        self.screen.settings_saved.connect(self.advance)
        self.review.problem.connect(self._said)
        self.review.desk_wanted.connect(self._put_right)
        self.review.changed.connect(self._on_labels_changed)
        self.data.problem.connect(self._said)
        self.data.face_wanted.connect(self.face_wanted)
        self.data.detect_wanted.connect(self.detect)
        self.data.changed.connect(self._on_data_changed)
        self.data.told.connect(self._tell_done)
        self.screen.trainer_card.train_wanted.connect(self.train_now)
        self.screen.trainer_card.cancel_wanted.connect(self.trainer.cancel)
        if self.label is not None:
            self.trainer.changed.connect(self._tell_label)
            self.label.batch_completed.connect(self.advance)
            self.label.batch_completed.connect(self._tell_work)
            self.label.label_saved.connect(lambda _: self._soon.start())
            self.label.label_saved.connect(lambda _: self.review.refresh())
            self.label.status_changed.connect(self._soon.start)
            self.label.status_changed.connect(self._advance_at_last)
            self.label.status_changed.connect(self._similar.start, Qt.ConnectionType.SingleShotConnection)
            self.label.problem.connect(lambda text: self.news.emit(News(text, "warn")))
            self.label.dragging.connect(self.trainer.hold)

    @property
    def busy(self) -> bool:
        return self.trainer.busy

    def advance(self) -> None:
        """Draw the batch that is missing, or train on the one that is full: the loop goes on by itself."""
        if self.label is not None and self.label.bench.status is None:
            self._owed = True  # The first face comes first: both would only slow each other down.
        elif not self.project.read_only:
            self.background.run(lambda: next_step(self.campaign), self._advanced, self._said)

    def _advance_at_last(self) -> None:
        if self._owed:
            self._owed = False
            self.advance()

    def train_now(self) -> None:
        """Train on what is labelled: closes a full batch; an open one stays and gets better predictions."""
        self.background.run(self.campaign.status, self._train_on, self._said)

    def finish(self) -> None:
        """Train the model to end with: the long schedule, on all labels."""
        self._start("finish")

    def detect(self) -> None:
        """Look for faces in photos that nobody looked at, as soon as the worker is free."""
        self._start("detect")

    def refresh(self) -> None:
        """Show what an import or a job has changed."""
        self.screen.refresh()
        self.review.refresh()
        self.data.refresh()
        if self.label is not None:
            self.label.refresh_queue()

    def apply_settings(self, settings: Settings) -> None:
        """Take over changed settings."""
        self._author = self.review.desk.author = settings.author
        self.review.set_keys(KeyMap(settings.keys))
        if self.label is not None:
            self.label.apply_settings()
            desk = self.label.bench.desk
            if desk.author != settings.author:
                desk.author = settings.author
                self.label.refresh_queue()  # What was sent back, say, comes to those who labelled it.

    def close(self) -> None:
        """Save what waits to be saved, stop the worker, close the project. Call it once."""
        self.review.shutdown()
        if self.label is not None:
            self.label.shutdown()
        self._similar.cancel()
        self._similar.wait()
        self.trainer.shutdown()
        self.background.shutdown()
        self.loader.shutdown()
        self._soon.stop()
        self.project.close()

    def _put_right(self, face_id: int) -> None:
        """What the reviewer looks at is the label that counts, whatever else the face waits for."""
        if self.label is not None:
            self.label.bench.queue.own = face_id
            self.face_wanted.emit(face_id)

    def _on_labels_changed(self) -> None:
        """A reviewer sent a face back, say: it is first in somebody's queue."""
        self._soon.start()
        if self.label is not None:
            self.label.refresh_queue()

    def _on_data_changed(self) -> None:
        self.screen.refresh()
        if self.label is not None:
            self.label.refresh_queue()

    def _tell_done(self, text: str, take_back: Callable[[], object] | None) -> None:
        self.news.emit(News(text, "info", None if take_back is None else self.tr("Undo"), take_back))

    def _start(self, kind: JobKind) -> None:
        if not self.trainer.start(kind) and kind not in self._waiting:
            self._waiting.append(kind)

    def _train_on(self, status: CampaignStatus) -> None:
        full = status.phase == "ready-to-train"
        self._tried = status.round if full else self._tried
        self._start("round" if full else "train")

    def _advanced(self, taken: tuple[Step, int]) -> None:
        step, round_number = taken
        if step == "drawn":
            self.refresh()
        elif step == "look":
            self.refresh()
            if not self._looked and not self.trainer.busy:
                self._looked = True
                self._start("score")
        elif step == "train" and round_number != self._tried and not self.trainer.busy:
            # Once a batch: what failed or was stopped waits for a person's Retry.
            self._tried = round_number
            self._start("round")
            self.refresh()

    def _tell_work(self) -> None:
        """A quiet line on what the batch took."""
        since, self._batch_since = self._batch_since, datetime.now(UTC)

        def read() -> str:
            with self.project.reading() as s:
                return batch_line(load(work.decisions(s, since=since, author=self._author)))

        def tell(line: str) -> None:
            if line:
                self.news.emit(News(line))

        self.background.run(read, tell, self._said)

    def _on_ended(self, kind: str, state: str, message: str, what: object) -> None:
        self.screen.trainer_card.tell_end(state, message)
        if state == "bug":
            self.problem.emit(what)
        if state == "done" and kind in ("train", "finish"):
            self._waiting.insert(0, "score")
        self.news.emit(self._told(kind, state, message, what))
        self.refresh()
        if self._waiting:
            self._start(self._waiting.pop(0))
        elif state == "done":
            self.advance()

    def _told(self, kind: str, state: str, message: str, what: object) -> News:
        retry: Callable[[], Any] = {"detect": self.detect, "finish": self.finish}.get(kind, self.train_now)
        if state == "cancelled":
            again = self.tr("Look again") if kind == "detect" else self.tr("Train now")
            return News(self.tr("Stopped. Nothing was lost; every label is saved."), "warn", again, retry)
        if isinstance(what, FacelabelError) and not isinstance(what, WorkerError):
            return News(said(str(what)), "warn")
        if state != "done" or not isinstance(what, Ingested):
            text = self.tr("The worker stopped: {}").format(message or self.tr("without a word"))
            return News(text, "error", self.tr("Retry"), retry)
        if kind == "detect":
            text = self.tr("%n face(s) found.", "", what.faces)
        elif kind == "score":
            text = self.tr("%n face(s) ranked anew.", "", what.faces)
        else:
            text = self.tr("Model v{} is ready.").format(what.version)
            if what.drawn:
                text += self.tr(" The next batch of {} face(s) is drawn.", "", what.drawn).format(what.drawn)
        if what.failures:
            text += self.tr(" {} could not be used, the first: {}").format(len(what.failures), said(what.failures[0]))
        return News(text, "warn" if what.failures else "info")

    def _said(self, error: Exception) -> None:
        """A step that cannot be taken, such as a spent budget, is news; anything else is a bug."""
        if isinstance(error, FacelabelError):
            self.news.emit(News(said(str(error)), "warn"))
        else:
            self.problem.emit(error)

    def _tell_label(self) -> None:
        if self.label is not None:
            self.label.set_trainer_text(self.trainer.text(), detecting=self.trainer.kind == "detect")


def next_step(campaign: Campaign) -> tuple[Step, int]:
    """What the loop does now, in which round. Draws a missing batch itself; training is the caller's to start."""
    status = campaign.status()
    if status.phase == "empty" and status.open_faces:
        campaign.draw()
        return "look" if campaign.can_look_first() else "drawn", status.round
    if status.phase == "labelling" and campaign.can_look_first():
        return "look", status.round
    if status.phase != "ready-to-train":
        return "wait", status.round
    try:
        # A batch that taught nothing, all rejected say, is followed by the next; any other asks for its training.
        campaign.draw()
    except FacelabelError:
        return "train", status.round
    return "drawn", status.round
