"""Faces that are read before anybody asks for them, so that the next one opens at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from functools import partial

from facelabel.desk.desk import OpenFace
from facelabel.ui.store_thread import StoreThread


class ReadAhead:
    """Reads run in the store thread. What was asked for before the face was taken or forgotten is thrown away when it
    arrives: it was read before the edits that followed."""

    def __init__(self, store: StoreThread, read: Callable[[int], Callable[[], OpenFace]]) -> None:
        """``read`` gives the work that reads a face, which runs in the store thread."""
        self._store = store
        self._read = read
        self._ready: dict[int, OpenFace] = {}
        self._tickets: dict[int, int] = {}
        self._count = itertools.count()

    def __contains__(self, face_id: int) -> bool:
        return face_id in self._ready

    def fetch(self, face_ids: Iterable[int]) -> None:
        """These are the next ones; any other that was read before is let go."""
        wanted = list(face_ids)
        for passed in set(self._tickets).difference(wanted):
            self.take(passed)
        for face_id in wanted:
            if face_id not in self._tickets:
                ticket = self._tickets[face_id] = next(self._count)
                self._store.read(self._read(face_id), partial(self._keep, ticket), _ignore)

    def take(self, face_id: int) -> OpenFace | None:
        """The face if it is ready; from now on it is read anew."""
        self._tickets.pop(face_id, None)
        return self._ready.pop(face_id, None)

    def forget_all(self) -> None:
        """New predictions may have come for any of them."""
        self._tickets.clear()
        self._ready.clear()

    def _keep(self, ticket: int, face: OpenFace) -> None:
        if self._tickets.get(face.id) == ticket:
            self._ready[face.id] = face


def _ignore(_: Exception) -> None:
    """A face that cannot be read ahead says so when it is opened."""
