"""``python -m facelabel.ui.screenshots PROJECT OUT``: pictures of every screen, light and dark, without a display.

The demo and the documentation call it in a process of its own, with Qt's offscreen platform.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from facelabel.ui import theme
from facelabel.ui.app import make_window, prepare
from facelabel.ui.main_window import MainWindow, Screen

SCREENS: tuple[Screen, ...] = ("start", "label", "campaign")
SETTLE_MS = 1200
"""Time for pictures to be decoded and plots to be laid out."""


def take(project: Path, out: Path, size: tuple[int, int] = (1366, 768)) -> list[Path]:
    """Open the window on ``project`` and write OUT/SCREEN-THEME.png for each screen and theme."""
    application = prepare()
    window = make_window(application, None)
    window.resize(*size)
    opened = QEventLoop()
    window.project_opened.connect(opened.quit)
    QTimer.singleShot(30_000, opened.quit)
    window.open_project(project)
    opened.exec()
    try:
        return [path for name in ("light", "dark") for path in _grab(application, window, name, out)]
    finally:
        window.close()


def _grab(application: QApplication, window: MainWindow, colours: theme.Choice, out: Path) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    theme.apply(application, colours)
    written = []
    for screen in SCREENS:
        window.show_screen(screen)
        _settle()
        path = out / f"{screen}-{colours}.png"
        if not window.grab().save(str(path)):
            raise OSError(f"{path} cannot be written")
        written.append(path)
    return written


def _settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()


if __name__ == "__main__":
    with TemporaryDirectory(prefix="facelabel-home-") as home:
        os.environ["FACELABEL_HOME"] = home
        for picture in take(Path(sys.argv[1]), Path(sys.argv[2])):
            print(picture)
