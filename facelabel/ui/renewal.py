"""An open face that nobody has touched gets what the newest model says of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from facelabel.desk.desk import OpenFace
from facelabel.ui.workbench import Workbench


class Renewal(QObject):
    """Looks whenever the queue was read anew. A face that was touched stays as it is: no point moves under a hand."""

    renewed = Signal()
    """The open face has another session; it is the same face."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        bench.queue.modelReset.connect(self._look)

    def _look(self) -> None:
        face = self._bench.face
        if face is not None and _untouched(face):
            self._bench.store.read(partial(self._bench.desk.open, face.id), partial(self._take, face), _ignore)

    def _take(self, was: OpenFace, now: OpenFace) -> None:
        bench = self._bench
        differs = now.version_id != was.version_id or now.blind != was.blind
        if bench.face is was and differs and not now.from_draft and _untouched(was):
            now.session.suggesting = bench.suggesting
            # The time that it took goes on.
            bench.face = replace(now, seconds=was.seconds, meter=was.meter)
            self.renewed.emit()


def _untouched(face: OpenFace) -> bool:
    """Whether the face is to be labelled and stands as it was opened."""
    session = face.session
    begun = face.from_draft or session.can_undo or session.can_redo or session.dragging
    return face.state == "open" and face.second is None and not begun


def _ignore(_: Exception) -> None:
    """The face on the desk is as good as it was."""
