"""Keys that a person sets: what they do at the desk at once, conflicts, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from facelabel import settings as settings_file
from facelabel.desk.actions import ACTIONS, BY_ID
from facelabel.store.project import Project
from facelabel.ui import empty_words
from facelabel.ui.canvas import words
from facelabel.ui.dialogs.keys_dialog import KeysDialog
from facelabel.ui.key_map import KeyMap, native, portable, settable
from facelabel.ui.main_window import MainWindow
from facelabel.ui.reasons import skip_reasons
from tests.ui.labelling import key, make_project, screen_on
from tests.ui.shell import LONG, FakeWorker, campaign_status, open_project, show
from tests.ui.shell import make_project as make_shell_project

SETTABLE = [action for action in ACTIONS if settable(action)]
KEYS = st.sampled_from(["A", "D", "X", "Q", "Ctrl+Z", "Space", "F5", "Shift+X", "no such key", ""])


def test_no_two_actions_of_the_registry_share_a_key() -> None:
    assert KeyMap().conflicts() == {}


@given(st.lists(st.tuples(st.sampled_from(SETTABLE), st.lists(KEYS, max_size=3)), max_size=6))
def test_taking_keys_never_makes_a_conflict_among_those_that_can_be_set(changes: list) -> None:  # type: ignore[type-arg]
    keys = KeyMap()
    for action, wanted in changes:
        keys = keys.with_keys(action, wanted)
        assert list(map(portable, keys.of(action))) == [k for k in dict.fromkeys(map(portable, wanted)) if k]
    assert keys.conflicts() == {}
    assert KeyMap(keys.own).own == keys.own
    assert keys.reset().own == {}


def test_what_a_settings_file_says_of_no_action_or_no_key_is_left_out() -> None:
    keys = KeyMap({"nothing": ["Q"], "nudge-1": ["Q"], "skip": ["Qqq", "Q"], "snap": ["W"]})
    assert keys.own == {"skip": ["Q"]}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, scheme="300w-68", count=3) as made:
        yield made


def test_own_keys_work_at_the_desk_and_the_old_ones_no_more(qtbot: QtBot, project: Project) -> None:
    with screen_on(qtbot, project) as screen:
        screen._settings.keys = KeyMap().with_keys(BY_ID["next-landmark"], ["Q"]).own
        screen.apply_settings()
        current = 3
        screen.canvas.set_current(current)
        key(screen, Qt.Key.Key_Tab)
        assert screen.canvas.current == current
        screen.canvas.setFocus()
        key(screen, Qt.Key.Key_Q)
        assert screen.canvas.current == current + 1
        screen.overlay.toggle()
        assert "Q" in [label.text() for label in screen.overlay._keys.values()]
        screen._settings.keys = {}
        screen.apply_settings()
        screen.overlay.toggle()
        screen.canvas.setFocus()
        key(screen, Qt.Key.Key_Tab)
        assert screen.canvas.current == current + 2


def test_held_keys_can_be_set_too(qtbot: QtBot, project: Project) -> None:
    with screen_on(qtbot, project) as screen:
        screen._settings.keys = KeyMap().with_keys(BY_ID["hide"], ["G"]).own
        screen.apply_settings()
        QTest.keyPress(screen.canvas, Qt.Key.Key_H)
        assert not screen.canvas.hidden
        QTest.keyPress(screen.canvas, Qt.Key.Key_G)
        assert screen.canvas.hidden
        QTest.keyRelease(screen.canvas, Qt.Key.Key_G)
        assert not screen.canvas.hidden


@pytest.mark.parametrize("held", ["G", "Shift+G"])
def test_a_held_key_is_let_go_whatever_else_is_down(qtbot: QtBot, project: Project, held: str) -> None:
    with screen_on(qtbot, project) as screen:
        screen._settings.keys = KeyMap().with_keys(BY_ID["hide"], [held]).own
        screen.apply_settings()
        shift, none = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
        before, after = (shift, none) if "Shift" in held else (none, shift)
        QTest.keyPress(screen.canvas, Qt.Key.Key_G, before)
        assert screen.canvas.hidden
        QTest.keyRelease(screen.canvas, Qt.Key.Key_G, after)
        assert not screen.canvas.hidden


def test_what_the_desk_tells_names_the_keys_that_were_set(qtbot: QtBot, project: Project) -> None:
    with screen_on(qtbot, project) as screen:
        for keys, leaves, skips in (
            ({}, "Esc leaves", "Later (X)"),
            ({"cancel": ["F6"], "accept": ["F7"], "previous-face": ["F8"], "skip": ["Q"]}, "F6 leaves", "Later (Q)"),
            ({"cancel": [], "accept": [], "previous-face": [], "skip": ["S"]}, "", "Later"),
        ):
            screen._settings.keys = keys
            screen.apply_settings()
            accepts = KeyMap(keys).first(BY_ID["accept"])
            screen.canvas.set_mode("box")
            mode = words.of_mode(screen.canvas)
            assert mode.startswith("Boxes")
            assert mode.endswith(f" {leaves}." if leaves else "new face.")
            screen.canvas.set_mode("point")
            note = screen.group_bar._note.text()
            assert note == (f"{accepts} lets the group stand and goes on." if accepts else "")
            caption, _ = skip_reasons(screen.canvas.keys.first(BY_ID["skip"]))[0]
            assert caption.replace("&", "") == skips
            done = campaign_status(phase="finished", open_faces=0, labels=0, round=1)
            back = KeyMap(keys).first(BY_ID["previous-face"])
            assert (f"{back} goes back" in empty_words.words(done, back=back)) == bool(back)


def test_the_help_closes_with_the_key_that_opens_it(qtbot: QtBot, project: Project) -> None:
    with screen_on(qtbot, project) as screen:
        screen._settings.keys = KeyMap().with_keys(BY_ID["keys"], ["F9"]).own
        screen.apply_settings()
        key(screen, Qt.Key.Key_F9)
        qtbot.waitUntil(screen.overlay.isVisible)
        qtbot.keyClick(screen.overlay, Qt.Key.Key_F1)
        assert screen.overlay.isVisible()
        qtbot.keyClick(screen.overlay, Qt.Key.Key_F9)
        assert not screen.overlay.isVisible()


def test_letters_are_dead_while_a_text_field_has_the_focus(qtbot: QtBot, project: Project) -> None:
    with screen_on(qtbot, project) as screen:
        screen._settings.keys = KeyMap().with_keys(BY_ID["next-landmark"], ["Q"]).own
        screen.apply_settings()
        field = QLineEdit(screen)
        field.show()
        field.setFocus()
        before = screen.canvas.current, screen.bench.face
        QTest.keyClicks(field, "qdxpvn")
        assert field.text() == "qdxpvn"
        assert (screen.canvas.current, screen.bench.face) == before


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    make_shell_project(tmp_path / "p", 4)
    made = show(qtbot, FakeWorker())
    open_project(qtbot, made, tmp_path / "p")
    return made


def dialog_of(qtbot: QtBot, window: MainWindow) -> KeysDialog:
    window.menus.keys()
    qtbot.waitUntil(lambda: bool(window.findChildren(KeysDialog)), timeout=LONG)
    return window.findChildren(KeysDialog)[0]


def press(dialog: KeysDialog, text: str) -> None:
    dialog.edit.setKeySequence(QKeySequence(text))


def test_a_key_is_set_by_keyboard_and_kept(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    dialog.choose("skip")
    dialog.edit.setFocus()
    QTest.keyClick(dialog.edit, Qt.Key.Key_K)
    assert "K" in dialog.message.text()
    dialog.replace.click()
    work = window.workspace
    assert work is not None
    assert work.label is not None
    shown = next(action for action in work.label.actions() if action.objectName() == "skip")
    assert [one.toString() for one in shown.shortcuts()] == ["K"]
    assert settings_file.load().keys == {"skip": ["K"]}
    dialog.reset.click()
    assert [one.toString() for one in shown.shortcuts()] == ["X"]
    assert settings_file.load().keys == {}


def test_a_taken_key_is_told_and_can_be_taken_over(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    dialog.choose("skip")
    press(dialog, "D")
    assert "Next face" in dialog.message.text()
    assert not dialog.add.isEnabled()
    dialog.take.click()
    assert window.settings.keys == {"skip": ["X", "D"], "next-face": ["PgDown"]}
    dialog.choose("next-face")
    dialog.reset.click()
    red = [item.text(0) for item in dialog._items() if item.toolTip(1)]
    assert red == ["Next face", "Skip, ask later"]
    dialog.reset_all.click()
    assert window.settings.keys == {}


@pytest.mark.parametrize("taken", ["Ctrl+Q", "Up"])
def test_keys_of_menus_and_arrows_cannot_be_taken(qtbot: QtBot, window: MainWindow, taken: str) -> None:
    dialog = dialog_of(qtbot, window)
    dialog.choose("skip")
    press(dialog, taken)
    assert native(taken) in dialog.message.text()
    assert not dialog.add.isEnabled()
    assert not dialog.replace.isEnabled()
    assert not dialog.take.isVisible()


def test_actions_are_found_by_word_and_by_key(qtbot: QtBot, window: MainWindow) -> None:
    dialog = dialog_of(qtbot, window)
    dialog.search.setText("nudge")
    assert [item.text(0) for item in dialog._items() if not item.isHidden()] == [
        "Nudge by 1 px",
        "Nudge by 10 px",
        "Nudge by 0.1 px",
    ]
    dialog.search.setText("ctrl+0")
    assert [item.text(0) for item in dialog._items() if not item.isHidden()] == ["One image pixel, one screen pixel"]
