"""One landmark group through the whole batch: the canvas is kept to it, and one key lets it stand and goes on.

Groups that are confirmed are kept with the draft of each face; with its last group a face is labelled.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from facelabel.desk import asking, picking
from facelabel.desk.session import EditSession
from facelabel.ui.canvas import Canvas
from facelabel.ui.i18n.said import said
from facelabel.ui.queue_model import Row
from facelabel.ui.workbench import Workbench


class GroupPass(QObject):
    changed = Signal()
    """The pass began or ended, came to another group, or another face has its group confirmed."""
    hinted = Signal(str)

    def __init__(self, bench: Workbench, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scheme = bench.desk.project.scheme
        self.group: str | None = None
        self._bench = bench
        self._canvas = canvas
        self._waiting: dict[int, frozenset[str]] = {}
        """By face, the groups that nobody has confirmed; a face that is missing has not been looked up."""
        bench.queue.modelReset.connect(self._look_up)
        bench.edited.connect(self._follow)
        bench.returned.connect(self._take_back)
        self.changed.connect(self._tick)

    @property
    def on(self) -> bool:
        return self.group is not None

    def toggle(self) -> None:
        """Begin with the group of the current landmark, or end the pass."""
        if self.on:
            self.stop()
        elif self._bench.session is None:
            self.hinted.emit(self.tr("There is no face to begin with."))
        else:
            current = self._canvas.current or 0
            self.start(self.scheme.landmarks[current].group)

    def start(self, group: str) -> None:
        """Go through the batch with a group."""
        self.group = group
        self._bench.route = self._route
        self._look_up()
        self.show_face()
        self.changed.emit()

    def stop(self) -> None:
        """Back to whole faces; what is confirmed stays so."""
        self.group = None
        self._bench.route = self._bench.queue.next_open
        self._canvas.focus.set_only()
        self._canvas.fit_face()
        self.changed.emit()

    def confirm(self) -> bool:
        """The group of the open face stands as it is; on to the next face that lacks it, and with the last of them to
        the next group. False while nothing can be confirmed."""
        face, group = self._bench.face, self.group
        if face is None or group is None or face.session.dragging:
            return False
        if face.state == "labelled" or face.second is not None:
            return self._bench.accept()
        if group in asking.unconfirmed(face.session):
            face.session.confirm_group(group)
            self._bench.commit()
        left = self._waiting[face.id] = frozenset(asking.unconfirmed(face.session))
        following = self._following(face.id)
        if following is None and left:
            following = min(left, key=list(self.scheme.groups).index), face.id
        if following is None:
            self.stop()
            self.hinted.emit(self.tr("Every group of these faces is confirmed."))
        elif following[0] != group:
            self.group = following[0]
            said = self.tr("“{}” is confirmed on every face. Next: “{}”.")
            self.hinted.emit(said.format(self.caption(group), self.caption(self.group)))
        if not left:
            del self._waiting[face.id]
            self._bench.accept()
        elif following is not None and following[1] != face.id:
            self._bench.leave_open()
        else:
            self.show_face()
        self.changed.emit()
        return True

    def show_face(self) -> None:
        """Keep the canvas to the group on the face that was just opened."""
        session = self._bench.session
        if self.group is None or session is None:
            return
        indices = self.scheme.groups[self.group]
        self._canvas.focus.set_only(indices)
        self._canvas.set_current(_first(session, indices))
        self._canvas.focus.fit()

    def progress(self, group: str) -> tuple[int, int]:
        """Faces of the queue on which a group is confirmed, and all of them."""
        rows = [row for row in self._bench.queue.rows if row.state in ("open", "labelled") and row.item.second is None]
        return sum(row.state == "labelled" or group not in self._lacks(row) for row in rows), len(rows)

    def _tick(self) -> None:
        rows = self._bench.queue.rows if self.on else ()
        self._bench.queue.tick(row.face_id for row in rows if self.group not in self._lacks(row))

    def caption(self, group: str) -> str:
        return said(group.replace("-", " "))

    # Which face is next

    def _lacks(self, row: Row) -> frozenset[str]:
        known = self._waiting.get(row.face_id)
        return asking.waiting(self.scheme, None, row.item.asked) if known is None else known

    def _following(self, after: int | None) -> tuple[str, int] | None:
        """The group and the face that come next; None where every other face has all of its groups confirmed."""
        rows = self._bench.queue.rows
        place = -1 if after is None else self._bench.queue.index_of(after)
        around = [*rows[place + 1 :], *rows[: place + 1]]
        names = list(self.scheme.groups)
        first = names.index(self.group) if self.group in names else 0
        for group in names[first:] + names[:first]:
            # Another group begins at the top of the queue.
            for row in around if group == self.group else rows:
                if (
                    row.state == "open"
                    and row.item.second is None
                    and row.face_id != after
                    and group in self._lacks(row)
                ):
                    return group, row.face_id
        return None

    def _route(self, after: int | None) -> int | None:
        following = self._following(after)
        return self._bench.queue.next_open(after) if following is None else following[1]

    # What is confirmed

    def _look_up(self) -> None:
        if self.on:
            asked = {row.face_id: row.item.asked for row in self._bench.queue.rows if row.state == "open"}
            self._bench.store.read(partial(self._bench.desk.unconfirmed, asked), self._take, self._without)

    def _take(self, found: dict[int, frozenset[str]]) -> None:
        # What was confirmed since the drafts were read is known better here.
        self._waiting = found | self._waiting
        self._follow()

    def _without(self, error: Exception) -> None:
        self.hinted.emit(said(str(error)))

    def _follow(self) -> None:
        """The open face knows best, whatever was read before."""
        face = self._bench.face
        if face is not None and face.second is None:
            self._waiting[face.id] = frozenset(asking.unconfirmed(face.session))
        if self.on:
            self.changed.emit()

    def _take_back(self) -> None:
        """Undo brought back a face whose last step let a group stand: that is what is undone."""
        session = self._bench.session
        step = None if session is None else session.last_step
        if step is not None and step.confirmed is not None:
            group = "".join(step.confirmed[1] - step.confirmed[0])
            self._bench.undo()
            if self.on:
                self.group = group
                self.show_face()
                self.changed.emit()


def _first(session: EditSession, indices: tuple[int, ...]) -> int:
    """The landmark of a group to begin with: the one most in doubt, else the first that is asked for."""
    doubtful = [i for i in picking.doubtful(session) if i in indices] if session.confidence is not None else []
    wanted = [i for i in asking.asked(session) if i in indices]
    return next(iter([*doubtful, *wanted, *indices]))
