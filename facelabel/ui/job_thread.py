"""The thread that drives one worker process: prepare the job, run it, take its result into the store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal, Protocol

from PySide6.QtCore import QObject, QThread, Signal

from facelabel.campaign.orders import JobKind
from facelabel.errors import FacelabelError
from facelabel.jobs.messages import JobSpec, Log, Message, Progress, Started
from facelabel.jobs.supervisor import Outcome, Supervisor

if TYPE_CHECKING:
    from facelabel.campaign.loop import Campaign


class Runs(Protocol):
    """What a JobThread needs of a supervisor."""

    def run(self) -> Outcome: ...
    def cancel(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...


MakeSupervisor = Callable[[Path, JobSpec, Callable[[Message], None]], Runs]


class JobThread(QThread):
    """``ended`` comes exactly once: "done", "failed", "cancelled" or "bug"; one line; the Ingested or the exception."""

    progress = Signal(str, int, int, object, object)
    """Stage, done, total, seconds left or None, loss or None."""
    log = Signal(str)
    device = Signal(str)
    ended = Signal(str, str, object)

    def __init__(
        self,
        campaign: Campaign,
        kind: JobKind,
        *,
        make_supervisor: MakeSupervisor = Supervisor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"job {kind}")
        self._campaign = campaign
        self._kind = kind
        self._make = make_supervisor
        self._lock = Lock()
        self._supervisor: Runs | None = None
        self._cancelled = False

    def run(self) -> None:
        try:
            job_id, folder, spec = self._campaign.prepare(self._kind)
        except FacelabelError as error:
            self.ended.emit("failed", str(error), error)
            return
        except Exception as error:
            self.ended.emit("bug", repr(error), error)
            return
        try:
            supervisor = self._make(folder, spec, self._hear)
            del spec  # Of many labels it is large; only the supervisor needs it, until it is written.
            self.ended.emit(*self._drive(job_id, supervisor))
        except FacelabelError as error:
            self._abandon(job_id, "failed", str(error))
            self.ended.emit("failed", str(error), error)
        except Exception as error:
            self._abandon(job_id, "failed", repr(error))
            self.ended.emit("bug", repr(error), error)

    def cancel(self) -> None:
        """Within a second the worker is gone; ``ended`` follows."""
        with self._lock:
            self._cancelled = True
            supervisor = self._supervisor
        if supervisor is not None:
            supervisor.cancel()

    def pause(self) -> None:
        if (supervisor := self._running_supervisor()) is not None:
            supervisor.pause()

    def resume(self) -> None:
        if (supervisor := self._running_supervisor()) is not None:
            supervisor.resume()

    def _running_supervisor(self) -> Runs | None:
        with self._lock:
            return self._supervisor

    def _drive(self, job_id: int, supervisor: Runs) -> tuple[str, str, object]:
        with self._lock:
            self._supervisor = supervisor
            cancelled = self._cancelled
        if cancelled:
            self._abandon(job_id, "cancelled", None)
            return "cancelled", "", None
        try:
            outcome = supervisor.run()
        finally:
            with self._lock:
                self._supervisor = None
        if outcome.state != "done":
            self._abandon(job_id, outcome.state, outcome.message)
            return outcome.state, outcome.message or "", None
        return "done", outcome.message or "", self._campaign.ingest(job_id)

    def _abandon(self, job_id: int, state: Literal["failed", "cancelled"], message: str | None) -> None:
        """As far as the disk allows: what stays marked as running is closed when the project is opened again."""
        with suppress(FacelabelError):
            self._campaign.abandon(job_id, state, message)

    def _hear(self, message: Message) -> None:
        """Called on this thread or one of the supervisor's own; signals cross to the GUI thread by themselves."""
        if isinstance(message, Progress):
            self.progress.emit(message.stage, message.done, message.total, message.eta_s, message.loss)
        elif isinstance(message, Log):
            self.log.emit(message.text)
        elif isinstance(message, Started):
            self.device.emit(message.device)
