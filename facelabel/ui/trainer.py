"""What the window knows of the worker: whether one runs, how far it is, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from facelabel.campaign.orders import JobKind
from facelabel.jobs.supervisor import Supervisor
from facelabel.ui import words
from facelabel.ui.job_thread import JobThread, MakeSupervisor

if TYPE_CHECKING:
    from facelabel.campaign.loop import Campaign


class Trainer(QObject):
    """One job at a time. Lives on the GUI thread; the work is done by a JobThread and its worker process."""

    changed = Signal()
    """Progress, start or end: whoever shows the trainer reads it again."""
    logged = Signal(str)
    ended = Signal(str, str, str, object)
    """JobKind, state ("done", "failed", "cancelled", "bug"), one line, and the Ingested or the exception."""

    def __init__(
        self, campaign: Campaign, *, make_supervisor: MakeSupervisor = Supervisor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._campaign = campaign
        self._make = make_supervisor
        self._thread: JobThread | None = None
        self._since_score = QElapsedTimer()
        self.kind: JobKind | None = None
        self.stage = ""
        self.done = 0
        self.total = 0
        self.eta: float | None = None
        self.device = ""
        self.losses: list[tuple[int, float]] = []
        """(step, training loss) of the running or the last training."""
        self.seconds_per_scored_face: float | None = None
        self.cancelling = False

    @property
    def busy(self) -> bool:
        return self._thread is not None

    def text(self) -> str:
        """One line for the status of the label screen; empty when nothing runs."""
        if not self.busy:
            return ""
        if self.cancelling:
            return self.tr("Stopping…")
        return words.progress(self.stage, self.done, self.total, self.eta)

    def start(self, kind: JobKind) -> bool:
        """Start a job; False while another one runs."""
        if self.busy:
            return False
        self.kind, self.stage, self.done, self.total, self.eta = kind, "load", 0, 0, None
        self.cancelling = False
        if kind in ("round", "train", "finish"):
            self.losses = []
        thread = JobThread(self._campaign, kind, make_supervisor=self._make, parent=self)
        thread.progress.connect(self._on_progress)
        thread.log.connect(self.logged)
        thread.device.connect(self._on_device)
        thread.ended.connect(self._on_ended)
        self._thread = thread
        thread.start()
        self.changed.emit()
        return True

    def cancel(self) -> None:
        if self._thread is not None:
            self.cancelling = True
            self._thread.cancel()
            self.changed.emit()

    def hold(self, on: bool) -> None:
        """Pause the worker while a person drags, so that it takes no frame from them."""
        if self._thread is not None:
            (self._thread.pause if on else self._thread.resume)()

    def shutdown(self) -> None:
        """Stop whatever runs and wait for it; its job is left as cancelled and goes on at the next start.

        Nothing runs afterwards, and nobody hears of the end: who shuts down closes the project.
        """
        if self._thread is not None:
            self._thread.cancel()
            self._thread.wait()
            self._thread = self.kind = None

    def _on_progress(self, stage: str, done: int, total: int, eta: float | None, loss: float | None) -> None:
        if stage == "score":
            self._time_scoring(done)
        self.stage, self.done, self.total, self.eta = stage, done, total, eta
        if loss is not None:
            self.losses.append((done, loss))
        if total and done >= total and stage != "train":
            self.stage, self.eta = "save", None
        self.changed.emit()

    def _time_scoring(self, done: int) -> None:
        if not self._since_score.isValid() or done == 0:
            self._since_score.start()
            self._scored_before = done
        elif done > self._scored_before:
            self.seconds_per_scored_face = self._since_score.elapsed() / 1000 / (done - self._scored_before)

    def _on_device(self, device: str) -> None:
        self.device = device
        self.changed.emit()

    def _on_ended(self, state: str, message: str, what: object) -> None:
        if self._thread is None:
            return  # posted before a shutdown, delivered after it
        thread, self._thread = self._thread, None
        kind, self.kind = self.kind, None
        self._since_score.invalidate()
        self.stage, self.done, self.total, self.eta, self.cancelling = "", 0, 0, None, False
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        self.changed.emit()
        self.ended.emit(kind or "", state, message, what)
