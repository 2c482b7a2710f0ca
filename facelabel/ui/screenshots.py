"""Pictures of the screens on a project: ``python -m facelabel.ui.screenshots PROJECT OUT [--size 1366x768]``.

For a log without a display and for the documentation; set ``QT_QPA_PLATFORM=offscreen`` where there is no screen. The
project is not changed: nothing trains, and a batch is only drawn where there is none.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from facelabel.errors import WorkerError
from facelabel.jobs.messages import JobSpec, Message
from facelabel.settings import Settings
from facelabel.ui import app, theme
from facelabel.ui.campaign_screen import POOL, PROGRESS, SETTINGS
from facelabel.ui.job_thread import Runs
from facelabel.ui.main_window import MainWindow
from facelabel.ui.navigation import Screen

SETTLE = 1500
"""Milliseconds that a screen gets to decode and paint."""
PATIENCE = 60_000
"""Milliseconds that reading a page may take."""
SCREENS: tuple[tuple[str, Screen, int], ...] = (
    ("start", "start", PROGRESS),
    ("label", "label", PROGRESS),
    ("campaign", "campaign", PROGRESS),
    ("campaign-pool", "campaign", POOL),
    ("campaign-settings", "campaign", SETTINGS),
)
"""Name of the picture, screen, and page of the campaign's screen."""
THEMES: tuple[theme.Choice, ...] = ("light", "dark")


def take(project: Path, out: Path, size: tuple[int, int] = (1366, 768)) -> list[Path]:
    """Write ``NAME-THEME.png`` for all of SCREENS and THEMES; ``size`` is width and height of the window in pixels."""
    application = app.prepare()
    out.mkdir(parents=True, exist_ok=True)
    window = MainWindow(Settings(author="annotator"), make_supervisor=_no_worker, remember=False)
    window.resize(*size)
    window.show()
    window.resize(*size)
    _open(window, project)
    window.start.show_recent([str(project)])
    written = []
    for choice in THEMES:
        theme.apply(application, choice)
        for name, screen, page in SCREENS:
            window.show_screen(screen)
            _turn_to(window, page)
            _wait(SETTLE)
            path = out / f"{name}-{choice}.png"
            if window.grab().save(str(path)):
                written.append(path)
    window.close()
    QApplication.sendPostedEvents()
    return written


def _open(window: MainWindow, project: Path) -> None:
    window.open_project(project)
    _wait(SETTLE)
    if window.workspace is None:
        raise SystemExit(f"{project} could not be opened")


def _turn_to(window: MainWindow, page: int) -> None:
    """Show a page of the campaign's screen, with all that was to be read for it."""
    if window.workspace is not None:
        shown, waited = window.workspace.screen, 0
        shown.show_page(page)
        while shown.reading and waited < PATIENCE:
            _wait(100)
            waited += 100


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _no_worker(folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> Runs:
    raise WorkerError("no training while pictures are taken")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="1366x768", help="width x height of the window")
    options = parser.parse_args()
    width, height = (int(side) for side in options.size.split("x"))
    for path in take(options.project, options.out, (width, height)):
        print(path)


if __name__ == "__main__":
    main()
