"""The Label screen: queue, canvas, landmarks and status about one workbench."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from facelabel import settings as settings_file
from facelabel.campaign.loop import Campaign, CampaignStatus
from facelabel.desk.actions import BY_ID
from facelabel.desk.desk import OpenFace
from facelabel.settings import Settings
from facelabel.store.project import Project
from facelabel.ui import empty_words
from facelabel.ui.after_paint import AfterPaint
from facelabel.ui.attribute_chips import AttributeChips
from facelabel.ui.canvas import Canvas, Picture
from facelabel.ui.canvas.markers import Look
from facelabel.ui.desk_actions import DeskActions
from facelabel.ui.desk_commands import DeskCommands
from facelabel.ui.desk_status import DeskStatus
from facelabel.ui.doubts import Doubts
from facelabel.ui.face_boxes import FaceBoxes
from facelabel.ui.group_bar import GroupBar
from facelabel.ui.group_pass import GroupPass
from facelabel.ui.heat_overlay import HeatOverlay
from facelabel.ui.i18n.said import said
from facelabel.ui.image_loader import ImageLoader, covered
from facelabel.ui.key_map import KeyMap
from facelabel.ui.keys_overlay import KeysOverlay
from facelabel.ui.landmark_table import LandmarkTable
from facelabel.ui.queue_list import QueueList
from facelabel.ui.renewal import Renewal
from facelabel.ui.review.desk_review import DeskReview
from facelabel.ui.workbench import Workbench

LOOKS = {
    "names": "show_names",
    "edges": "show_edges",
    "errors": "show_errors",
    "upright": "upright",
    "heatmap": "show_heatmap",
}
"""The settings that actions switch on and off."""
COORDINATES = 100
"""Milliseconds between two coordinates that a drag shows; the table of landmarks follows when it ends."""


class LabelScreen(QWidget):
    """Never waits for disk or decode; ``shutdown`` alone blocks, until what was decided is durable."""

    batch_completed = Signal()
    label_saved = Signal(int)
    status_changed = Signal()
    problem = Signal(str)
    dragging = Signal(bool)
    """A drag began or ended: heavy work may step back meanwhile."""

    def __init__(
        self,
        project: Project,
        campaign: Campaign,
        settings: Settings,
        loader: ImageLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._open = True
        self._drags = False
        self._detecting = ""
        self._coordinates_due = QTimer(self, interval=COORDINATES, singleShot=True)
        self._after_paint = AfterPaint(self)  # What stands beside the canvas follows it: nobody looks there first.
        self.bench = Workbench(project, campaign, settings.author, self)
        self.doubts = Doubts(self.bench, self)
        self.loader = loader
        self.review = DeskReview(project.scheme, self.bench, self.loader, self)
        self.canvas = Canvas()
        self.queue = QueueList(self.bench.queue)
        self.boxes = FaceBoxes(self.bench, self)
        self.renewal = Renewal(self.bench, self)
        self.chips = AttributeChips(project.scheme)
        self.table = LandmarkTable(project.scheme)
        self.group_pass = GroupPass(self.bench, self.canvas, self)
        self.group_bar = GroupBar(self.group_pass)
        self.status = DeskStatus()
        self._lay_out()
        self.overlay = KeysOverlay(self, "label", attributes=bool(project.scheme.attributes))
        self.heat = HeatOverlay(self.bench, self.canvas, self)
        self.commands = DeskCommands(self.bench, self.canvas, self.group_pass, self)
        handlers, per_key = self.commands.handlers(), self.commands.key_handlers()
        self._actions = DeskActions("label", self, {"canvas": (self.canvas,)}, handlers, per_key)
        self._connect()
        self.apply_settings()
        self._show_face()
        self.refresh_queue()

    # For the window

    def refresh_queue(self) -> None:
        """Read the queue anew, after a batch was drawn or predictions arrived; the open face stays as it is."""
        self.bench.refresh()

    def set_trainer_text(self, text: str, *, detecting: bool = False) -> None:
        """What the worker does now; ``detecting``: it looks for faces."""
        self.status.trainer.setText(text)
        self._detecting = text if detecting else ""
        if self.bench.face is None and not self.bench.opening:
            self.canvas.clear(self._empty())

    def actions(self) -> list[QAction]:
        """Those of the registry for the menus; ``data()`` of each is its group."""
        return self._actions.menu_actions()

    def apply_settings(self) -> None:
        """Take over the settings that it was made with, as they are now."""
        chosen = self._settings
        shown = (chosen.show_edges, chosen.show_names, chosen.show_errors, chosen.magnifier)
        self.canvas.set_look(Look(chosen.marker_size, *shown))
        keys = KeyMap(chosen.keys)
        self._actions.set_keys(keys)
        self.canvas.set_keys(keys)
        self.group_bar.show_keys(keys)
        self.overlay.show_keys(keys)
        self._actions.by_id["suggest"].setChecked(self.bench.suggesting)
        for part, name in LOOKS.items():
            self._actions.by_id[part].setChecked(getattr(chosen, name))
        if self.canvas.upright != chosen.upright:
            self.canvas.set_upright(chosen.upright)
        self.heat.set_on(chosen.show_heatmap)
        self.table.guide.set_open(chosen.show_guide)

    def flush(self) -> None:
        """Block until everything is durable. Raises StoreError, and keeps what waits, where that fails."""
        self.canvas.cancel()
        self.bench.store.flush()

    def shutdown(self) -> None:
        """Block until everything is durable (or failed once more: ask ``flush`` first), then end the threads."""
        if self._open:
            self._open = False
            self.canvas.cancel()
            self._coordinates_due.stop()
            self.doubts.shutdown()
            self.bench.shutdown()

    # Inside

    def _lay_out(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.group_bar)
        column.addWidget(self.chips)
        column.addWidget(self.review.notice)
        column.addWidget(self.canvas, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        for widget, stretch in ((self.queue, 0), (centre, 1), (self.table, 0)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, stretch)
        self.queue.setMinimumWidth(190)
        self.table.setMinimumWidth(310)
        split.setSizes([222, 714, 394])
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(split, 1)
        body.addWidget(self.status)
        self.setFocusProxy(self.canvas)

    def _connect(self) -> None:
        bench, canvas, loader = self.bench, self.canvas, self.loader
        self._coordinates_due.timeout.connect(self._show_coordinates)
        bench.opened.connect(self._show_face)
        bench.edited.connect(self._show_edit)
        bench.returned.connect(lambda: self.status.set_hint(self.tr("Back at this face: it is open again.")))
        bench.status_read.connect(self._show_status)
        bench.face_saved.connect(self.label_saved)
        bench.batch_completed.connect(self.batch_completed)
        bench.problem.connect(self.problem)
        bench.store.state_changed.connect(self._show_saved)
        bench.queue.find_picture = loader.thumbnail
        bench.queue.modelReset.connect(self._show_place)
        bench.queue.rowsInserted.connect(self._show_place)
        loader.loaded.connect(self._show_picture)
        loader.failed.connect(self._show_no_picture)
        loader.thumbnails_ready.connect(self._show_thumbnails)
        canvas.edited.connect(bench.commit)
        canvas.moving.connect(self._show_moving)
        canvas.current_changed.connect(lambda: self._after_paint(self._show_current))
        canvas.modes_changed.connect(self._show_modes)
        canvas.view_changed.connect(lambda: self._after_paint(self._show_zoom))
        canvas.detail_wanted.connect(self._sharpen)
        canvas.touched.connect(bench.touch)
        canvas.hinted.connect(self.status.set_hint)
        canvas.face_clicked.connect(bench.open)
        canvas.face_drawn.connect(self.boxes.add)
        canvas.box_changed.connect(self.boxes.change)
        self.renewal.renewed.connect(self.doubts.tell)
        self.renewal.renewed.connect(self._show_renewed)
        canvas.adjuster.changed.connect(lambda: self.status.show_view(canvas.adjuster.text()))
        self.group_pass.hinted.connect(self.status.set_hint)
        self.group_pass.changed.connect(self._show_modes)
        self.group_bar.left.connect(self.canvas.setFocus)
        self.doubts.changed.connect(self._show_doubts)
        self.table.guide.folded.connect(self._fold_guide)
        self.heat.hinted.connect(self.status.set_hint)
        self.commands.hinted.connect(self.status.set_hint)
        self.commands.look_changed.connect(self._toggle_look)
        self.commands.keys_wanted.connect(self.overlay.toggle)
        self.commands.history_wanted.connect(self.review.show_history)
        self.queue.opened.connect(self._open_chosen)
        self.table.chosen.connect(self._choose_landmark)
        self.chips.cycled.connect(self.commands.cycle_attribute)
        self.status.retry_wanted.connect(bench.store.retry)

    def _open_chosen(self, face_id: int) -> None:
        self.bench.open(face_id)
        self.canvas.setFocus()

    def _choose_landmark(self, index: int) -> None:
        self.commands.choose_landmark(index)
        self.canvas.setFocus()

    def _want_pictures(self) -> None:
        if self.bench.face is not None:
            self.loader.want(self, self.bench.face.picture, self.bench.upcoming)

    # The face on the canvas

    def _show_face(self) -> None:
        face = self.bench.face
        self._end_drag()
        self.status.set_hint("")
        if face is None:
            self.canvas.clear("" if self.bench.opening else self._empty())
        else:
            self.canvas.show_face(face.session, face.picture.size, face.others)
            picture = self.loader.picture(face.picture.path)
            if picture is None:
                self.canvas.set_picture(None, self.tr("Reading the photo…"))
                self._show_stand_in(face)
                self._want_pictures()
            else:
                self.canvas.set_picture(picture)
        self.group_pass.show_face()
        self.heat.show_face()
        self._after_paint(self._want_pictures, self._show_session, self._show_current)
        self._after_paint(self._show_zoom, self._show_place, self._show_saved)

    def _empty(self) -> str:
        """Why there is no face on the canvas."""
        back, bench = self.canvas.keys.first(BY_ID["previous-face"]), self.bench
        return empty_words.words(bench.status, reading=bench.reading, detecting=self._detecting, back=back)

    def _show_renewed(self) -> None:
        """The face that is open, as the newest model sees it; what the person looks at stays where it is."""
        face = self.bench.face
        assert face is not None
        self.canvas.renew(face.session)
        self.table.show_session(face.session)
        self.group_pass.show_face()
        self._show_coordinates()
        self._show_place()
        self.heat.show_face()
        if face.version is not None:
            self.status.set_hint(self.tr("The points are those of model v{} now.").format(face.version))

    def _show_picture(self, path: Path, picture: Picture) -> None:
        face = self.bench.face
        if face is not None and face.picture.path == path:
            self.canvas.set_picture(picture)

    def _show_no_picture(self, path: Path, reason: str) -> None:
        face = self.bench.face
        if face is not None and face.picture.path == path:
            self.canvas.set_picture(None, said(reason))

    def _show_thumbnails(self) -> None:
        self.queue.view.viewport().update()
        if self.bench.face is not None and self.canvas.picture is None:
            self._show_stand_in(self.bench.face)

    def _show_stand_in(self, face: OpenFace) -> None:
        thumbnail = self.loader.thumbnail(face.picture)
        if thumbnail is not None:
            self.canvas.set_stand_in(thumbnail.toImage(), covered(face.picture.box))

    def _sharpen(self, area: QRectF) -> None:
        if self.bench.face is not None:
            self.loader.sharpen(self, self.bench.face.picture.path, area)

    # Its edits

    def _show_edit(self) -> None:
        self._end_drag()
        self.status.set_hint("")
        self.canvas.refresh()
        self._after_paint(self._show_session, self._show_coordinates, self._show_saved)

    def _show_session(self) -> None:
        session = self.bench.session
        self.table.show_session(session)
        self.chips.show_values({} if session is None else session.attributes)
        self.chips.setEnabled(session is not None)

    def _show_doubts(self) -> None:
        self.table.model.calibration = self.doubts.known
        self.table.show_session(self.bench.session)
        self.canvas.refresh()

    def _show_moving(self) -> None:
        session = self.bench.session
        if session is not None and session.dragging != self._drags:
            self._drags = session.dragging
            self.dragging.emit(self._drags)
        if not self._coordinates_due.isActive():
            self._coordinates_due.start()

    def _end_drag(self) -> None:
        if self._drags:
            self._drags = False
            self.dragging.emit(False)

    def _show_current(self) -> None:
        self.table.show_current(self.canvas.current)
        self._show_coordinates()

    def _show_coordinates(self) -> None:
        session, current = self.bench.session, self.canvas.current
        if session is None or current is None:
            self.status.landmark.setText("")
            return
        mark = session.marks[current]
        place = f"{mark.x:.1f}, {mark.y:.1f}" if mark.present else self.tr("absent")
        self.status.landmark.setText(f"{session.scheme.landmarks[current].name}   {place}")

    # The rest of the screen

    def _show_place(self) -> None:
        """Which row of the queue is open, and what the queue is."""
        face, status = self.bench.face, self.bench.status
        self.queue.show_current(None if face is None else face.id)
        row, version = (None, None) if face is None else (self.bench.queue.row_of(face.id), face.version)
        self.status.show_face(row, version)
        self.queue.show_round(status.round if status else 0)
        if status is not None:
            self.status.show_status(status, self.bench.queue.waiting(status.round))

    def _show_status(self, status: CampaignStatus) -> None:
        self._show_place()
        if self.bench.face is None and not self.bench.opening:
            self.canvas.clear(self._empty())
        self.status_changed.emit()

    def _show_saved(self) -> None:
        bench, session = self.bench, self.bench.session
        changed = session is not None and (session.can_undo or session.can_redo)
        self.status.show_saved(bench.store, changed=changed or bool(bench.store.unsaved) or bench.has_left)

    def _show_modes(self) -> None:
        self._actions.by_id["place-mode"].setChecked(self.canvas.place_mode)
        self._actions.by_id["draw-box"].setChecked(self.canvas.box_mode)
        self._actions.by_id["group-pass"].setChecked(self.group_pass.on)
        self._actions.by_id["contour"].setChecked(self.canvas.mode == "contour")

    def _show_zoom(self) -> None:
        ratio = self.canvas.devicePixelRatioF()
        shown = self.bench.face is not None
        self.status.zoom.setText(f"{100 * self.canvas.view.scale * ratio:.0f} %" if shown else "")

    def _toggle_look(self, part: str) -> None:
        if part in LOOKS:
            setattr(self._settings, LOOKS[part], not getattr(self._settings, LOOKS[part]))
        self._keep_settings()

    def _fold_guide(self, folded: bool) -> None:
        self._settings.show_guide = not folded
        self._keep_settings()

    def _keep_settings(self) -> None:
        self.apply_settings()
        kept = self._settings.model_copy()
        self.bench.store.read(partial(settings_file.save, kept), _ignore, _ignore)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.canvas.setFocus()


def _ignore(_: object) -> None:
    """A preference that cannot be kept is no reason to stop anybody."""
