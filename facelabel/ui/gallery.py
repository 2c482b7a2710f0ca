"""Every screen and dialog by name: what the pictures of the documentation show, and what the tests walk through.

Whoever adds a screen or a dialog adds a line to ``SHOTS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QToolButton, QWidget, QWizard

from facelabel.errors import FormatError
from facelabel.ui import tour
from facelabel.ui.campaign_screen import POOL, PROGRESS, SETTINGS
from facelabel.ui.data.draw_box import DrawBoxDialog
from facelabel.ui.data.screen import FACES, IMAGES, PROBLEMS
from facelabel.ui.dialogs.problems import show_problem
from facelabel.ui.keys_overlay import KeysOverlay
from facelabel.ui.main_window import MainWindow
from facelabel.ui.navigation import Screen
from facelabel.ui.tour import Tour


@dataclass(frozen=True)
class Shot:
    """``open`` brings it up; ``needs``: "nothing" or an open "project" that may be labelled; ``reading`` tells whether
    something of it is still on its way; ``leave`` takes back what closing dialogs does not."""

    name: str
    open: Callable[[MainWindow], object]
    needs: str = "project"
    reading: Callable[[MainWindow], bool] = lambda window: False
    leave: Callable[[MainWindow], object] = lambda window: None


def subject(window: MainWindow) -> QWidget:
    """What a shot is of: the dialog in front, else the window."""
    dialogs = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    return dialogs[-1] if dialogs else window


def leave(window: MainWindow, shot: Shot) -> None:
    """Close what a shot has opened."""
    shot.leave(window)
    for dialog in reversed(window.findChildren(QDialog)):
        if dialog.isVisible():
            dialog.reject()
    for shown in window.findChildren(Tour):
        if shown.isVisible():
            shown.finish()
    for overlay in window.findChildren(KeysOverlay):
        if overlay.isVisible():
            overlay.toggle()
    window.news.clear()


def _screen(name: Screen) -> Callable[[MainWindow], None]:
    return lambda window: window.show_screen(name)


def _campaign(page: int) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        window.show_screen("campaign")
        if window.workspace is not None:
            window.workspace.screen.show_page(page)

    return show


def _data(page: int) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        window.show_screen("data")
        if window.workspace is not None:
            window.workspace.data.show_page(page)

    return show


def _grid(window: MainWindow, on: bool) -> None:
    _data(FACES)(window)
    if window.workspace is not None:
        buttons = window.workspace.data.faces.filters.findChildren(QToolButton)
        [button for button in buttons if button.isCheckable()][int(on)].click()


def _draw_box(window: MainWindow) -> None:
    """Boxes drawn by hand into a photo, here the one on the desk."""
    work = window.workspace
    if work is not None and work.label is not None and work.label.bench.face is not None:
        picture = work.label.bench.face.picture
        DrawBoxDialog(picture.path, picture.size, work.background, window).open()


def _review_keys(window: MainWindow) -> None:
    window.show_screen("review")
    if window.workspace is not None:
        window.workspace.review.overlay.toggle()


def _looks_up(window: MainWindow) -> bool:
    return window.workspace is not None and window.workspace.data.reading


def _reads(window: MainWindow) -> bool:
    return window.workspace is not None and window.workspace.screen.reading


def _tour(stop: int) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        shown = tour.start(window)
        for _ in range(stop):
            shown.go(1)

    return show


def _start_tour(window: MainWindow) -> None:
    window.show_screen("start")
    Tour(window, tour.start_stops(window)).begin()


def _keys(window: MainWindow) -> None:
    window.show_screen("label")
    if window.workspace is not None and window.workspace.label is not None:
        window.workspace.label.overlay.toggle()


def _act(window: MainWindow, action: str) -> None:
    """What a key of the desk does."""
    window.show_screen("label")
    if window.workspace is not None and window.workspace.label is not None:
        next(one for one in window.workspace.label.actions() if one.objectName() == action).trigger()


def _wizard(page: int) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        work = window.workspace
        window.menus.new_project("" if work is None else str(work.project.thumbnails_folder.parent))
        (wizard,) = (one for one in window.findChildren(QWizard) if one.isVisible())
        wizard.setStartId(page)
        wizard.restart()

    return show


def _problem(window: MainWindow) -> None:
    show_problem(window, FormatError("no boxes in this file", where="boxes.csv", line=1, cure="give one line a face"))


SHOTS: tuple[Shot, ...] = (
    Shot("start", _screen("start"), "nothing"),
    Shot("label", _screen("label")),
    Shot("label-group", lambda window: _act(window, "group-pass"), leave=lambda window: _act(window, "group-pass")),
    Shot("review", _screen("review")),
    Shot("data", _data(FACES), reading=_looks_up),
    Shot("review-keys", _review_keys),
    Shot(
        "data-grid",
        lambda window: _grid(window, True),
        reading=_looks_up,
        leave=lambda window: _grid(window, False),
    ),
    Shot("draw-box", _draw_box),
    Shot("data-images", _data(IMAGES), reading=_looks_up),
    Shot("data-problems", _data(PROBLEMS), reading=_looks_up),
    Shot("campaign", _campaign(PROGRESS), reading=_reads),
    Shot("campaign-pool", _campaign(POOL), reading=_reads),
    Shot("campaign-settings", _campaign(SETTINGS), reading=_reads),
    Shot("keys-overlay", _keys),
    Shot("history", lambda window: _act(window, "history")),
    *(Shot(f"tour-{stop + 1}", _tour(stop)) for stop in range(7)),
    Shot("tour-start", _start_tour, "nothing"),
    Shot("settings", lambda window: window.menus.settings(), "nothing"),
    Shot("keys", lambda window: window.menus.keys(), "nothing"),
    Shot("about", lambda window: window.menus.about(), "nothing"),
    *(
        Shot(f"new-project-{page}", _wizard(number), "nothing")
        for number, page in enumerate(("photos", "scheme", "faces", "campaign"))
    ),
    Shot("work", lambda window: window.menus.work_so_far()),
    Shot("import", lambda window: window.menus.import_photos()),
    Shot("export", lambda window: window.menus.export_labels()),
    Shot("problem", _problem, "nothing"),
)
