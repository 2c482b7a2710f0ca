"""Every text can be read: whole, beside nothing else, and with enough contrast, in both themes and small windows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from facelabel.ui import theme
from facelabel.ui.inspection import contrast_drawn, cut_off, hard_to_read, overlapping
from facelabel.ui.stylesheet import stylesheet
from tests.ui.walking import project_with_history, walk, window_on

ROLE = QPalette.ColorRole
PAIRS = (
    (ROLE.WindowText, ROLE.Window),
    (ROLE.Text, ROLE.Base),
    (ROLE.Text, ROLE.AlternateBase),
    (ROLE.ButtonText, ROLE.Button),
    (ROLE.ToolTipText, ROLE.ToolTipBase),
    (ROLE.PlaceholderText, ROLE.Base),
    (ROLE.HighlightedText, ROLE.Highlight),
    (ROLE.BrightText, ROLE.Window),
    (ROLE.Link, ROLE.Base),
    (ROLE.Link, ROLE.Window),
)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_pair_of_the_palette(colours: theme.Theme) -> None:
    palette = theme.palette(colours)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        for ink, ground in PAIRS:
            ratio = theme.contrast(palette.color(group, ink), palette.color(group, ground))
            assert ratio >= 4.5, (ink, ground, ratio)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_pair_of_the_style_sheet(colours: theme.Theme) -> None:
    """An ink without a ground of its own stands on the window, on a card or on a panel."""
    named = {name: colour.name() for name, colour in theme.colours(colours).items()}
    sheet = stylesheet(named, dark=colours.dark)
    checked = 0
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        for part in ("", "selection-"):
            inks = re.findall(rf"(?<![-\w]){part}color:\s*(#\w{{6}})", body)
            own = re.findall(rf"(?<![-\w]){part}background(?:-color)?:\s*(#\w{{6}})", body)
            for ink in inks:
                for ground in own or [named["window"], named["base"], named["panel"]]:
                    checked += 1
                    assert theme.contrast(QColor(ink), QColor(ground)) >= 4.5, (selector.strip(), ink, ground)
    assert checked > 30


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_every_screen_and_dialog(qtbot: QtBot, tmp_path: Path, choice: theme.Choice) -> None:
    """At the size that the window has on a small laptop."""
    window = window_on(qtbot, project_with_history(tmp_path))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    try:
        theme.apply(application, choice)
        wrong = [
            f"{shot}: {line}"
            for shot, root in walk(qtbot, window)
            for line in (*cut_off(root), *overlapping(root), *hard_to_read(root))
        ]
        assert sorted(set(wrong)) == []
    finally:
        theme.apply(application, "light")


def test_the_check_sees_what_is_wrong(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    row = QHBoxLayout(root)
    narrow, pale, fine = QLabel("a text that is much too long for it"), QLabel("pale"), QPushButton("Good")
    pale.setStyleSheet("color: #bbbbbb; background: #ffffff")
    narrow.setMaximumWidth(40)
    for widget in (narrow, pale, fine):
        row.addWidget(widget)
    outside = QLabel("outside", root)
    outside.move(10_000, 0)
    root.show()
    assert any("much too long" in line for line in cut_off(root))
    assert any("outside" in line for line in cut_off(root))
    assert [line for line in hard_to_read(root) if "pale" in line]
    assert not any("Good" in line for line in (*cut_off(root), *hard_to_read(root)))
    pale.setParent(None)
    row.addWidget(pale)
    pale.show()
    root.layout().activate()
    pale.setGeometry(fine.geometry())
    assert any("pale" in line for line in overlapping(root))


def test_contrast_is_measured_between_ink_and_ground() -> None:
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    assert contrast_drawn(image, QRect(0, 0, 60, 20)) is None
    painter = QPainter(image)
    painter.fillRect(5, 5, 10, 5, QColor("#777777"))
    painter.fillRect(30, 5, 2, 2, Qt.GlobalColor.white)
    painter.end()
    assert contrast_drawn(image, QRect(0, 0, 60, 20)) == pytest.approx(4.48, abs=0.01)
