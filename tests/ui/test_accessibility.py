"""Every control of every screen and dialog: has a name that can be read out, and can be reached with the keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QSlider,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.walking import project_with_history, walk, window_on

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTextEdit,
)


def controls(root: QWidget) -> list[QWidget]:
    def is_part(widget: QWidget) -> bool:
        parent = widget.parentWidget()
        while parent is not None and parent is not root:
            if isinstance(parent, (QAbstractSpinBox, QComboBox, QKeySequenceEdit, QLineEdit, QAbstractItemView)):
                return True
            parent = parent.parentWidget()
        return False

    def is_control(widget: QWidget) -> bool:
        takes_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return isinstance(widget, CONTROLS) or takes_focus

    found = [w for w in root.findChildren(QWidget) if is_control(w) and w.isVisible() and not is_part(w)]
    return [w for w in found if not isinstance(w, (QHeaderView, QScrollBar, QMenuBar))]


def name_of(widget: QWidget) -> str:
    """What a screen reader says: its accessible name, its own text, or the label that it is the buddy of."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.text()
    window = widget.window()
    for label in window.findChildren(QLabel):
        if label.buddy() is widget:
            return label.text()
    return ""


def where(widget: QWidget) -> str:
    chain, at = [], widget
    while at is not None and len(chain) < 4:
        chain.append(type(at).__name__)
        at = at.parentWidget()
    return f"{' in '.join(chain)} {getattr(widget, 'text', lambda: '')()!r}"


def test_every_control_has_a_name_and_can_be_reached(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, project_with_history(tmp_path))
    seen, nameless, unreachable = 0, [], []
    for shot, root in walk(qtbot, window):
        for control in controls(root):
            seen += 1
            if not name_of(control).strip():
                nameless.append(f"{shot}: {where(control)}")
            reached = control.focusPolicy() & Qt.FocusPolicy.TabFocus or control.focusProxy() is not None
            radio = isinstance(control, QAbstractButton) and control.group() is not None
            reads = (
                isinstance(control, QAbstractItemView) and control.selectionMode() == control.SelectionMode.NoSelection
            )
            if control.isEnabled() and not reached and not radio and not reads:
                unreachable.append(f"{shot}: {where(control)}")
    assert seen > 100
    assert sorted(set(nameless)) == []
    assert sorted(set(unreachable)) == []


def test_tab_goes_round_every_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    """From control to control and back to the first, past every one that is enabled."""
    window = window_on(qtbot, project_with_history(tmp_path))
    for shot, root in walk(qtbot, window):
        if root is window:
            continue
        reachable = [w for w in controls(root) if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        # Of a group of radio buttons Tab reaches the one that is chosen, arrows the others.
        wanted = {w for w in reachable if not (isinstance(w, QAbstractButton) and w.group() is not None)}
        met, at = set(), root.nextInFocusChain()
        while at is not root and at not in met:
            met.add(at)
            at = at.nextInFocusChain()
        assert wanted <= met, f"{shot}: {[where(w) for w in wanted - met]}"
