"""A day at the desk, fifty times as fast: does the window leak, fail, or lose a label?

    python -m benchmarks.soak [--hours 8] [--speed 50] [--seed 0] [--json] [--write FILE]

A random person works at the real window with real events (QTest on the native window, under Xvfb where there is no
display): drags, clicks, keys, the wheel, undo, accepting, skipping, rejecting, opening faces from the Data screen,
looking at the Campaign screen. The real worker trains whenever a batch is full. Watched: the memory of the window
process over time, every exception, Qt warning and problem shown, and at the end every label that was accepted, against
the store. The exit code is 1 where something is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QMessageLogContext, QObject, QPoint, QPointF, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scipy.stats import theilslopes

from benchmarks import large_project
from benchmarks.annotator import Annotator, Pace, Steps
from benchmarks.desk_parts import memory
from facelabel import settings
from facelabel.campaign.loop import Campaign
from facelabel.settings import Settings
from facelabel.store import faces, labels
from facelabel.store.project import Project
from facelabel.ui import app
from facelabel.ui.garbage import kept_to_gui_thread
from facelabel.ui.main_window import MainWindow

SCREEN = "1920x1080x24"
IMAGES = 4000
WARM = 0.4
"""Share of the session that fills caches: memory counts from then on."""
LEAK = 4.0
"""MB an hour of the session from which on memory is said to grow."""
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_QUIET = ("propagateSizeHints", "This plugin does not support")


@dataclass
class Watched:
    """What the session showed. ``memory``: pairs of hours of the session and MB."""

    accepted: dict[int, npt.NDArray[np.float64]] = field(default_factory=dict)
    actions: dict[str, int] = field(default_factory=dict)
    memory: list[tuple[float, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)

    def did(self, what: str) -> None:
        self.actions[what] = self.actions.get(what, 0) + 1

    @property
    def slope(self) -> float:
        """MB an hour, by the line of Theil and Sen through what came after the warm-up."""
        last = self.memory[-1][0] if self.memory else 0.0
        rest = np.array([pair for pair in self.memory if pair[0] >= WARM * last])
        return float(theilslopes(rest[:, 1], rest[:, 0])[0]) if len(rest) > 2 else 0.0


class RandomPerson(Annotator):
    """Does anything that a person may do, in random order; keeps what was accepted, and how it looked."""

    def __init__(self, window: MainWindow, speed: float, rng: np.random.Generator, watched: Watched) -> None:
        wait = 1000 / speed
        super().__init__(window, Pace(0.4 * wait, 1.2 * wait, max(1.0, 16 * 20 / speed), 6), rng)
        self._watched = watched

    def work(self) -> Steps:
        doings = {
            self._edit_face: 60.0,
            self._accept: 22.0,
            self._skip: 1.0,
            self._reject: 1.0,
            self._undo_face: 1.5,
            self._move_on: 3.0,
            self._look_at_data: 1.0,
            self._look_at_campaign: 0.5,
            self._look_at_review: 0.5,
        }
        shares = np.array(list(doings.values())) / sum(doings.values())
        choices = list(doings)
        while True:
            if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
                self._key(Qt.Key.Key_Escape)
                yield self._pause()
                continue
            if self.screen.bench.face is None:
                yield 40.0
                continue
            yield from choices[int(self._rng.choice(len(choices), p=shares))]()

    def _edit_face(self) -> Steps:
        self._watched.did("edit")
        kind = int(self._rng.integers(6))
        if kind < 3:
            yield from self._drag()
        elif kind == 3:
            keys = (
                Qt.Key.Key_Right,
                Qt.Key.Key_Up,
                Qt.Key.Key_V,
                Qt.Key.Key_Tab,
                Qt.Key.Key_N,
                Qt.Key.Key_F,
                Qt.Key.Key_R,
            )
            for _ in range(4):
                self._key(keys[int(self._rng.integers(len(keys)))])
                yield self._pause()
        elif kind == 4:
            self._key(Qt.Key.Key_Z, _CTRL if self._rng.random() < 0.7 else _CTRL | _SHIFT)
            self._not_accepted()  # With nothing left to undo, the face before comes back.
            yield self._pause()
        else:
            canvas = self.screen.canvas
            at = QPointF(
                canvas.mapTo(self._window, canvas.rect().center() + QPoint(int(self._rng.integers(-80, 80)), 20))
            )
            for turn in (120, -120):
                QTest.wheelEvent(self._window.windowHandle(), at, QPoint(0, turn))
                yield self._pause()

    def _accept(self) -> Steps:
        face = self.screen.bench.face
        if face is not None and self.screen.canvas.picture is not None and face.second is None:
            self._watched.did("accept")
            shape = face.session.record().shape
            self._key(Qt.Key.Key_Space)
            now = self.screen.bench.face
            if now is None or now.id != face.id:
                self._watched.accepted[face.id] = shape
        yield self._pause()

    def _not_accepted(self) -> None:
        """The open face is open, whatever was said of it before."""
        face = self.screen.bench.face
        if face is not None and face.state == "open":
            self._watched.accepted.pop(face.id, None)

    def _skip(self) -> Steps:
        face = self.screen.bench.face
        self._watched.did("skip")
        self._key(Qt.Key.Key_X)
        yield self._pause()
        menu = QApplication.activePopupWidget()
        if menu is not None and face is not None:
            QTest.keyClick(menu, Qt.Key.Key_X)
            self._watched.accepted.pop(face.id, None)
        yield self._pause()

    def _reject(self) -> Steps:
        face = self.screen.bench.face
        self._watched.did("reject")
        self._key(Qt.Key.Key_X, _SHIFT)
        yield self._pause()
        menu = QApplication.activePopupWidget()
        if menu is not None and face is not None:
            QTest.keyClick(menu, Qt.Key.Key_Return)
            self._watched.accepted.pop(face.id, None)
        yield self._pause()

    def _undo_face(self) -> Steps:
        """Back through the open face's history to the face before, which is accepted again."""
        bench = self.screen.bench
        self._watched.did("undo a face")
        before = None if bench.face is None else bench.face.id
        for _ in range(40):
            self._key(Qt.Key.Key_Z, _CTRL)
            self._not_accepted()
            yield 2.0
            if bench.face is not None and bench.face.id != before:
                break

    def _move_on(self) -> Steps:
        self._watched.did("next or previous face")
        self._key(Qt.Key.Key_D if self._rng.random() < 0.7 else Qt.Key.Key_A)
        yield self._pause()

    def _look_at_data(self) -> Steps:
        self._watched.did("Data screen")
        work = self._window.workspace
        assert work is not None
        self._window.show_screen("data")
        page = work.data.faces
        for _ in range(4):
            bar = page.table.verticalScrollBar()
            bar.setValue(int(self._rng.integers(0, max(1, bar.maximum()))))
            yield 60.0
        if len(page.model.ids):
            page.opened.emit(int(self._rng.choice(page.model.ids)))
        self._window.show_screen("label")
        yield 60.0

    def _look_at_campaign(self) -> Steps:
        self._watched.did("Campaign screen")
        self._window.show_screen("campaign")
        yield 200.0
        self._window.show_screen("label")
        yield 40.0

    def _look_at_review(self) -> Steps:
        self._watched.did("Review screen")
        work = self._window.workspace
        assert work is not None
        self._window.show_screen("review")
        yield 200.0
        for _ in range(4):
            work.review.panel.setFocus()
            QTest.keyClick(work.review.panel.list, Qt.Key.Key_Down)
            yield 60.0
        self._window.show_screen("label")
        yield 40.0


class Session(QObject):
    def __init__(self, window: MainWindow, hours: float, speed: float, seed: int, watched: Watched) -> None:
        super().__init__()
        self._window, self._hours, self._speed, self._watched = window, hours, speed, watched
        self._person = RandomPerson(window, speed, np.random.default_rng(seed), watched)
        window.project_opened.connect(self._begin)

    def _begin(self) -> None:
        work = self._window.workspace
        assert work is not None
        assert work.label is not None
        work.problem.connect(lambda error: self._watched.errors.append(f"shown: {error!r}"))
        work.label.problem.connect(lambda text: self._watched.errors.append(f"shown: {text}"))
        work.trainer.ended.connect(lambda kind, state, text, _: self._watched.jobs.append(f"{kind} {state} {text}"))
        self._window.activateWindow()
        self._began = time.monotonic()
        self._person.start(self._person.work())
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._look)
        self._clock.start(2000)

    def _look(self) -> None:
        hours = (time.monotonic() - self._began) * self._speed / 3600
        self._watched.memory.append((hours, memory()["now"]))
        if hours >= self._hours:
            self._clock.stop()
            self._person.stop()
            QApplication.exit()  # quit() asks the window, which asks a person while a job runs.


def run(folder: Path, hours: float, speed: float, seed: int) -> Watched:
    watched = Watched()

    def hear(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not any(quiet in text for quiet in _QUIET):
            watched.errors.append(f"Qt: {text}")

    def caught(kind: Any, error: BaseException, trace: Any) -> None:
        place = trace
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = "" if place is None else f" at {place.tb_frame.f_code.co_filename}:{place.tb_lineno}"
        watched.errors.append(f"{error!r}{where}")

    application = app.prepare()
    qInstallMessageHandler(hear)
    sys.excepthook = caught
    window = app.make_window(application, folder)
    session = Session(window, hours, speed, seed, watched)
    with kept_to_gui_thread():
        application.exec()
        work = window.workspace
        if work is not None and work.busy:
            work.trainer.ended.connect(lambda *_: application.quit())
            work.trainer.cancel()
            application.exec()
    window.close()
    session.deleteLater()
    return watched


def lost(folder: Path, watched: Watched) -> list[int]:
    """Accepted faces whose label in the store is not what was accepted."""
    wrong = []
    with Project.open(folder) as project, project.reading() as s:
        newest = labels.newest_of(s, watched.accepted)
        for face_id, shape in watched.accepted.items():
            known = newest.get(face_id)
            if known is None or faces.get(s, face_id).state != "labelled" or not np.allclose(known[1].shape, shape):
                wrong.append(face_id)
    return wrong


def summary(watched: Watched, wrong: list[int], given: argparse.Namespace, load: float) -> dict[str, Any]:
    first = next((mb for hours, mb in watched.memory if hours >= WARM * given.hours), 0.0)
    return {
        "hours": watched.memory[-1][0] if watched.memory else 0.0,
        "speed": given.speed,
        "accepted": watched.actions.get("accept", 0),
        "kept": len(watched.accepted),
        "lost": wrong,
        "errors": sorted(set(watched.errors)),
        "memory_after_warm_up": first,
        "memory_at_the_end": watched.memory[-1][1] if watched.memory else 0.0,
        "slope_mb_an_hour": watched.slope,
        "actions": watched.actions,
        "jobs": watched.jobs,
        "load": load,
    }


def report(said: dict[str, Any]) -> str:
    jobs = ", ".join(f"{said['jobs'].count(one)} x {one.strip()}" for one in sorted(set(said["jobs"]))) or "none"
    doings = ", ".join(f"{name} {count:,}" for name, count in sorted(said["actions"].items()))
    lines = [
        "## A day at the desk",
        "",
        f"`python -m benchmarks.soak`: {said['hours']:.1f} hours at {said['speed']:.0f} times the speed, a random "
        "person through real events, the real worker training beside it.",
        "",
        f"- accepted {said['accepted']:,} times; {said['kept']:,} faces stand as accepted, {len(said['lost'])} of them "
        "are wrong in the store",
        f"- errors: {len(said['errors'])}",
        f"- memory of the window: {said['memory_after_warm_up']:.0f} MB after warming up, "
        f"{said['memory_at_the_end']:.0f} MB at the end, slope {said['slope_mb_an_hour']:+.1f} MB an hour",
        f"- done: {doings}",
        f"- jobs: {jobs}; load average {said['load']:.1f}",
        *(f"  - {error}" for error in said["errors"]),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--speed", type=float, default=50.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--write", type=Path, metavar="FILE", help="add the report to this file")
    given = parser.parse_args()
    if sys.platform.startswith("linux") and "DISPLAY" not in os.environ:
        server = shutil.which("xvfb-run")
        if server is None:
            parser.error("there is no display and no xvfb-run: install xvfb")
        arguments = ["-a", "-s", f"-screen 0 {SCREEN}", sys.executable, "-m", "benchmarks.soak", *sys.argv[1:]]
        os.execv(server, [server, *arguments])
    os.environ.pop("QT_QPA_PLATFORM", None)
    with tempfile.TemporaryDirectory(prefix="facelabel-soak-") as home:
        os.environ["FACELABEL_HOME"] = home
        settings.save(Settings(tour_seen=True))
        folder = Path(home) / "project"
        with large_project.build(folder, IMAGES, seed=given.seed) as project:
            campaign = Campaign(project)
            quick = {"batch": 60, "first_batch": 60, "score_at_most": 200, "steps": 10, "start_from": "scratch"}
            campaign.change(campaign.settings.model_copy(update=quick), "benchmark")
        watched = run(folder, given.hours, given.speed, given.seed)
        wrong = lost(folder, watched)
    said = summary(watched, wrong, given, os.getloadavg()[0])
    print(json.dumps(said, indent=1) if given.json else report(said))
    if given.write is not None:
        with given.write.open("a", encoding="utf-8") as file:
            file.write("\n" + report(said))
    sys.exit(bool(wrong or said["errors"] or said["slope_mb_an_hour"] > LEAK))


if __name__ == "__main__":
    main()
