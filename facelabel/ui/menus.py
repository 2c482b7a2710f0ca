"""The menu bar and what its entries do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from facelabel.campaign.loop import Campaign
from facelabel.errors import FacelabelError
from facelabel.exchange import demo
from facelabel.exchange.importing import ImportReport
from facelabel.store.project import Project
from facelabel.ui import tour
from facelabel.ui.dialogs.about import AboutDialog
from facelabel.ui.dialogs.export_dialog import ExportDialog
from facelabel.ui.dialogs.import_dialog import ImportDialog, told
from facelabel.ui.dialogs.keys_dialog import KeysDialog
from facelabel.ui.dialogs.new_project import NewProjectWizard
from facelabel.ui.dialogs.new_project_plan import Created
from facelabel.ui.dialogs.settings_dialog import SettingsDialog
from facelabel.ui.dialogs.task_dialog import TaskDialog
from facelabel.ui.dialogs.work_dialog import WorkDialog
from facelabel.ui.key_map import KeyMap, portable
from facelabel.ui.navigation import Screen

if TYPE_CHECKING:
    from facelabel.ui.main_window import MainWindow
    from facelabel.ui.workspace import Workspace

Keys = QKeySequence.StandardKey | str | None


class Menus(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._of_project: list[QAction] = []
        self._of_writable: list[QAction] = []
        bar = window.menuBar()
        self._build_file(bar.addMenu(self.tr("&File")))
        self.label_menu = bar.addMenu(self.tr("&Label"))
        self.label_menu.setEnabled(False)
        self._build_campaign(bar.addMenu(self.tr("&Campaign")))
        self._build_view(bar.addMenu(self.tr("&View")))
        help_menu = bar.addMenu(self.tr("&Help"))
        self._add(help_menu, self.tr("Take the &tour"), lambda: tour.start(window))
        self._add(help_menu, self.tr("&About facelabel"), self.about)
        self.show_project(None)

    def _build_file(self, menu: QMenu) -> None:
        self._add(menu, self.tr("&New project…"), self.new_project, QKeySequence.StandardKey.New)
        self._add(menu, self.tr("&Open a project…"), self._window.browse, QKeySequence.StandardKey.Open)
        self.recent = menu.addMenu(self.tr("Open &recent"))
        self.recent.aboutToShow.connect(self._fill_recent)
        self._add(menu, self.tr("Try the &demo"), self.try_demo)
        menu.addSeparator()
        self.import_action = self._add(menu, self.tr("&Import photos…"), self.import_photos, "Ctrl+I")
        self.detect_action = self._add(menu, self.tr("&Find faces in new photos"), self.detect)
        self.export_action = self._add(menu, self.tr("&Export labels…"), self.export_labels, "Ctrl+E")
        menu.addSeparator()
        self._add(menu, self.tr("&Settings…"), self.settings, QKeySequence.StandardKey.Preferences)
        self._add(menu, self.tr("&Keys…"), self.keys)
        close = self._add(menu, self.tr("&Close the project"), lambda: self._window.leave_project(lambda: None))
        menu.addSeparator()
        self._add(menu, self.tr("&Quit"), self._window.close, "Ctrl+Q")
        self._of_project += [self.export_action, close]
        self._of_writable += [self.import_action, self.detect_action]

    def _build_campaign(self, menu: QMenu) -> None:
        train = self._add(menu, self.tr("&Train now"), lambda: self._with(lambda work: work.train_now()), "Ctrl+T")
        finish = self._add(menu, self.tr("Train the &final model"), lambda: self._with(lambda work: work.finish()))
        finish.setToolTip(self.tr("All labels and several times the steps: for the model to end with"))
        cancel = self._add(menu, self.tr("&Cancel the job"), lambda: self._with(lambda work: work.trainer.cancel()))
        menu.addSeparator()
        self._of_project.append(self._add(menu, self.tr("&What labelling took…"), self.work_so_far))
        self._of_writable += [train, finish, cancel]

    def _build_view(self, menu: QMenu) -> None:
        """The screens in the order of the bar, each with the key of its place."""
        screens: tuple[tuple[str, Screen], ...] = (
            (self.tr("&Start"), "start"),
            (self.tr("&Label"), "label"),
            (self.tr("&Review"), "review"),
            (self.tr("&Data"), "data"),
            (self.tr("&Campaign"), "campaign"),
        )
        for place, (caption, name) in enumerate(screens, start=1):
            action = self._add(menu, caption, partial(self._window.show_screen, name), f"Ctrl+{place}")
            if name != "start":
                (self._of_writable if name == "label" else self._of_project).append(action)

    def _add(self, menu: QMenu, text: str, do: Callable[[], object], keys: Keys = None) -> QAction:
        action = QAction(text, menu)
        if keys is not None:
            action.setShortcut(keys)
        # Qt hands over whether it is checked, which no entry here wants.
        action.triggered.connect(lambda _checked=False: do())
        menu.addAction(action)
        return action

    def show_project(self, work: Workspace | None) -> None:
        """Enable what can be done with this project, or without one."""
        for action in self._of_project:
            action.setEnabled(work is not None)
        for action in self._of_writable:
            action.setEnabled(work is not None and work.label is not None)
        self.label_menu.clear()
        if work is not None and work.label is not None:
            self._fill_label_menu(work.label.actions())

    def show_screen(self, shown: Screen) -> None:
        """What is done to a face is to be seen: the Label menu is for its own screen."""
        self.label_menu.setEnabled(shown == "label" and not self.label_menu.isEmpty())

    def _fill_label_menu(self, actions: list[QAction]) -> None:
        """One submenu a group, in the order of the registry."""
        groups: dict[str, QMenu] = {}
        for action in actions:
            group = str(action.data())
            if group not in groups:
                groups[group] = self.label_menu.addMenu(self.tr(group))
            groups[group].addAction(action)

    def new_project(self, photos: str = "") -> None:
        wizard = NewProjectWizard(self._window.settings.author, Path(photos) if photos else None, self._window)
        wizard.created.connect(self._created)
        wizard.finished.connect(wizard.deleteLater)
        wizard.open()

    def try_demo(self) -> None:
        """Open the demo project of this machine; build it first if it is not there yet."""
        folder = demo.folder()
        if (folder / "project.sqlite").is_file():
            self._window.open_project(folder)
            return

        def build(report: Callable[[str, int, int], None], cancelled: Callable[[], bool]) -> Project:
            return demo.build_demo(folder, progress=report, cancelled=cancelled)

        TaskDialog(self.tr("Building the demo"), build, self._adopt, self._window).start()

    def import_photos(self) -> None:
        self._with(self._import)

    def detect(self) -> None:
        self._with(lambda work: work.detect())

    def export_labels(self) -> None:
        def ask(work: Workspace) -> None:
            dialog = ExportDialog(work.project, work.background, self._window)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        self._with(ask)

    def settings(self) -> None:
        dialog = SettingsDialog(self._window.settings, self._window)
        dialog.changed.connect(self._window.apply_settings)
        dialog.keys_wanted.connect(self.keys)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def keys(self) -> None:
        """Every action of the desk with its keys, to change them."""
        settings = self._window.settings
        own = set() if self._window.workspace is None else set(self.label_menu.findChildren(QAction))
        reserved = {
            portable(sequence.toString()): action.text().replace("&", "").removesuffix("…")
            for action in self._window.menuBar().findChildren(QAction)
            if action not in own
            for sequence in action.shortcuts()
        }

        def take(keys: KeyMap) -> None:
            self._window.apply_settings(settings.model_copy(update={"keys": keys.own}))

        dialog = KeysDialog(KeyMap(settings.keys), reserved, self._window)
        dialog.changed.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def work_so_far(self) -> None:
        author = self._window.settings.author
        self._with(lambda work: WorkDialog(work.project, work.background, author, work.since, self._window).open())

    def about(self) -> None:
        work = self._window.workspace
        folder = None if work is None else work.project.folder
        AboutDialog(self._window.make_supervisor, folder, self._window).open()

    def _import(self, work: Workspace) -> None:
        dialog = ImportDialog(work.project, self._window.settings.author, self._window)
        dialog.imported.connect(lambda report, detect: self._imported(work, report, detect))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _imported(self, work: Workspace, report: ImportReport, detect: bool) -> None:
        level = "warn" if report.refused or report.cancelled else "info"
        self._window.news.tell(told(report, self.tr), level)  # type: ignore[arg-type]
        work.refresh()
        if detect:
            work.detect()
        else:
            work.advance()

    def _created(self, created: Created) -> None:
        def show() -> None:
            self._adopt(created.project)
            work = self._window.workspace
            assert work is not None
            self._window.news.tell(told(created.report, self.tr), "warn" if created.report.refused else "info")
            if created.detect:  # The desk says how far it is, and the first face comes there by itself.
                work.detect()

        self._window.leave_project(show)

    def _adopt(self, project: Project) -> None:
        self._window.leave_project(lambda: self._window.adopt(project, Campaign(project), list(project.notices)))

    def _with(self, do: Callable[[Workspace], object]) -> None:
        if self._window.workspace is not None:
            try:
                do(self._window.workspace)
            except FacelabelError as error:
                self._window.show_problem(error)

    def _fill_recent(self) -> None:
        self.recent.clear()
        for folder in self._window.settings.recent:
            action = self.recent.addAction(folder)
            action.triggered.connect(lambda _=False, path=folder: self._window.open_project(Path(path)))
