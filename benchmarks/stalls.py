"""How late the window's event loop is while a person labels and the worker trains, and how soon the next face comes.

    python -m benchmarks.stalls [--faces 30] [--seed 0] [--write docs/results/stalls.md]

Builds a rendered project, runs its first round, then opens the real window on it. The second round trains at full tilt
while a simulated person labels with real mouse and key events; measured until so many faces are labelled and at least
one training, its ingest and the refresh after it lie inside. Starts an X server of its own (Xvfb) without a display.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QObject, QTimer, qVersion
from rich.console import Console

from benchmarks.annotator import Annotator, Pace
from benchmarks.loop_watch import PERIOD, STALL, LoopWatch
from facelabel.campaign.loop import Campaign
from facelabel.campaign.oracle import label_queue, run_with_oracle
from facelabel.exchange.demo import build_demo, truth
from facelabel.ui import app
from facelabel.ui.garbage import kept_to_gui_thread
from facelabel.ui.main_window import MainWindow

SCREEN = "1920x1080x24"
WORST = 25
"""Stalls that are listed: those first that a free core would not have spared."""
_PATIENCE = 600.0
"""Seconds after which a measurement that does not come to its end is given up."""


@dataclass
class Measurement:
    """``shown``: milliseconds from Space to the next face painted with its photo."""

    watch: LoopWatch
    shown: list[float] = field(default_factory=list)
    rounds: list[str] = field(default_factory=list)
    saved: int = 0
    seconds: float = 0.0
    window: str = ""
    problems: list[str] = field(default_factory=list)


class Session(QObject):
    """One measured session at an open window."""

    def __init__(self, window: MainWindow, faces: int, seed: int, done: Callable[[], object]) -> None:
        super().__init__()
        self._window, self._faces, self._done = window, faces, done
        self._person = Annotator(window, Pace(), np.random.default_rng(seed))
        self._space: float | None = None
        self._fresh = False
        self.result = Measurement(LoopWatch(self._doing))
        self._wait = QTimer(self)
        self._wait.timeout.connect(self._begin)
        self._wait.start(50)

    def _begin(self) -> None:
        """As soon as the second round really trains and a face is on the desk."""
        work = self._window.workspace
        if work is None or work.label is None or work.trainer.stage != "train" or work.label.canvas.picture is None:
            return
        self._wait.stop()
        self._window.activateWindow()
        self._screen = work.label
        self._screen.canvas.installEventFilter(self)
        self._screen.bench.opened.connect(self._on_opened)
        self._screen.label_saved.connect(self._on_saved)
        self._screen.problem.connect(self.result.problems.append)
        work.trainer.ended.connect(lambda kind, state, text, _: self.result.rounds.append(f"{kind} {state} {text}"))
        self._person.before_accept = self._on_space
        self._began = time.perf_counter()
        self.result.watch.start()
        self._person.start(self._person.label_faces(None))
        self._look = QTimer(self)
        self._look.timeout.connect(self._end_if_done)
        self._look.start(500)

    def _end_if_done(self) -> None:
        result, seconds = self.result, time.perf_counter() - self._began
        if (result.saved >= self._faces and result.rounds) or seconds > _PATIENCE:
            self._look.stop()
            result.watch.stop()
            self._person.stop()
            result.seconds = seconds
            size = self._window.size()
            result.window = f"{size.width()} x {size.height()}"
            self._done()

    def _doing(self) -> str:
        assert self._window.workspace is not None
        return self._window.workspace.trainer.text() or "labelling"

    def _on_space(self) -> None:
        self._space, self._fresh = time.perf_counter(), False

    def _on_opened(self) -> None:
        self._fresh = self._screen.bench.face is not None

    def _on_saved(self, _: int) -> None:
        self.result.saved += 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        waits = self._space is not None and self._fresh and self._screen.canvas.picture is not None
        if waits and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        if self._space is not None:
            self.result.shown.append(1000 * (time.perf_counter() - self._space))
            self._space = None


def prepare(folder: Path, count: int, seed: int) -> None:
    """A project with a model, whose second batch is full: the window trains on it as soon as it opens."""
    with build_demo(folder, count, seed) as project:
        campaign = Campaign(project)
        campaign.change(campaign.settings.model_copy(update={"budget": count}), "benchmark")
        known = truth(project)
        run_with_oracle(project, known, rounds=1)
        label_queue(project, campaign, known)


def measure(folder: Path, faces: int, seed: int) -> Measurement:
    application = app.prepare()
    window = app.make_window(application, folder)
    with kept_to_gui_thread():
        session = Session(window, faces, seed, application.quit)
        application.exec()
        work = window.workspace
        if work is not None and work.busy:
            work.trainer.ended.connect(lambda *_: application.quit())
            work.trainer.cancel()
            application.exec()
    window.close()
    return session.result


def report(result: Measurement, count: int, load: tuple[float, float, float]) -> str:
    watch, shown = result.watch, result.shown
    own = watch.own
    lines = [
        "# How late the window is while the worker trains",
        "",
        "Written by `python -m benchmarks.stalls --write docs/results/stalls.md`, which says how it is measured.",
        "",
        "| milliseconds | p50 | p99 | max |",
        "|---|---|---|---|",
        f"| lateness of a {PERIOD:.0f} ms timer in the GUI thread | {watch.quantile(0.5):.1f} "
        f"| {watch.quantile(0.99):.1f} | {watch.quantile(1):.1f} |",
        f"| the same without time that no core was free | {np.median(own):.1f} | {np.quantile(own, 0.99):.1f} "
        f"| {own.max():.1f} |",
        f"| Space to the next face painted with its photo | {np.median(shown):.1f} | {np.quantile(shown, 0.99):.1f} "
        f"| {max(shown):.1f} |",
        "",
        f"- {len(watch.late):,} ticks in {result.seconds:.0f} s; {len(watch.stalls)} later than {STALL:.0f} ms",
        f"- {result.saved} faces labelled ({len(shown)} followed by another), each 3 to 5 drags of 8 positions, two "
        "nudges, an undo, visibility, Space; 50 to 150 ms between two decisions, 16 ms between positions",
        f"- jobs that ended meanwhile, each with ingest, draw and refresh: {', '.join(result.rounds) or 'none'}",
        f"- project: {count} rendered faces, 68 landmarks, preset scaf-tiny; window {result.window} on {SCREEN}",
        f"- {os.cpu_count()} cores ({platform.machine()}), load average at start, end of setup, end: "
        f"{', '.join(f'{value:.1f}' for value in load)}; Python {platform.python_version()}, Qt {qVersion()}",
        "",
    ]
    if result.problems:
        lines += [f"Problems shown in the window: {'; '.join(result.problems)}", ""]
    if watch.stalls:
        lines += [
            f"## Later than {STALL:.0f} ms: the {min(WORST, len(watch.stalls))} worst of {len(watch.stalls)}",
            "",
            "Late + period = own CPU time + no core free + waiting (locks, the interpreter's among them; disk).",
            "",
            "| at s | late ms | CPU | no core | waiting | collector | trainer | seen (samples) |",
            "|---|---|---|---|---|---|---|---|",
        ]
        worst = sorted(watch.stalls, key=lambda stall: stall.queued - stall.late)[:WORST]
        lines += [
            f"| {s.at:.1f} | {s.late:.0f} | {s.cpu:.0f} | {s.queued:.0f} | {s.waited:.0f} | {s.collected:.0f} "
            f"| {s.doing} | {s.seen} |"
            for s in sorted(worst, key=lambda stall: stall.at)
        ]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=int, default=30, help="faces that the person labels at least")
    parser.add_argument("--project", type=int, default=150, help="faces of the project")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the report there as well")
    given = parser.parse_args()
    if sys.platform.startswith("linux") and "DISPLAY" not in os.environ:
        server = shutil.which("xvfb-run")
        if server is None:
            parser.error("there is no display and no xvfb-run: install xvfb")
        os.execv(
            server,
            [server, "-a", "-s", f"-screen 0 {SCREEN}", sys.executable, "-m", "benchmarks.stalls", *sys.argv[1:]],
        )
    os.environ.pop("QT_QPA_PLATFORM", None)
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="facelabel-stalls-") as home:
        os.environ["FACELABEL_HOME"] = home
        first = os.getloadavg()[0]
        console.print(f"building {given.project} faces and running the first round")
        prepare(Path(home) / "project", given.project, given.seed)
        second = os.getloadavg()[0]
        console.print("measuring")
        result = measure(Path(home) / "project", given.faces, given.seed)
    text = report(result, given.project, (first, second, os.getloadavg()[0]))
    print(text)
    if given.write is not None:
        given.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
