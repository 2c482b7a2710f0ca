"""The window: navigation between the screens, menus, news, and the coming and going of projects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from facelabel import settings as settings_file
from facelabel.campaign.loop import Campaign
from facelabel.errors import FacelabelError, ProjectLockedError
from facelabel.jobs.supervisor import Supervisor
from facelabel.settings import Settings
from facelabel.store.project import Project
from facelabel.ui import theme
from facelabel.ui.background import Background
from facelabel.ui.dialogs.problems import show_problem
from facelabel.ui.i18n.said import said
from facelabel.ui.job_thread import MakeSupervisor
from facelabel.ui.menus import Menus
from facelabel.ui.navigation import Navigation, Screen
from facelabel.ui.news import NewsBar
from facelabel.ui.start_screen import StartScreen
from facelabel.ui.workspace import News, Workspace


class MainWindow(QMainWindow):
    project_opened = Signal()

    def __init__(
        self, settings: Settings, *, make_supervisor: MakeSupervisor = Supervisor, remember: bool = True
    ) -> None:
        """Without ``remember`` neither settings nor the window's place are kept."""
        super().__init__()
        self._remember = remember
        self.settings = settings
        self.workspace: Workspace | None = None
        self.make_supervisor = make_supervisor
        self._background = Background(self)
        self._after_job: Callable[[], object] | None = None
        self._closed = False
        self.news = NewsBar()
        self.start = StartScreen()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.navigation = Navigation()
        self.navigation.wanted.connect(self.show_screen)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.navigation)
        column.addWidget(self.news)
        column.addWidget(self.stack, 1)
        self._column = column
        self.setCentralWidget(body)
        self.menus = Menus(self)
        self.start.open_wanted.connect(lambda folder: self.open_project(Path(folder)))
        self.start.browse_wanted.connect(self.browse)
        self.start.new_wanted.connect(self.menus.new_project)
        self.start.demo_wanted.connect(self.menus.try_demo)
        self._restore()
        self.start.show_recent(self.settings.recent)
        self.show_screen("start")

    def show_screen(self, name: Screen) -> None:
        """Go to a screen; one that the open project does not have leaves the window where it is."""
        work = self.workspace
        pages: dict[Screen, QWidget | None] = {
            "start": self.start,
            "label": None if work is None else work.label,
            "review": None if work is None else work.review,
            "data": None if work is None else work.data,
            "campaign": None if work is None else work.screen,
        }
        page = pages[name]
        if page is not None:
            self._show_news_on(name)
            self.stack.setCurrentWidget(page)
            if name == "label" and work is not None:
                work.advance()
        shown = next(other for other, widget in pages.items() if widget is self.stack.currentWidget())
        allowed = {other for other, widget in pages.items() if widget is not None}
        read_only = work is not None and work.label is None
        why_not = self.tr("The project is open read-only.") if read_only else self.tr("Open a project first.")
        self.navigation.show_screens(shown, allowed, why_not)
        self.menus.show_screen(shown)

    def _show_news_on(self, name: Screen) -> None:
        """News stand above a screen; on the desk beside the canvas, where no photo moves when they come and go."""
        label = None if self.workspace is None else self.workspace.label
        if name == "label" and label is not None:
            label.table.host(self.news)
        else:
            self._column.insertWidget(1, self.news)
        self.news.setVisible(bool(self.news.texts()))  # Whoever gets another parent is hidden.

    def browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a project"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.open_project(Path(folder)))
        dialog.open()

    def open_project(self, folder: Path, *, read_only: bool = False) -> None:
        """Close the open project and open another; what goes wrong is shown, and the window stays as it was."""

        def opening() -> tuple[Project, Campaign, list[str]]:
            project = Project.open(folder, read_only=read_only)
            try:
                campaign = Campaign(project)
                return project, campaign, [*project.notices, *campaign.recover()]
            except BaseException:
                project.close()
                raise

        def failed(error: Exception) -> None:
            if isinstance(error, ProjectLockedError):
                self._offer_reading(folder, error)
            else:
                self.show_problem(error)

        self.leave_project(lambda: self._background.run(opening, lambda opened: self.adopt(*opened), failed))

    def adopt(self, project: Project, campaign: Campaign, notices: list[str]) -> None:
        """Show a project that was opened or made by somebody else; from here on the window closes it."""
        work = Workspace(project, campaign, self.settings, make_supervisor=self.make_supervisor, parent=self)
        self.workspace = work
        work.news.connect(self._tell)
        work.problem.connect(self.show_problem)
        work.trainer.changed.connect(lambda: self.navigation.trainer.setText(work.trainer.text()))
        work.trainer.ended.connect(self._go_on_after_job)
        card = work.screen.status_card
        card.label_wanted.connect(lambda: self.show_screen("label"))
        card.import_wanted.connect(self.menus.import_photos)
        card.export_wanted.connect(self.menus.export_labels)
        work.data.import_wanted.connect(self.menus.import_photos)
        work.data.export_wanted.connect(self.menus.export_labels)
        work.face_wanted.connect(self._show_on_desk)
        self.stack.addWidget(work.screen)
        self.stack.addWidget(work.review)
        self.stack.addWidget(work.data)
        if work.label is not None:
            self.stack.addWidget(work.label)
        self.news.clear()
        for notice in notices:
            self.news.tell(said(notice), "warn")
        self.navigation.project.setText(project.folder.name + (self.tr(" (read-only)") if project.read_only else ""))
        self.setWindowTitle(f"{project.folder.name} – facelabel")
        self.settings.remember(project.folder)
        self._save_settings()
        self.menus.show_project(work)
        self.show_screen("campaign" if work.label is None else "label")
        self.project_opened.emit()

    def leave_project(self, then: Callable[[], object]) -> None:
        """Close the open project and go on; while a job runs, ask first and end it cleanly."""
        if self.workspace is None:
            then()
        elif self.workspace.busy:
            self._ask_to_stop(then)
        elif self._all_saved(then):
            self._close_project()
            then()

    def show_problem(self, error: Exception) -> None:
        show_problem(self, error)

    def apply_settings(self, settings: Settings) -> None:
        """Take over changed settings at once."""
        for name in Settings.model_fields:
            setattr(self.settings, name, getattr(settings, name))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, self.settings.theme)
        if self.workspace is not None:
            self.workspace.apply_settings(self.settings)
        self._save_settings()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closed:
            event.accept()
        elif self.workspace is not None and self.workspace.busy:
            event.ignore()
            self._ask_to_stop(self.close)
        elif not self._all_saved(self.close):
            event.ignore()
        else:
            self._close_project()
            self._background.shutdown()
            if self._remember:
                self._window_state().setValue("geometry", self.saveGeometry())
            self._closed = True
            event.accept()

    def _all_saved(self, then: Callable[[], object]) -> bool:
        """Whether every decision is in the store; where it cannot be (a full disk, say), the person says what to do."""
        if self.workspace is None or self.workspace.label is None:
            return True
        try:
            self.workspace.label.flush()
            self.workspace.review.store.flush()
        except FacelabelError as error:
            box = QMessageBox(
                QMessageBox.Icon.Critical, "facelabel", self.tr("Some labels are not saved yet."), parent=self
            )
            box.setInformativeText(said(str(error)))
            again = box.addButton(self.tr("Try again"), QMessageBox.ButtonRole.AcceptRole)
            lose = box.addButton(self.tr("Close and lose them"), QMessageBox.ButtonRole.DestructiveRole)
            box.addButton(QMessageBox.StandardButton.Cancel)
            again.clicked.connect(lambda: self.leave_project(then))
            lose.clicked.connect(lambda: self._lose(then))
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.open()
            return False
        return True

    def _lose(self, then: Callable[[], object]) -> None:
        self._close_project()
        then()

    def _ask_to_stop(self, then: Callable[[], object]) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "facelabel",
            self.tr("A job is still running. Finish it later?"),
            parent=self,
        )
        box.setInformativeText(
            self.tr(
                "It is stopped cleanly and every label is saved. Training goes on when the project is opened again."
            )
        )
        stop = box.addButton(self.tr("Stop and finish later"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Keep it running"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        stop.clicked.connect(lambda: self._stop_job(then))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _stop_job(self, then: Callable[[], object]) -> None:
        if self.workspace is not None and self.workspace.busy:
            self._after_job = then
            self.workspace.trainer.cancel()
        else:
            self.leave_project(then)

    def _go_on_after_job(self) -> None:
        then, self._after_job = self._after_job, None
        if then is not None:
            self.leave_project(then)

    def _close_project(self) -> None:
        work, self.workspace = self.workspace, None
        if work is None:
            return
        self.menus.show_project(None)
        self._show_news_on("start")
        self.stack.setCurrentWidget(self.start)
        work.close()
        for screen in (work.screen, work.review, work.data, work.label):
            if screen is not None:
                self.stack.removeWidget(screen)
                screen.deleteLater()
        work.deleteLater()
        self.news.clear()
        self.navigation.project.clear()
        self.navigation.trainer.clear()
        self.setWindowTitle("facelabel")
        self.start.show_recent(self.settings.recent)
        self.show_screen("start")

    def _offer_reading(self, folder: Path, error: ProjectLockedError) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, "facelabel", said(str(error)), parent=self)
        box.setInformativeText(self.tr("Read-only shows the campaign and exports labels; nothing can be changed."))
        look = box.addButton(self.tr("Open read-only"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        look.clicked.connect(lambda: self.open_project(folder, read_only=True))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _show_on_desk(self, face_id: int) -> None:
        if self.workspace is not None and self.workspace.label is not None:
            self.show_screen("label")
            self.workspace.label.bench.open(face_id)

    def _tell(self, news: News) -> None:
        self.news.tell(news.text, news.level, action=news.action, do=news.do)

    def _save_settings(self) -> None:
        if not self._remember:
            return
        try:
            settings_file.save(self.settings)
        except OSError as error:
            self.news.tell(self.tr("The settings cannot be saved: {}").format(error.strerror), "warn")

    def _window_state(self) -> QSettings:
        return QSettings(str(settings_file.folder() / "window.ini"), QSettings.Format.IniFormat)

    def _restore(self) -> None:
        self.setWindowTitle("facelabel")
        self.setMinimumSize(900, 600)
        self.resize(1366, 768)
        geometry = self._window_state().value("geometry") if self._remember else None
        if geometry is not None:
            self.restoreGeometry(geometry)
