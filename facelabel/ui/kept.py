"""Decoded photos and thumbnails that are kept as long as there is room."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values with their bytes, ``limit`` of them together and ``most`` in number; the least recently used are let
    go."""

    def __init__(self, limit: int, most: int = sys.maxsize) -> None:
        self._limit, self._most = limit, most
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self.bytes = 0

    def __contains__(self, key: Key) -> bool:
        return key in self._values

    def get(self, key: Key) -> Value | None:
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key][0]

    def put(self, key: Key, value: Value, size: int) -> None:
        """The newest is always kept."""
        self.drop(key)
        self.make_room(size)
        self._values[key] = value, size
        self.bytes += size

    def drop(self, key: Key) -> None:
        if key in self._values:
            self.bytes -= self._values.pop(key)[1]

    def drop_all(self, value: Value) -> None:
        """All keys with this very value."""
        for key in [key for key, (kept, _) in self._values.items() if kept is value]:
            self.drop(key)

    def make_room(self, size: int, spare: Iterable[Key] = ()) -> None:
        """Let go until one more, or several, of so many bytes would fit, but for ``spare``."""
        spared = set(spare)
        for key in [key for key in self._values if key not in spared]:
            if self.bytes + size <= self._limit and len(self._values) < self._most:
                break
            self.drop(key)
