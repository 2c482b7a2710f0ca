"""Runs one job in a worker process and sees to it that nothing there touches this process.

Knows neither Qt nor torch nor signals: it works the same in the main thread of a command and in a thread of the window.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from pydantic import ValidationError

from facelabel.errors import WorkerError
from facelabel.jobs import messages
from facelabel.jobs.messages import Done, Failed, JobSpec, Log, Message

GRACE = 0.7
"""Seconds that a cancelled worker has to end by itself; then it is killed, so that it is gone within one."""

WORKER = (sys.executable, "-m", "facelabel.jobs.worker")
_SPEC = "spec.json"
_RESULTS = ("result.json", "scores.npz", "detections.json", "failures.json")

_NO_CAUSE = (" ", "Traceback (", "Current thread ", "Thread ", "Extension modules: ")
"""How lines of a traceback and of a crash report begin that do not say what went wrong."""


@dataclass(frozen=True)
class Outcome:
    """How a job ended. ``message`` is one line for the user unless it is done."""

    state: Literal["done", "failed", "cancelled"]
    message: str | None = None


@dataclass(frozen=True)
class _Ended:
    """How one worker process ended: done, or why not."""

    done: bool = False
    failed: Failed | None = None


class Supervisor:
    """One job. ``run`` blocks; ``cancel``, ``pause`` and ``resume`` may be called from any thread, before it too."""

    def __init__(
        self,
        folder: Path,
        spec: JobSpec,
        on_message: Callable[[Message], None],
        *,
        command: Sequence[str] = WORKER,
    ) -> None:
        self.folder = folder
        self._spec: JobSpec | None = spec
        self._threads = str(spec.threads or max(1, _cores() - 1))
        self._on_message = on_message
        self._command = command
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._cancelled = False
        self._paused = False
        self._killer: threading.Timer | None = None

    def run(self) -> Outcome:
        """Start the worker and see it to its end.

        A crash, a kill or an out-of-memory is tried once more, with half as many faces at a time; an error that the
        user can put right is not. Every message of the worker but a first failure goes to ``on_message``. Raises
        WorkerError if no process can be started or the folder not be written. Whatever is raised, also by
        ``on_message``, the worker is gone then.
        """
        first = self._attempt()
        if self._cancelled or first.failed is None or first.failed.reason in {"user", "cancelled"}:
            return self._outcome(first)
        self._on_message(Log(text=f"{first.failed.text}. Trying once more with half as many faces at a time"))
        self._read_back()
        return self._outcome(self._attempt())

    def cancel(self) -> None:
        """Ask the worker to stop; it is gone within a second, whatever it does."""
        with self._lock:
            self._cancelled = True
            self._send("cancel")
            if self._process is not None and self._killer is None:
                self._killer = threading.Timer(GRACE, self._kill)
                self._killer.daemon = True
                self._killer.start()

    def pause(self) -> None:
        """Hold the worker after its current step."""
        with self._lock:
            self._paused = True
            self._send("pause")

    def resume(self) -> None:
        with self._lock:
            self._paused = False
            self._send("resume")

    def _attempt(self) -> _Ended:
        with self._lock:
            if self._cancelled:
                return _Ended(failed=Failed(reason="cancelled", text="cancelled"))
            try:
                self._prepare()
                log = (self.folder / "log.txt").open("ab", buffering=0)
            except OSError as error:
                raise WorkerError(
                    f"the job cannot be written: {error.strerror}", where=self.folder, cure="free or change the disk"
                ) from None
            with log:
                self._process = process = self._start(log)
                if self._paused:
                    self._send("pause")
        try:
            with (self.folder / "log.txt").open("ab", buffering=0) as log:
                failed = self._listen(process, log)
            code = process.wait()
        finally:
            self._end()
        if (self.folder / "result.json").is_file() and failed is None:
            return _Ended(done=True)
        return _Ended(failed=failed or Failed(reason=_reason(code), text=self._post_mortem(code)))

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in _RESULTS:
            (self.folder / name).unlink(missing_ok=True)
        assert self._spec is not None
        (self.folder / _SPEC).write_text(self._spec.model_dump_json(), encoding="utf-8")
        # Of ten thousand labels it takes 120 MB, and only the worker needs them from here on.
        self._spec = None

    def _read_back(self) -> None:
        """The spec once more, with half as many faces at a time."""
        try:
            spec = JobSpec.model_validate_json((self.folder / _SPEC).read_bytes())
        except (OSError, ValidationError) as error:
            said = str(error).splitlines()[0]
            raise WorkerError(
                f"the job cannot be read again: {said}", where=self.folder, cure="start it anew"
            ) from None
        self._spec = spec.model_copy(update={"portions": spec.portions * 2})

    def _start(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "OMP_NUM_THREADS": self._threads,
            "OMP_WAIT_POLICY": "PASSIVE",
            "PYTHONFAULTHANDLER": "1",
            "PYTHONUTF8": "1",
        }
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
        try:
            return subprocess.Popen(
                [*self._command, str(self.folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                creationflags=flags,
                # A group of its own: Ctrl-C in a terminal reaches only the command, which then ends the worker.
                start_new_session=True,
            )
        except OSError as error:
            raise WorkerError(f"the worker cannot be started: {error}", cure="run 'facelabel doctor'") from None

    def _listen(self, process: subprocess.Popen[bytes], log: IO[bytes]) -> Failed | None:
        """Pass the messages on until the worker closes its end; its Failed message, if it sent one."""
        assert process.stdout is not None
        failed = None
        for line in process.stdout:
            message = messages.parse(line)
            if message is None:
                log.write(line)
            elif isinstance(message, Failed):
                failed = message
            elif not isinstance(message, Done):
                self._on_message(message)
        return failed

    def _outcome(self, ended: _Ended) -> Outcome:
        if ended.done:
            self._on_message(Done())
            return Outcome("done")
        failed = ended.failed
        if self._cancelled or failed is None or failed.reason == "cancelled":
            failed = Failed(reason="cancelled", text="cancelled")
        elif failed.reason == "out-of-memory":
            text = f"{failed.text} (close other programs, or use a smaller model)"
            failed = failed.model_copy(update={"text": text})
        self._on_message(failed)
        return Outcome("cancelled" if failed.reason == "cancelled" else "failed", failed.text)

    def _post_mortem(self, code: int) -> str:
        """One line on a worker that ended without a word, with the end of its log."""
        if code == -9:
            how = "was killed, perhaps for want of memory"
        elif code < 0:
            how = f"crashed ({signal.strsignal(-code)})"
        else:
            how = f"ended with code {code} and without a result"
        try:
            lines = (self.folder / "log.txt").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        said = [line for line in lines if line.strip() and not line.startswith(_NO_CAUSE)]
        return f"the worker {how}" + (f"; its log ends: {said[-1]}" if said else "")

    def _send(self, command: str) -> None:
        if self._process is None or self._process.stdin is None:
            return
        with suppress(OSError):
            self._process.stdin.write(json.dumps({"command": command}).encode() + b"\n")
            self._process.stdin.flush()

    def _kill(self) -> None:
        """End the worker and whatever it started."""
        with self._lock:
            if self._process is None:
                return
            with suppress(OSError):
                if sys.platform == "win32":
                    self._process.kill()
                else:
                    os.killpg(self._process.pid, signal.SIGKILL)

    def _end(self) -> None:
        with self._lock:
            self._kill()
            process, self._process = self._process, None
            if self._killer is not None:
                self._killer.cancel()
                self._killer = None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            process.wait()


def _reason(code: int) -> Literal["out-of-memory", "bug"]:
    return "out-of-memory" if code == -9 else "bug"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
