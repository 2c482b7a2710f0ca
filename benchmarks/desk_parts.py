"""The measurements of ``benchmarks.desk``, each in a process of its own: what one leaves in memory changes no other."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.paint_watch import Hand, PaintWatch, Steps
from facelabel.campaign.loop import Campaign
from facelabel.store import labels, rounds
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.ui import app
from facelabel.ui.data.screen import DataScreen
from facelabel.ui.garbage import kept_to_gui_thread
from facelabel.ui.label_screen import LabelScreen
from facelabel.ui.main_window import MainWindow

Result = dict[str, Any]
PACE = 16.0
"""Milliseconds between two positions of a drag: a mouse on a screen of 60 Hz."""
STROKE = 100.0
"""Milliseconds between two keys, clicks or turns of the wheel: ten a second."""
BETWEEN = 350.0
"""Milliseconds between two accepted faces: faster than any person."""
PATIENCE = 300.0
LONGEST = 1200.0
"""Seconds that the input part may take; on a busy machine it then ends with fewer events."""
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


def memory() -> dict[str, float]:
    """MB of the process: now, and at most so far."""
    lines = [line for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if "kB" in line]
    values = {name: int(value.split()[0]) / 1024 for name, value in (line.split(":", 1) for line in lines)}
    return {"now": values["VmRSS"], "most": values["VmHWM"]}


class Stage:
    """The real window on a project, driven from timers; ``run`` returns what ``script`` has put into ``result``."""

    def __init__(self, folder: Path) -> None:
        self.result: Result = {}
        self.began = time.perf_counter()
        self.application: QApplication = app.prepare()
        self.window: MainWindow = app.make_window(self.application, folder)
        self.watch: PaintWatch | None = None
        self.window.project_opened.connect(self._opened)

    def _opened(self) -> None:
        self.watch = PaintWatch(self.window, self.label.canvas)
        self.watch.expect("open", self.began, self.shown)

    @property
    def label(self) -> LabelScreen:
        assert self.window.workspace is not None
        assert self.window.workspace.label is not None
        return self.window.workspace.label

    @property
    def data(self) -> DataScreen:
        assert self.window.workspace is not None
        return self.window.workspace.data

    def shown(self) -> bool:
        """Whether a face stands on the canvas with its photo."""
        return self.label.bench.face is not None and self.label.canvas.picture is not None

    def when(self, ready: Callable[[], bool], then: Callable[[], object], since: float | None = None) -> None:
        """Go on once ``ready``; give the measurement up after PATIENCE."""
        since = time.perf_counter() if since is None else since
        if ready():
            then()
        elif time.perf_counter() - since > PATIENCE:
            self.result["gave_up"] = True
            self.end()
        else:
            QTimer.singleShot(5, lambda: self.when(ready, then, since))

    def run(self, script: Callable[[Stage], object]) -> Result:
        self.when(lambda: self.watch is not None and "open" in self.watch.shown, lambda: script(self))
        with kept_to_gui_thread():
            self.application.exec()
            work = self.window.workspace
            if work is not None and work.busy:
                work.trainer.ended.connect(lambda *_: self.application.quit())
                work.trainer.cancel()
                self.application.exec()
        self.window.close()
        return self.result

    def end(self) -> None:
        self.application.exit()  # quit() asks the window, which asks a person while a job runs.

    def told(self, kind: str) -> Result:
        assert self.watch is not None
        timed = self.watch.shown.get(kind)
        return {} if timed is None else {"ms": timed.quantiles(), "own": timed.quantiles(own=True)}


def open_project(folder: Path) -> Result:
    """From ``main()`` to the first face with its photo, and the memory some seconds later."""

    def script(stage: Stage) -> None:
        stage.result.update(stage.told("open"))

        def finish() -> None:
            stage.result.update(memory=memory())
            stage.end()

        QTimer.singleShot(5000, finish)

    return Stage(folder).run(script)


def refill(folder: Path, count: int) -> None:
    """A fresh batch, where fewer than ``count`` faces of the present one are open."""
    with Project.open(folder) as project:
        campaign = Campaign(project)
        if len(campaign.queue(count)) < count:
            with project.writing() as s:
                current = rounds.current(s)
                if current is not None:
                    rounds.set_state(s, current.id, "done")
            campaign.draw()


def accept_faces(folder: Path, count: int) -> Result:
    """Space to the next face with its photo, warm: the first ten do not count."""
    refill(folder, count + 20)

    def script(stage: Stage) -> None:
        watch, handle = stage.watch, stage.window.windowHandle()
        assert watch is not None
        left = count + 10

        def accept() -> None:
            nonlocal left
            if left == 0:
                stage.result.update(stage.told("accept"), memory=memory())
                QTimer.singleShot(500, stage.end)
                return
            left -= 1
            if left == count - 1:
                watch.shown.pop("accept", None)
            if stage.label.commands.asks:  # Nobody placed the points of a face without a prediction.
                QTest.keyClick(handle, Qt.Key.Key_Space)
            before = stage.label.bench.face
            watch.expect("accept", time.perf_counter(), lambda: stage.shown() and stage.label.bench.face is not before)
            QTest.keyClick(handle, Qt.Key.Key_Space)
            stage.when(lambda: watch.waiting == 0, lambda: QTimer.singleShot(round(BETWEEN), accept))

        stage.window.activateWindow()
        QTimer.singleShot(3000, accept)

    return Stage(folder).run(script)


def visit_screens(folder: Path) -> Result:
    """The Data and the Campaign screen: from the click, key or signal to all that is in sight being there."""

    def script(stage: Stage) -> None:
        window, times = stage.window, stage.result.setdefault("screens", {})
        data = stage.data
        faces = data.faces
        bar, header = faces.table.verticalScrollBar, faces.table.horizontalHeader()

        def jump(share: float) -> None:
            bar().setValue(int(bar().maximum() * share))

        def search() -> None:
            faces.filters.search.setText("clip0123")
            faces.filters.changed.emit()

        def read() -> bool:
            return not data.reading

        steps: list[tuple[str, Callable[[], object], Callable[[], bool]]] = [
            ("Data: open", lambda: window.show_screen("data"), read),
            ("Data: scroll to the middle", lambda: jump(0.5), read),
            ("Data: scroll to the end", lambda: jump(1.0), read),
            ("Data: sort by name", lambda: header.setSortIndicator(0, Qt.SortOrder.AscendingOrder), read),
            ("Data: only labelled", lambda: faces.filters.state.setCurrentIndex(2), read),
            ("Data: all again", faces.filters.clear, read),
            ("Data: grid of all", lambda: faces.filters.view_changed.emit(True), read),
            ("Data: search", search, read),
            ("Data: jump to the desk", lambda: faces.opened.emit(int(faces.model.ids[0])), stage.shown),
            ("Campaign: open", lambda: window.show_screen("campaign"), lambda: not _screen(window).reading),
        ]

        def go_on() -> None:
            if not steps:
                stage.result["memory"] = memory()
                stage.end()
                return
            name, act, ready = steps.pop(0)
            began = time.perf_counter()
            act()
            stage.application.processEvents()  # What is in sight now asks for its rows.
            told = {"blocked": 1000 * (time.perf_counter() - began)}

            def done() -> None:
                times[name] = told | {"ms": 1000 * (time.perf_counter() - began)}
                QTimer.singleShot(700, go_on)

            QTimer.singleShot(0, lambda: stage.when(ready, done))

        QTimer.singleShot(2000, go_on)

    return Stage(folder).run(script)


def _screen(window: MainWindow) -> Any:
    assert window.workspace is not None
    return window.workspace.screen


def send_input(folder: Path, events: int, seed: int) -> Result:
    """Events on the canvas while the worker trains: drags, moves, clicks, keys and the wheel, to their pixels."""

    def script(stage: Stage) -> None:
        work = stage.window.workspace
        assert work is not None

        def begin() -> None:
            assert stage.watch is not None
            stage.window.activateWindow()
            stage.result["trainer"] = work.trainer.text()
            hands.append(Hand(stage.watch, stage.label.canvas, _work(stage, events, seed), done))

        def done() -> None:
            stage.result["trained_to_the_end"] = work.trainer.stage == "train"
            QTimer.singleShot(300, finish)

        def finish() -> None:
            assert stage.watch is not None
            kinds = [kind for kind in stage.watch.shown if kind != "open"]
            stage.result["kinds"] = {kind: stage.told(kind) for kind in kinds}
            total = [ms for kind in kinds for ms in stage.watch.shown[kind].total]
            own = [ms for kind in kinds for ms in stage.watch.shown[kind].own.tolist()]
            for name, values in (("ms", total), ("own", own)):
                p50, p99 = np.quantile(values, [0.5, 0.99])
                stage.result[name] = {"n": len(values), "p50": float(p50), "p99": float(p99), "max": max(values)}
            stage.result.update(sent=hands[0].sent, unseen=hands[0].unseen, memory=memory())
            stage.end()

        stage.when(lambda: work.trainer.stage == "train", lambda: QTimer.singleShot(1000, begin))

    hands: list[Hand] = []
    return Stage(folder).run(script)


def _work(stage: Stage, events: int, seed: int) -> Steps:
    """What a person does to a face, ``events`` times, with a new face after every ten rounds of it."""
    rng = np.random.default_rng(seed)
    sent, began = 0, time.perf_counter()
    for turn in itertools.count():
        for wait, kind, act in _routine(stage, rng):
            sent += bool(kind)
            yield wait, kind, act
            if sent >= events or time.perf_counter() - began > LONGEST:
                return
        if turn % 10 == 9:
            yield PACE, "", lambda: QTest.keyClick(stage.window.windowHandle(), Qt.Key.Key_D)
            yield 400.0, "", lambda: None


def _routine(stage: Stage, rng: np.random.Generator) -> Steps:
    """A drag of 24 positions, a click, keys and the wheel."""
    window, canvas = stage.window, stage.label.canvas
    handle = window.windowHandle()

    def at(point: QPointF) -> QPoint:
        return canvas.mapTo(window, QPoint(round(point.x()), round(point.y())))

    def mouse(what: Callable[..., object], point: QPointF) -> Callable[[], object]:
        if what is QTest.mouseMove:
            return lambda: what(handle, at(point))
        return lambda: what(handle, _LEFT, _NONE, at(point))

    def key(which: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> Callable[[], object]:
        return lambda: QTest.keyClick(handle, which, modifiers)

    if stage.label.bench.face is None:
        yield 50.0, "", lambda: None
        return
    room = canvas.rect().adjusted(30, 30, -30, -30)
    points = [QPointF(x, y) for x, y in canvas.screen_points().tolist() if room.contains(int(x), int(y))]
    if not points:
        yield PACE, "", key(Qt.Key.Key_F)
        return
    start = points[int(rng.integers(len(points)))]
    yield PACE, "", mouse(QTest.mouseMove, start)
    yield PACE, "press", mouse(QTest.mousePress, start)
    angle = rng.uniform(0, 2 * np.pi)
    place = start
    for step in range(1, 25):
        place = start + QPointF(float(np.cos(angle)), float(np.sin(angle))) * (1.5 * step)
        yield PACE, "drag", mouse(QTest.mouseMove, place)
    yield PACE, "release", mouse(QTest.mouseRelease, place)
    for which in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_V, Qt.Key.Key_Tab, Qt.Key.Key_N):
        yield STROKE, "key", key(which)
    for _ in range(3):
        yield STROKE, "undo", key(Qt.Key.Key_Z, _CTRL)
    away = points[int(rng.integers(len(points)))] + QPointF(5, 4)
    yield PACE, "", mouse(QTest.mouseMove, away)
    yield STROKE, "click", mouse(QTest.mouseClick, away)
    for turn in (120, 120, -120, -120):
        yield STROKE, "wheel", lambda turn=turn: QTest.wheelEvent(handle, QPointF(at(away)), QPoint(0, turn))  # type: ignore[misc]
    yield STROKE, "undo", key(Qt.Key.Key_Z, _CTRL)


def save_labels(folder: Path, count: int) -> Result:
    """Milliseconds of our commit of one accepted face, and of writing all labels of the project as one JSON file, as
    tools do that save whole files."""
    refill(folder, count)
    with Project.open(folder) as project:
        size = project.scheme.size
        with project.reading() as s:
            ids = [item.face_id for item in Campaign(project).queue(count)]
            faces = s.connection().exec_driver_sql("select count(*) from face").scalar_one()
        record = LabelRecord(np.full((size, 2), 100.25), ("visible",) * size, ("moved",) * size, np.ones(size))
        ours = []
        for face_id in ids:
            began = time.perf_counter()
            with project.writing() as s:
                labels.add(s, face_id, record, author="benchmark", origin="desk", seconds=20.0)
            ours.append(1000 * (time.perf_counter() - began))
    shape = (np.random.default_rng(0).random((size, 2)) * 300).round(2).tolist()
    document = {
        "version": "1",
        "shapes": [
            {"image": f"album/{n:06d}.jpg", "label": "face", "points": shape, "flags": {}} for n in range(100_000)
        ],
    }
    whole = []
    for _ in range(3):
        began = time.perf_counter()
        fresh = folder / "whole.json.part"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(document, file)
            file.flush()
        fresh.replace(folder / "whole.json")
        whole.append(1000 * (time.perf_counter() - began))
    megabytes = (folder / "whole.json").stat().st_size / 1e6
    (folder / "whole.json").unlink()
    p50, p99 = np.quantile(ours, [0.5, 0.99])
    return {
        "ours": {"p50": float(p50), "p99": float(p99), "n": len(ours)},
        "whole_file": {"p50": float(np.median(whole)), "megabytes": megabytes},
        "ratio": float(np.median(whole) / p50),
        "faces": faces,
    }
