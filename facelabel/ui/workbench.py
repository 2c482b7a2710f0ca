"""What the label screen works on: which face is open, what left the desk, and what is on its way to the store.

No widget here. Every read and write runs in the store thread; this object only ever waits in ``shutdown``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from facelabel.campaign.loop import Campaign, CampaignStatus, QueueItem
from facelabel.desk.activity import ActivityClock
from facelabel.desk.desk import Desk, FacePicture, OpenFace, draft_content
from facelabel.desk.marks import Step
from facelabel.desk.second import GoldFeedback, SecondDesk
from facelabel.desk.session import EditSession
from facelabel.desk.work import WorkMeter
from facelabel.store.project import Project
from facelabel.store.work import GroupWork
from facelabel.ui.i18n.said import said
from facelabel.ui.queue_model import QueueModel, Row
from facelabel.ui.read_ahead import ReadAhead
from facelabel.ui.reasons import TAKEN_BACK
from facelabel.ui.store_thread import StoreThread

_AHEAD = 2
"""Faces that are read before anybody asks for them."""
_RETURNS = 50
"""Faces that undo can bring back."""


@dataclass(frozen=True)
class _Departure:
    """A face that left the desk, with its session and its history; ``drawn``: for a face whose box was drawn then."""

    face: OpenFace
    seconds: float
    drawn: int | None = None


class Workbench(QObject):
    opened = Signal()
    """Another face is on the desk, or none."""
    edited = Signal()
    """The session of the open face changed by a committed step, undo or redo."""
    returned = Signal()
    """Undo brought a face back."""
    status_read = Signal(object)
    """A CampaignStatus."""
    face_saved = Signal(int)
    """The label of a face is committed."""
    batch_completed = Signal()
    gold_answered = Signal(object)
    """The GoldFeedback of a gold face that was just accepted."""
    problem = Signal(str)

    def __init__(self, project: Project, campaign: Campaign, author: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = Desk(project, author)
        self.queue = QueueModel()
        self.store = StoreThread(self)
        self.face: OpenFace | None = None
        self.status: CampaignStatus | None = None
        self.suggesting = True
        """Whether untouched landmarks follow corrections, face after face."""
        self.route: Callable[[int | None], int | None] = self.queue.next_open
        """Which open face follows another."""
        self._campaign = campaign
        self._clock = ActivityClock()
        self._opening: int | None = None
        self._ahead = ReadAhead(self.store, self._reading)
        self._left: list[_Departure] = []
        self._leaving: set[int] = set()
        """Faces whose departure is not committed: a queue that was read before still calls them open."""
        self._completed: int | None = None
        self._told = ""
        self._reads = 0
        self.store.state_changed.connect(self._tell_failure)

    @property
    def session(self) -> EditSession | None:
        return None if self.face is None else self.face.session

    @property
    def opening(self) -> bool:
        """Whether a face is on its way to the desk."""
        return self._opening is not None

    @property
    def reading(self) -> bool:
        """Whether the queue is being read anew: what it says now may not hold any longer."""
        return self._reads > 0

    @property
    def seconds(self) -> float:
        """Active time on the open face."""
        return self._clock.seconds

    @property
    def upcoming(self) -> list[FacePicture]:
        """The pictures of the faces that come next."""
        return [row.picture for row in self._next_rows() if row.picture is not None]

    @property
    def has_left(self) -> bool:
        """Whether any face has left the desk since the window opened."""
        return bool(self._left)

    def touch(self) -> None:
        """The person did something."""
        self._clock.touch()

    # The queue

    def refresh(self) -> None:
        """Read the queue anew: a batch was drawn, or predictions arrived, which faces that were read ahead get too."""
        self._ahead.forget_all()
        self._reads += 1
        self.store.read(self._read_queue, self._take_queue, self._without_queue)

    def _read_queue(self) -> tuple[list[QueueItem], dict[int, FacePicture]]:
        items = self._campaign.queue(author=self.desk.author)
        return items, self.desk.pictures([item.face_id for item in items])

    def _take_queue(self, read: tuple[list[QueueItem], dict[int, FacePicture]]) -> None:
        items, pictures = read
        waiting = [item for item in items if item.face_id not in self._leaving]
        self.queue.show(waiting, pictures, None if self.face is None else self.face.id)
        if self.face is None and self._opening is None:
            self._open_next(None)
        else:
            self._read_ahead()
        # After the face: in a large project the counts take longer than all the rest.
        self.store.read(self._campaign.status, self._refreshed, self._without_queue)

    def _refreshed(self, status: CampaignStatus) -> None:
        self._reads -= 1
        self._take_status(status)

    def _without_queue(self, error: Exception) -> None:
        self._reads -= 1
        self._fail(error)

    def _take_status(self, status: CampaignStatus) -> None:
        self.status = status
        self.status_read.emit(status)
        if status.phase == "ready-to-train":
            if self._completed != status.round:
                self._completed = status.round
                self.batch_completed.emit()
        elif self._completed == status.round and status.phase == "labelling":
            self._completed = None

    def _next_rows(self) -> list[Row]:
        rows, face_id = [], None if self.face is None else self.face.id
        for _ in range(_AHEAD):
            face_id = self.route(face_id)
            row = None if face_id is None else self.queue.row_of(face_id)
            if row is None:
                break
            rows.append(row)
        return rows

    # Opening

    def _reading(self, face_id: int) -> Callable[[], OpenFace]:
        """The work that reads a face: for its label, or for the second label that the queue asks for."""
        return partial(self.desk.open, face_id, self.queue.second_of(face_id))

    def _desk_of(self, face: OpenFace) -> Desk | SecondDesk:
        """Where what is decided about a face is written."""
        return self.desk if face.second is None else SecondDesk(self.desk.project, self.desk.author, face.second)

    def open(self, face_id: int) -> None:
        """Put a face on the desk; what was done to the one before is saved already."""
        if self.face is not None and self.face.id == face_id and self.queue.asks_for(self.face):
            self._opening = None
            return
        self._opening = face_id
        ready = self._ahead.take(face_id)
        if ready is not None and self.queue.asks_for(ready):
            self._put(ready)
        else:
            self.store.read(self._reading(face_id), self._put_if_wanted, self._could_not_open)

    def open_beside(self, by: int) -> bool:
        """The next (1) or previous (-1) face of the queue; whether there is one."""
        at = self._opening if self._opening is not None else None if self.face is None else self.face.id
        if (face_id := self.queue.beside(at, by)) is not None:
            self.open(face_id)
        return face_id is not None

    def _put_if_wanted(self, face: OpenFace) -> None:
        if face.id == self._opening and self.queue.asks_for(face):
            self._put(face)

    def _put(self, face: OpenFace, seconds: float | None = None) -> None:
        self._opening = None
        self._keep_time()
        self.face, self.queue.own = face, self.queue.own if self.queue.own == face.id else None
        face.session.suggesting = self.suggesting
        self._clock = ActivityClock(face.seconds if seconds is None else seconds)
        self.opened.emit()
        self._read_ahead()

    def _keep_time(self) -> None:
        """A face that is left undecided, and edited: its draft takes the time since the last edit too."""
        face = self.face
        if face is not None and face.id not in self._leaving and face.session.can_undo:
            write = partial(self._desk_of(face).save_draft, face.id, self._content())
            self.store.write(write, key=("draft", face.id))
            self._ahead.take(face.id)

    def _open_next(self, after: int | None) -> None:
        following = self.route(after)
        if following is not None:
            if following not in self._ahead and self.face is not None:
                # The face that left must not take the keys that come before the next one is there.
                self.face, self._opening = None, following
                self.opened.emit()
            self.open(following)
        else:
            if self.face is not None:
                self.face = None
                self.refresh()
            self.opened.emit()

    def _could_not_open(self, error: Exception) -> None:
        self._opening = None
        self._fail(error)
        if self.face is None:
            self.opened.emit()

    def _read_ahead(self) -> None:
        self._ahead.fetch(row.face_id for row in self._next_rows())

    # Edits

    def commit(self) -> None:
        """A step was committed: count it, and keep it, in the store, history included."""
        if self.face is not None:
            self.face.meter.edited(self.face.session.last_step, self.seconds)
            self._keep()

    def _content(self, *, counted: bool = True) -> dict[str, Any]:
        """The draft of the open face; without ``counted``, what it took so far is told elsewhere."""
        assert self.face is not None
        face, seconds = self.face, self.seconds
        meter = face.meter if counted else WorkMeter(face.session.scheme, seconds)
        return draft_content(face.session, face.version_id, seconds, meter.to_content())

    def _keep(self) -> None:
        assert self.face is not None
        session, face = self.face.session, self.face
        content = self._content()
        if session.box != face.picture.box:
            picture = replace(face.picture, box=session.box)
            self.face = replace(face, picture=picture)
            self.queue.set_picture(face.id, picture)
            self.store.write(partial(self._desk_of(face).change_box, face.id, session.box, content))
        else:
            self.store.write(partial(self._desk_of(face).save_draft, face.id, content), key=("draft", face.id))
        self._ahead.take(face.id)
        self.edited.emit()

    def undo(self, *, across: bool = True) -> str | None:
        """What was undone: the last step; with none left, ``across`` faces, the one that left the desk last is back."""
        session = self.session
        if session is not None and session.dragging:
            return None
        if session is not None and (name := self._travel(session, session.last_step, session.undo)) is not None:
            return name
        if not self._left or not across:
            return None
        left = self._left.pop()
        if left.drawn is not None:
            return self._take_back(left, left.drawn)
        self._leaving.discard(left.face.id)
        face = replace(left.face, state="open", meter=WorkMeter(left.face.session.scheme, left.seconds))
        face.meter.skip(face.session.last_step)
        content = draft_content(face.session, face.version_id, left.seconds, face.meter.to_content())
        self.store.write(partial(self._desk_of(face).reopen, face.id, content), self._after_write)
        if self.queue.row_of(face.id) is None and self.status is not None:
            item = QueueItem(face.id, face.image_id, 0, None, "", False, "open", self.status.round)
            self.queue.insert_after(None, Row(item, face.picture, by_hand=True))
        self.queue.set_state(face.id, "open")
        self._put(face, left.seconds)
        self.returned.emit()
        return "face"

    def redo(self) -> str | None:
        return None if self.session is None else self._travel(self.session, None, self.session.redo)

    def _travel(self, session: EditSession, leaves: Step | None, travel: Callable[[], str | None]) -> str | None:
        """Undo (the step that ``leaves``) or redo; its name, None where there is none."""
        name, face = travel(), self.face
        step = leaves or session.last_step
        if name is not None and step is not None and face is not None:
            face.meter.travelled(step, session.last_step, self.seconds)
            self._keep()
        return name

    def drew(self, beside: OpenFace, seconds: float, face_id: int) -> None:
        """A box that was drawn while ``beside`` was open became a face: open it; undo takes it back."""
        self._left = [*self._left, _Departure(beside, seconds, face_id)][-_RETURNS:]
        self.open(face_id)

    def _take_back(self, left: _Departure, drawn: int) -> str:
        """The drawn box is no face, and the face beside it is open again; one that was left comes back first."""
        if self.face is not None and self.face.id != drawn and self.queue.row_of(drawn) is not None:
            self._left.append(left)
            self.open(drawn)
            return "face"
        self.store.write(partial(self.desk.reject, drawn, TAKEN_BACK), self._after_write)
        self.queue.remove(drawn)
        self._put(left.face, left.seconds)
        return "box"

    # Leaving

    def accept(self) -> bool:
        """The face is labelled as it stands; the next one is opened. False while nothing can be accepted."""
        face = self.face
        if face is None or face.session.dragging:
            return False
        if face.state == "labelled" and not face.session.can_undo:
            self._open_next(face.id)
            return True
        told: dict[str, Any] = {"version_id": face.version_id, "seconds": self.seconds, "spent": self._spent()}
        self._leave("labelled", partial(self._desk_of(face).accept, face.id, face.session.record(), **told))
        return True

    def leave_open(self) -> None:
        """On to the next face; this one waits for more, and undo comes back to it."""
        if self.face is not None:
            self._left = [*self._left, _Departure(self.face, self.seconds)][-_RETURNS:]
            self._open_next(self.face.id)

    def skip(self, reason: str | None = None) -> None:
        if self.face is not None and not self.face.session.dragging:
            told: dict[str, Any] = {"reason": reason, "spent": self._spent(), "content": self._draft_left()}
            self._leave("skipped", partial(self._desk_of(self.face).skip, self.face.id, **told))

    def reject(self, reason: str) -> None:
        if self.face is not None and not self.face.session.dragging:
            told: dict[str, Any] = {"seconds": self.seconds, "spent": self._spent(), "content": self._draft_left()}
            self._leave("rejected", partial(self._desk_of(self.face).reject, self.face.id, reason, **told))

    def _spent(self) -> tuple[GroupWork, ...]:
        assert self.face is not None
        return self.face.meter.groups(self.seconds, self.face.session.shape)

    def _draft_left(self) -> dict[str, Any] | None:
        """What a face that leaves unlabelled may be gone on with, where anything was done to it."""
        assert self.face is not None
        session = self.face.session
        return self._content(counted=False) if session.can_undo or session.can_redo else None

    def _leave(self, state: str, write: Callable[[], GoldFeedback | None]) -> None:
        assert self.face is not None
        face = self.face
        # Whoever was told the right answer does not give it again.
        if face.second is None or face.second.kind != "gold":
            self._left = [*self._left, _Departure(face, self.seconds)][-_RETURNS:]
        self._ahead.take(face.id)
        self._leaving.add(face.id)
        self.store.write(write, partial(self._departed, face.id, state))
        self.queue.set_state(face.id, state)
        self._open_next(face.id)

    def _departed(self, face_id: int, state: str, feedback: GoldFeedback | None) -> None:
        self._leaving.discard(face_id)
        if feedback is not None:
            self.gold_answered.emit(feedback)
        if state == "labelled":
            self.face_saved.emit(face_id)
        self._after_write(None)

    def _after_write(self, _: object) -> None:
        self.store.read(self._campaign.status, self._take_status, self._fail)

    # Ends and errors

    def shutdown(self) -> None:
        """Blocks until every write is durable, or has failed once more. Nothing is told afterwards."""
        self._keep_time()
        self.store.close()

    def _tell_failure(self) -> None:
        told = "" if self.store.error is None else said(str(self.store.error))
        if told and told != self._told:
            self.problem.emit(self.tr("Not saved: {}").format(told))
        self._told = told

    def _fail(self, error: Exception) -> None:
        self.problem.emit(said(str(error)))
