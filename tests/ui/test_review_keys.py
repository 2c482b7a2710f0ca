"""Keys of the Review screen are those of the registry: told, set by a person, checked screen by screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facelabel.desk.actions import BY_ID, of_screen
from facelabel.store import reviews
from facelabel.ui.dialogs.keys_dialog import KeysDialog
from facelabel.ui.key_map import KeyMap
from facelabel.ui.review.review_screen import ReviewScreen
from tests.ui.reviewing import LONG, key, make_project, open_id, screen_on, settle
from tests.ui.shell import FakeWorker, open_project, show
from tests.ui.shell import make_project as make_shell_project


def keys_with(*chosen: tuple[str, str]) -> KeyMap:
    keys = KeyMap()
    for action_id, one in chosen:
        keys = keys.with_keys(BY_ID[action_id], [one])
    return keys


def places(screen: ReviewScreen) -> list[QWidget]:
    return [screen.panel.list, screen.details.history, screen.details.findings]


def test_own_keys_work_and_the_old_ones_no_more(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        screen.set_keys(keys_with(("review-accept", "K"), ("review-undo", "Ctrl+U"), ("review-model", "M")))
        key(screen, Qt.Key.Key_Space)
        settle(qtbot, screen)
        assert open_id(screen) == ids[1], "Space does nothing now"
        key(screen, Qt.Key.Key_M)
        assert screen.stage.view.shown == ("label",)
        assert screen.bar.accept.text() == "Accept  (K)"
        told = [label.text() for label in screen.overlay._keys.values()]
        assert {"K", "M", "Ctrl+U"} <= set(told)
        with qtbot.waitSignal(screen.changed, timeout=LONG):
            key(screen, Qt.Key.Key_K)
        settle(qtbot, screen)
        assert "Ctrl+U takes it back." in screen.bar.said.text()
        with project.reading() as s:
            assert set(reviews.newest_of(s)) == {ids[1]}
        screen.set_keys(KeyMap())
        assert screen.bar.accept.text() == "Accept  (Space)"


def test_accepting_by_key_works_from_every_list(qtbot: QtBot, tmp_path: Path) -> None:
    project, _ = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        for place in places(screen):
            before = open_id(screen)
            place.setFocus()
            with qtbot.waitSignal(screen.changed, timeout=LONG):
                QTest.keyClick(place, Qt.Key.Key_Space)
            settle(qtbot, screen)
            assert screen.panel.labels.rows[before].verdict == "accepted"


@pytest.mark.parametrize(("text", "held"), [("H", Qt.Key.Key_H), ("J", Qt.Key.Key_J)])
def test_points_are_hidden_while_the_key_is_held_wherever_the_focus_is(
    qtbot: QtBot, tmp_path: Path, text: str, held: Qt.Key
) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        screen.set_keys(keys_with(("review-hide", text)))
        for place in places(screen):
            place.setFocus()
            QTest.keyPress(place, held)
            assert screen.stage.view.hidden, place.accessibleName()
            QTest.keyRelease(place, held)
            assert not screen.stage.view.hidden, place.accessibleName()
        QTest.keyPress(screen.panel.list, held)
        screen.details.history.setFocus()
        assert not screen.stage.view.hidden, "a key that is released elsewhere must not keep the points hidden"
        assert open_id(screen) == ids[1], "no list takes the letter for a search"


def test_a_registered_action_has_a_key_or_a_gesture_and_no_conflict() -> None:
    assert KeyMap().conflicts() == {}
    assert all(action.keys or action.mouse for action in of_screen("review"))
    assert {action.id for action in of_screen("review")}.isdisjoint(action.id for action in of_screen("label"))


def test_the_same_key_may_do_something_else_on_another_screen(qtbot: QtBot, tmp_path: Path) -> None:
    make_shell_project(tmp_path / "p", 4)
    window = show(qtbot, FakeWorker())
    open_project(qtbot, window, tmp_path / "p")
    window.menus.keys()
    qtbot.waitUntil(lambda: bool(window.findChildren(KeysDialog)), timeout=LONG)
    dialog = window.findChildren(KeysDialog)[0]
    dialog.choose("review-gold")
    assert "(Review)" in dialog.caption.text()
    dialog.edit.setKeySequence(QKeySequence("V"))
    assert "is free" in dialog.message.text(), "V is the Label screen's"
    dialog.replace.click()
    assert window.settings.keys == {"review-gold": ["V"]}
    work = window.workspace
    assert work is not None
    assert work.review.bar.gold.text() in ("Gold  (V)", "Gold")
    dialog.choose("review-second")
    dialog.edit.setKeySequence(QKeySequence("V"))
    assert "Gold face" in dialog.message.text(), "taken on its own screen"
    dialog.take.click()
    assert window.settings.keys == {"review-gold": [], "review-second": ["3", "V"]}
    dialog.choose("review-gold")
    dialog.reset.click()
    assert window.settings.keys == {"review-second": ["3", "V"]}
