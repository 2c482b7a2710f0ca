"""Which keys do what: the registry's, and those that a person has set in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QKeySequence

from facelabel.desk.actions import ACTIONS, BY_ID, Action, Screen, of_screen


def portable(key: str) -> str:
    """A key sequence as ``QKeySequence`` writes it on every platform; empty for one that it does not know."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def native(key: str) -> str:
    """As this platform writes it. Return is the Enter key of the main block: one word for both."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return "Enter" if text == "Return" else text


def settable(action: Action) -> bool:
    """Whether a person may choose its keys: not those whose keys each do something else, and not gestures."""
    return bool(action.keys) and not action.per_key


class KeyMap:
    """``own`` holds keys by action id as in ``Settings.keys``; what is no action or no key in it is left out."""

    def __init__(self, own: Mapping[str, Sequence[str]] | None = None) -> None:
        self._own = {id: _known(keys) for id, keys in (own or {}).items() if id in BY_ID and settable(BY_ID[id])}

    @property
    def own(self) -> dict[str, list[str]]:
        """What differs from the registry, for ``Settings.keys``."""
        return {id: list(keys) for id, keys in self._own.items()}

    def of(self, action: Action) -> tuple[str, ...]:
        return self._own.get(action.id, action.keys)

    def first(self, action: Action) -> str:
        """The key that is told of an action, as this platform writes it; empty where it has none."""
        return next(map(native, self.of(action)), "")

    def users(self, key: str, screen: Screen) -> list[Action]:
        """The actions of a screen that have a key, in the order of the registry."""
        wanted = portable(key)
        return [action for action in of_screen(screen) if wanted and wanted in map(portable, self.of(action))]

    def conflicts(self) -> dict[tuple[Screen, str], list[Action]]:
        """Keys, as ``portable`` writes them, that several actions of one screen have: none of these works there."""
        every = sorted({(action.screen, portable(key)) for action in ACTIONS for key in self.of(action)})
        return {(screen, key): users for screen, key in every if len(users := self.users(key, screen)) > 1}

    def is_own(self, action: Action) -> bool:
        return action.id in self._own

    def with_keys(self, action: Action, keys: Iterable[str]) -> KeyMap:
        """``action`` has these keys and no others; whoever else on its screen may be set loses them."""
        chosen = _known(keys)
        own: dict[str, Sequence[str]] = {**self._own, action.id: chosen}
        users = {user.id for key in chosen for user in self.users(key, action.screen) if settable(user)}
        for other in users - {action.id}:
            own[other] = [key for key in self.of(BY_ID[other]) if portable(key) not in map(portable, chosen)]
        return KeyMap({id: keys for id, keys in own.items() if list(map(portable, keys)) != _portable(BY_ID[id])})

    def reset(self, action: Action | None = None) -> KeyMap:
        """As the registry has it: one action, or all."""
        return KeyMap({} if action is None else {id: keys for id, keys in self._own.items() if id != action.id})


def _known(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in keys if portable(key)))


def _portable(action: Action) -> list[str]:
    return list(map(portable, action.keys))
