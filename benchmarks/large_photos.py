"""Photos of 60 megapixels at the real window: how long it stands still, and what memory they take.

    python -m benchmarks.large_photos [--photos 6] [--seed 0]

Renders faces, scales them up to 9,000 x 6,700 pixels and writes them as TIFF: striped, LZW, deflate, and 16 bits a
pixel. A window under an X server (its own Xvfb where there is no display) imports them, goes from face to face, zooms
in, accepts, and visits the other screens; then the same with photos of a thirty-sixth of the pixels, which shows what
the window and a busy machine take anyway. Prints how late the event loop was at most in each step (with and without the
time that no core was free), and the memory of the process.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image as Pillow
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from rich.console import Console
from rich.table import Table

from benchmarks.desk_parts import memory
from benchmarks.loop_watch import LoopWatch
from facelabel import schemes, settings
from facelabel.geometry import Box
from facelabel.rendering.scene import render_scene
from facelabel.settings import Settings
from facelabel.store.project import Project
from facelabel.ui import app
from facelabel.ui.dialogs.import_dialog import ImportDialog
from facelabel.ui.garbage import kept_to_gui_thread
from facelabel.ui.label_screen import LabelScreen

SCREEN = "1920x1080x24"
SIZE = (9000, 6700)
BY = 6
"""The scenes are rendered so many times smaller."""
_GRAIN = 3.0
"""Standard deviation of the noise, in grey levels: a sensor's, so that nothing compresses better than a photo does."""
_STILL = 1.5
"""Seconds that a person looks before the next step."""
_PATIENCE = 60.0
Step = tuple[str, Callable[[], object], Callable[[], bool]]
Result = dict[str, Any]


def make_photos(folder: Path, count: int, seed: int, by: int) -> None:
    """Photos, scaled up ``by`` times, and ``boxes.csv``."""
    folder.mkdir()
    rng = np.random.default_rng(seed)
    tile = rng.normal(0, _GRAIN, (1024, 1024, 1)).astype(np.float32)
    kinds: list[tuple[str, dict[str, str]]] = [
        ("striped", {}),
        ("lzw", {"compression": "tiff_lzw"}),
        ("deflate", {"compression": "tiff_adobe_deflate"}),
        ("grey16", {"compression": "tiff_lzw"}),
    ]
    lines = []
    for number in range(count):
        name, options = kinds[number % len(kinds)]
        small, faces = render_scene(seed + number, (SIZE[0] // BY, SIZE[1] // BY), 2)
        pixels = cv2.resize(small, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC)
        for top in range(0, len(pixels), 1024):
            for left in range(0, pixels.shape[1], 1024):
                part = pixels[top : top + 1024, left : left + 1024]
                part[:] = (part + tile[: part.shape[0], : part.shape[1]]).clip(0, 255)
        path = folder / f"{number:02d}-{name}.tif"
        if name == "grey16":
            Pillow.fromarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.uint16) * 257).save(path, **options)
        else:
            Pillow.fromarray(pixels).save(path, **options)
        for face in faces:
            box = Box.around(face.shape68 * by)
            lines.append((path.name, box.left, box.top, box.width, box.height))
    with (folder / "boxes.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("image", "left", "top", "width", "height"), *lines])


class Visit:
    """Runs steps one after the other at a window, each with a watch of its own."""

    def __init__(self, folder: Path, photos: Path) -> None:
        self.photos = photos
        self.result: Result = {"steps": [], "stalls": []}
        self.application = app.prepare()
        self.window = app.make_window(self.application, folder)
        self.window.project_opened.connect(lambda: QTimer.singleShot(1500, self._begin))
        self._steps: list[Step] = []

    def run(self) -> Result:
        with kept_to_gui_thread():
            self.application.exec()
        self.window.close()
        return self.result

    @property
    def label(self) -> LabelScreen:
        assert self.window.workspace is not None
        assert self.window.workspace.label is not None
        return self.window.workspace.label

    def _begin(self) -> None:
        self.result["before"] = memory()["now"]
        self._steps = self._planned()
        self._go_on()

    def _go_on(self) -> None:
        if not self._steps:
            self.result["memory"] = memory()
            self.application.exit()
            return
        name, act, ready = self._steps.pop(0)
        watch = LoopWatch(lambda: name)
        began = 0.0

        def look(seen: float | None = None) -> None:
            now = time.perf_counter()
            seen = now if seen is None and ready() else seen
            if seen is not None and now - seen > _STILL:
                watch.stop()
                row = {"step": name, "seconds": seen - began, "late": max(watch.late), "own": float(watch.own.max())}
                self.result["steps"].append(row | {"memory": memory()["most"]})
                self.result["stalls"] += [(name, stall.late, stall.queued, stall.seen) for stall in watch.stalls]
                self._go_on()
            elif now - began > _PATIENCE:
                watch.stop()
                self.result["gave_up"] = name
                self._steps.clear()
                self._go_on()
            else:
                QTimer.singleShot(20, lambda: look(seen))

        def begin() -> None:
            nonlocal began
            watch.start()
            began = time.perf_counter()
            act()
            look()

        self.window.activateWindow()  # Without a window manager nobody else gives it the keys after a dialog.
        QTimer.singleShot(300, begin)

    def _planned(self) -> list[Step]:
        window = self.window
        work = window.workspace
        assert work is not None
        handle, canvas = window.windowHandle(), self.label.canvas
        faces = work.data.faces
        before: list[int] = []
        space, following = Qt.Key.Key_Space, Qt.Key.Key_D

        def import_photos() -> None:
            window.menus.import_photos()
            dialog = window.findChild(ImportDialog)
            assert isinstance(dialog, ImportDialog)
            dialog.photos.set_path(self.photos)
            dialog.faces.setCurrentIndex(dialog.faces.findData("boxes"))
            dialog.boxes.set_path(self.photos / "boxes.csv")
            dialog.accept()

        def press(key: Qt.Key) -> None:
            assert self.label.bench.face is not None
            before[:] = [self.label.bench.face.id]
            QTest.keyClick(handle, key)
            if key == space and self.label.bench.face.id in before:
                QTest.keyClick(handle, key)  # Once more for a shape that nobody has touched.

        def shown() -> bool:
            return self.label.bench.face is not None and canvas.picture is not None

        def moved_on() -> bool:
            return shown() and self.label.bench.face is not None and self.label.bench.face.id not in before

        def wheel(turns: int) -> None:
            at = QPointF(canvas.mapTo(window, canvas.rect().center()))
            for _ in range(abs(turns)):
                QTest.wheelEvent(handle, at, QPoint(0, 120 if turns > 0 else -120))

        def sharp() -> bool:
            picture = canvas.picture
            return picture is not None and picture.blurred(canvas.view, canvas.rect().toRectF(), 1.0) is None

        def scroll(share: float) -> None:
            view = faces.grid if faces.grid.isVisible() else faces.table
            view.verticalScrollBar().setValue(int(view.verticalScrollBar().maximum() * share))

        def read() -> bool:
            some = len(faces.model.ids) > 0 and not work.data.reading
            return some and faces.model.picture(0) is not None

        def to_the_first() -> None:
            self.label.bench.open(self.label.bench.queue.rows[0].item.face_id)

        def chosen() -> bool:
            """Whether the first batch was chosen from what the shipped weights see."""
            return shown() and not work.busy and self.label.bench.queue.rowCount() > 6

        steps: list[Step] = [("import, first face", import_photos, shown), ("first batch", lambda: None, chosen)]
        steps += [("first of the queue", to_the_first, shown)]
        steps += [("next face", lambda: press(following), moved_on) for _ in range(5)]
        steps += [
            ("zoom in", lambda: wheel(6), sharp),
            ("pan far away", lambda: canvas.pan(2500, 1800), sharp),
            ("whole photo", canvas.fit_image, sharp),
            *[("accept", lambda: press(space), moved_on) for _ in range(3)],
            ("Data: list", lambda: window.show_screen("data"), read),
            ("Data: scroll", lambda: scroll(1.0), read),
            ("Data: grid", lambda: faces.filters.view_changed.emit(True), read),
            ("Review", lambda: window.show_screen("review"), lambda: work.review.stage.view.picture is not None),
            ("Campaign", lambda: window.show_screen("campaign"), lambda: not work.screen.reading),
            ("Label", lambda: window.show_screen("label"), shown),
        ]
        return steps


def report(found: dict[str, Result], console: Console) -> None:
    """A table, where the GUI thread was when it was late, and the line for the page of results."""
    large, small = found["large"], found["small"]
    table = Table("step", "seconds", "late at most, ms", "without waiting for a core", "peak MB", "late, small photos")
    for row, other in zip(large["steps"], small["steps"], strict=True):
        numbers = (row["seconds"], row["late"], row["own"], row["memory"])
        few = f"{other['late']:.0f} ({other['own']:.0f})"
        table.add_row(row["step"], f"{numbers[0]:.1f}", *(f"{number:.0f}" for number in numbers[1:]), few)
    console.print(table)
    for name, late, queued, seen in large["stalls"]:
        console.print(f"{name}: {late:.0f} ms, of them {queued:.0f} without a core; {seen}")

    def most(result: Result, value: str) -> float:
        return max(float(row[value]) for row in result["steps"])

    print(
        f"- TIFFs of 60 megapixels (`python -m benchmarks.large_photos`): event loop late by {most(large, 'late'):.0f} "
        f"ms at most, {most(large, 'own'):.0f} ms without waiting for a core (with photos of 1.7 megapixels: "
        f"{most(small, 'late'):.0f} and {most(small, 'own'):.0f}); memory at most {large['memory']['most']:.0f} MB, "
        f"{large['before']:.0f} before the import (small photos: {small['memory']['most']:.0f}); "
        f"load average {os.getloadavg()[0]:.1f}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--part", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if sys.platform.startswith("linux") and "DISPLAY" not in os.environ:
        server = shutil.which("xvfb-run")
        if server is None:
            parser.error("there is no display and no xvfb-run: install xvfb")
        arguments = ["-a", "-s", f"-screen 0 {SCREEN}", sys.executable, "-m", "benchmarks.large_photos", *sys.argv[1:]]
        os.execv(server, [server, *arguments])
    os.environ.pop("QT_QPA_PLATFORM", None)
    if given.part:
        project, photos, out = map(Path, given.part)
        out.write_text(json.dumps(Visit(project, photos).run()), encoding="utf-8")
        return
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="facelabel-large-") as name:
        home = Path(name)
        os.environ["FACELABEL_HOME"] = name
        settings.save(Settings(tour_seen=True))
        found = {}
        for kind, by in (("large", BY), ("small", 1)):
            console.print(f"{kind} photos: rendering")
            make_photos(home / kind, given.photos, given.seed, by)
            Project.create(home / f"{kind}-project", scheme=schemes.load("300w-68")).close()
            # A process of its own: what rendering leaves in memory is not the window's.
            part = [str(home / name) for name in (f"{kind}-project", kind, "out.json")]
            subprocess.run([sys.executable, "-m", "benchmarks.large_photos", "--part", *part], check=True)
            found[kind] = json.loads((home / "out.json").read_text(encoding="utf-8"))
            if "gave_up" in found[kind]:
                raise SystemExit(f"the step '{found[kind]['gave_up']}' came to no end")
        report(found, console)


if __name__ == "__main__":
    main()
