"""The desktop application: dressed, with bugs shown as bugs, and one window."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

import facelabel
from facelabel import settings as settings_file
from facelabel.ui import i18n, memory, theme, tour
from facelabel.ui.dialogs.problems import show_problem
from facelabel.ui.garbage import kept_to_gui_thread
from facelabel.ui.main_window import MainWindow


def main(argv: list[str] | None = None) -> int:
    """Start the window, on a project if one is named; returns the exit code. ``argv`` is without the program's name."""
    parser = argparse.ArgumentParser(prog="facelabel", description="The facelabel window.")
    parser.add_argument("project", nargs="?", type=Path, help="a project folder to open")
    return open_window(parser.parse_args(argv).project)


def open_window(project_folder: Path | None) -> int:
    """Show the window and run it to its end."""
    application = prepare()
    # Python's own handler would wait for the next event; labels are safe whenever the process ends.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window = make_window(application, project_folder)
    # Once the screen stands: a tour points at things where they are.
    window.project_opened.connect(lambda: QTimer.singleShot(0, window, lambda: tour.offer(window)))
    with bugs_shown(lambda: window), kept_to_gui_thread():
        return application.exec()


SWITCH = 0.001
"""Seconds that a thread of the store may go on when the GUI thread asks for the interpreter; Python's own is 0.005, and
a repaint asks many times (benchmarks/stalls.py)."""


def prepare() -> QApplication:
    """The one application object of this process, made if there is none yet."""
    sys.setswitchinterval(SWITCH)
    memory.keep_few_heaps()
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else _application()
    application.setApplicationName("facelabel")
    application.setApplicationDisplayName("facelabel")
    application.setApplicationVersion(facelabel.__version__)
    application.setDesktopFileName("facelabel")
    i18n.install(application)
    return application


def _application() -> QApplication:
    """Qt ends the process where it finds no display or lacks a library: then with one line and exit code 2."""
    said: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        said.append(" ".join(text.split()))
        if kind == QtMsgType.QtFatalMsg:
            print(
                f"facelabel: the window cannot be opened: {said[0]} (on a machine without a display use the commands, "
                "see facelabel --help; what is missing says facelabel doctor)",
                file=sys.stderr,
                flush=True,
            )
            os._exit(2)

    before = qInstallMessageHandler(hear)
    try:
        return QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(before)


def make_window(application: QApplication, project_folder: Path | None) -> MainWindow:
    settings = settings_file.load()
    theme.apply(application, settings.theme)
    window = MainWindow(settings)
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(lambda _: theme.apply(application, settings.theme))
    window.show()
    if project_folder is not None:
        window.open_project(project_folder)
    return window


@contextmanager
def bugs_shown(window: Callable[[], MainWindow | None]) -> Iterator[None]:
    """Inside, an exception that nobody caught opens a dialog instead of vanishing on a terminal."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        if isinstance(error, Exception):
            show_problem(window(), error.with_traceback(trace))

    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = before
