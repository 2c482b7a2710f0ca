"""Pictures of all screens and dialogs: ``python -m facelabel.ui.screenshots PROJECT OUT [--size 1366x768]``.

For a log without a display and for the documentation; set ``QT_QPA_PLATFORM=offscreen`` where there is no screen, and
``QT_SCALE_FACTOR=2`` for one of high density. The project is not changed: nothing trains, and a batch is only drawn
where there is none. What is wrong with a picture (texts cut off, widgets over one another, too little contrast) is
printed, and the exit code is 3 then.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from facelabel.errors import WorkerError
from facelabel.jobs.messages import JobSpec, Message
from facelabel.settings import Settings
from facelabel.ui import app, theme
from facelabel.ui.gallery import SHOTS, Shot, leave, subject
from facelabel.ui.inspection import cut_off, hard_to_read, overlapping
from facelabel.ui.job_thread import Runs
from facelabel.ui.main_window import MainWindow

CLUTTERED = 3
"""Exit code: the pictures are there, and something is wrong with one."""
SETTLE = 700
"""Milliseconds that a screen gets to decode and paint."""
PATIENCE = 60_000
"""Milliseconds that reading a page may take."""
THEMES: tuple[theme.Choice, ...] = ("light", "dark")


def take(
    project: Path, out: Path, size: tuple[int, int] = (1366, 768), *, names: Collection[str] = ()
) -> tuple[list[Path], list[str]]:
    """Write ``NAME-THEME.png`` for all of SHOTS (those of ``names`` alone, where any are given) and THEMES; ``size`` is
    width and height of the window. Returns what was written, and what is wrong with it."""
    application = app.prepare()
    out.mkdir(parents=True, exist_ok=True)
    window = MainWindow(Settings(author="annotator"), make_supervisor=_no_worker, remember=False)
    window.resize(*size)
    window.show()
    window.resize(*size)
    _open(window, project)
    window.start.show_recent([str(project)])
    written, wrong = [], []
    for choice in THEMES:
        theme.apply(application, choice)
        for shot in SHOTS:
            if names and shot.name not in names:
                continue
            _bring_up(window, shot)
            shown, path = subject(window), out / f"{shot.name}-{choice}.png"
            if shown.grab().save(str(path)):
                written.append(path)
            wrong += [
                f"{path.stem} at {size[0]}x{size[1]}: {line}"
                for line in (*cut_off(shown), *overlapping(shown), *hard_to_read(shown))
            ]
            leave(window, shot)
    window.close()
    QApplication.sendPostedEvents()
    return written, wrong


def _open(window: MainWindow, project: Path) -> None:
    window.open_project(project)
    _wait(2 * SETTLE)
    if window.workspace is None:
        raise SystemExit(f"{project} could not be opened")
    # The sitting of the pictures is all that was ever labelled.
    window.workspace.since = datetime.fromtimestamp(0, UTC)
    window.news.clear()


def _bring_up(window: MainWindow, shot: Shot) -> None:
    """Open a shot, with all that is to be read for it."""
    shot.open(window)
    _wait(SETTLE)
    waited = 0
    while shot.reading(window) and waited < PATIENCE:
        _wait(100)
        waited += 100
    window.news.clear()
    _wait(100)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _no_worker(folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> Runs:
    raise WorkerError("no training while pictures are taken")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="1366x768", help="width x height of the window")
    parser.add_argument("--only", nargs="*", default=(), metavar="NAME", help="of these alone")
    options = parser.parse_args()
    width, height = (int(side) for side in options.size.split("x"))
    written, wrong = take(options.project, options.out, (width, height), names=options.only)
    print(f"{len(written)} pictures in {options.out}", *wrong, sep="\n")
    return CLUTTERED if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
