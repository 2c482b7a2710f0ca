"""The registry of actions as Qt actions: one list feeds the menus, the shortcuts and the overlay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from facelabel.desk.actions import BY_ID, Action, Scope, Screen, of_screen
from facelabel.ui.key_map import KeyMap, settable
from facelabel.ui.keys_overlay import text_of

Handler = Callable[[], object]
KeyHandler = Callable[[int], object]


class DeskActions(QObject):
    """Those of one screen. ``handlers`` by action id: called without arguments; those of ``per_key`` actions with the
    place of the key.

    Raises KeyError when an action that has keys has no handler, or a handler no action.
    """

    def __init__(
        self,
        which: Screen,
        screen: QWidget,
        places: Mapping[Scope, Sequence[QWidget]],
        handlers: Mapping[str, Handler],
        per_key: Mapping[str, KeyHandler] = MappingProxyType({}),
    ) -> None:
        """``places``: where keys work that do not work all over the ``screen``."""
        super().__init__(screen)
        self._screen, self._places = screen, places
        self.by_id: dict[str, QAction] = {}
        known = of_screen(which)
        wanted = {action.id for action in known if action.keys and not action.hold}
        if wanted != set(handlers) | set(per_key):
            raise KeyError(f"actions and handlers differ: {sorted(wanted ^ (set(handlers) | set(per_key)))}")
        for action in known:
            if action.id in handlers:
                self._add(action, action.keys, handlers[action.id])
            elif action.id in per_key:
                for place, key in enumerate(action.keys):
                    self._add(action, (key,), partial(per_key[action.id], place), listed=False)

    def menu_actions(self) -> list[QAction]:
        """In the order of the registry; ``data()`` is the group, a menu's heading."""
        return list(self.by_id.values())

    def set_keys(self, keys: KeyMap) -> None:
        """Take over the keys that a person has set; menus show them by themselves."""
        for action_id, made in self.by_id.items():
            if settable(BY_ID[action_id]):
                made.setShortcuts([QKeySequence(key) for key in keys.of(BY_ID[action_id])])

    def set_enabled(self, on: bool) -> None:
        """Off while keys are for a text that is being written."""
        for made in self.by_id.values():
            made.setEnabled(on)

    def _add(self, action: Action, keys: tuple[str, ...], handler: Handler, *, listed: bool = True) -> None:
        made = QAction(text_of(action), self)
        made.setObjectName(action.id)
        made.setData(action.group)
        made.setCheckable(action.toggle)
        made.setAutoRepeat(action.repeat or action.per_key)
        made.setShortcuts([QKeySequence(key) for key in keys])
        context = Qt.ShortcutContext
        owners = self._places.get(action.scope)
        made.setShortcutContext(context.WidgetWithChildrenShortcut if owners is None else context.WidgetShortcut)
        made.triggered.connect(lambda _=False: handler())
        for owner in owners or (self._screen,):
            owner.addAction(made)
        if listed:
            self.by_id[action.id] = made
