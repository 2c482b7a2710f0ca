"""One life of the window that ``kill.py`` ends: the process that labels, and the end of the pipe that hears it.

    python -m benchmarks.kill_window PROJECT SEED

runs the real window without a display; a simulated person labels there for ever, and what the window shows as saved is
told on stdout, a line each.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue

import numpy as np

from facelabel.store.labels import LabelRecord

PATIENCE = 12.0
"""Seconds that a moment is waited for; then the kill comes wherever the loop is."""


def fingerprint(record: LabelRecord) -> str:
    """The same for two labels that say exactly the same, to the last bit of a coordinate."""
    said = f"{record.visibility} {sorted(record.attributes.items())}".encode()
    return hashlib.sha256(np.nan_to_num(record.shape, nan=-1e9).astype("<f8").tobytes() + said).hexdigest()[:16]


# The driver


def drive(folder: Path, seed: int) -> None:
    """Run the window on a project and label for ever; one line on stdout for everything that the parent has to know."""
    from PySide6.QtCore import QObject

    from benchmarks.annotator import Annotator, Pace
    from facelabel.ui import app

    class Teller(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.application = app.prepare()
            self.window = app.make_window(self.application, None)
            pace = Pace(least=10.0, most=90.0, motion=5.0, positions=3)
            self.person = Annotator(self.window, pace, np.random.default_rng(seed))
            self.pending: list[tuple[str, int, str]] = []
            self.window.project_opened.connect(self.on_opened)
            self.window.open_project(folder)

        def on_opened(self) -> None:
            work = self.window.workspace
            assert work is not None
            assert work.label is not None
            self.screen, self.trainer, self.stage = work.label, work.trainer, ""
            # After the screen's own connection: the status line has its text when this is called.
            self.screen.bench.store.state_changed.connect(self.on_state)
            self.screen.bench.edited.connect(self.on_edited)
            self.screen.problem.connect(lambda text: tell("PROBLEM", text))
            self.trainer.changed.connect(self.on_trainer)
            self.trainer.logged.connect(lambda text: tell("LOG", text))
            self.trainer.ended.connect(lambda kind, state, text, _: tell("ENDED", kind, state, text))
            self.person.before_accept = self.on_accept
            tell("READY")
            self.person.start(self.person.label_faces(None))

        def on_accept(self) -> None:
            face = self.screen.bench.face
            if face is not None:
                tell("SPACE", face.id)
                self.pending.append(("label", face.id, fingerprint(face.session.record())))

        def on_edited(self) -> None:
            face = self.screen.bench.face
            if face is not None:
                self.pending.append(("draft", face.id, fingerprint(face.session.record())))
                tell("DID", face.id, self.pending[-1][2])

        def on_state(self) -> None:
            if self.screen.status.saved.text() != self.screen.tr("Saved") or self.screen.bench.store.unsaved:
                return
            face = self.screen.bench.face
            open_id = None if face is None else face.id
            # A face that is still on the desk was not accepted yet, whatever the person is about to do.
            claimed = [entry for entry in self.pending if entry[0] == "draft" or entry[1] != open_id]
            self.pending = [entry for entry in self.pending if entry not in claimed]
            for kind, face_id, mark in claimed:
                tell("SAVED", kind, face_id, mark)

        def on_trainer(self) -> None:
            if self.trainer.stage != self.stage:
                self.stage = self.trainer.stage
                tell("PHASE", self.stage or "labelling")

    teller = Teller()
    teller.application.exec()


def tell(*words: object) -> None:
    print(*words, flush=True)


# The parent


@dataclass
class Journal:
    """What the window showed as saved, over all its lives."""

    labels: dict[int, str] = field(default_factory=dict)
    """The newest label of a face that was shown as saved."""
    drafts: dict[int, str] = field(default_factory=dict)
    """The newest draft of a face that was shown as saved, until its label is."""
    since: dict[int, set[str]] = field(default_factory=dict)
    """States of a face that came after its newest saved draft, and that may be in the store as well."""

    def read(self, words: list[str]) -> None:
        if words[0] == "DID":
            self.since.setdefault(int(words[1]), set()).add(words[2])
        elif words[:2] == ["SAVED", "draft"]:
            face_id = int(words[2])
            self.drafts[face_id] = words[3]
            self.since.setdefault(face_id, set()).add(words[3])
        elif words[:2] == ["SAVED", "label"]:
            face_id = int(words[2])
            self.labels[face_id] = words[3]
            self.drafts.pop(face_id, None)
            self.since.pop(face_id, None)


class Driver:
    """One life of the window."""

    def __init__(self, folder: Path, journal: Journal, seed: int, log: Path) -> None:
        self.journal, self.log = journal, log
        self.phase, self.ready = "opening", False
        self.lines: Queue[list[str]] = Queue()
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        with log.open("ab") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.kill_window", str(folder), str(seed)],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=environment,
                cwd=Path(__file__).resolve().parents[1],
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if not line.endswith("\n"):
                continue  # Cut off by the kill: it was never told.
            words = line.split()
            self.journal.read(words)
            if words[0] == "READY":
                self.ready, self.phase = True, "labelling"
            elif words[0] == "PHASE":
                self.phase = words[1]
            self.lines.put(words)

    def wait_for(self, *first: str, seconds: float = PATIENCE) -> list[str] | None:
        """The next line that begins so; None if there is none in time or the window is gone."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                words = self.lines.get(timeout=min(left, 0.2))
            except Empty:
                if self.process.poll() is not None:
                    return None
                continue
            if words[: len(first)] == list(first):
                return words
        return None

    def forget_lines(self) -> None:
        with suppress(Empty):
            while True:
                self.lines.get_nowait()

    def workers(self) -> list[int]:
        return [pid for pid, parent in _processes() if parent == self.process.pid]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


def _processes() -> list[tuple[int, int]]:
    """(pid, parent's pid) of every process that is alive."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if state not in "ZX":
                found.append((int(path.parent.name), int(parent)))
    return found


def seconds_to_end(pids: list[int], limit: float) -> float | None:
    """How long the processes still lived; None when one does after ``limit``."""
    start = time.monotonic()
    while (lived := time.monotonic() - start) < limit:
        if not {pid for pid, _ in _processes()} & set(pids):
            return lived
        time.sleep(0.02)
    return None


if __name__ == "__main__":
    drive(Path(sys.argv[1]), int(sys.argv[2]))
