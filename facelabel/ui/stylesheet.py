"""The little that the palette cannot say: spacing, rounded corners and focus rings. Colours come from the theme."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from facelabel import assets

_SHEET = Template("""
QToolTip { background: $base; color: $text; border: 1px solid $line; padding: 4px 6px; }
QPushButton, QToolButton[text-button="true"] {
    background: $base; border: 1px solid $line; border-radius: 6px; padding: 6px 14px; min-height: 18px;
}
QPushButton:hover { background: $panel; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:disabled { color: $dim_text; background: $window; }
QPushButton[role="primary"] { background: $accent; color: $accent_text; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent; border-color: $text; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $panel; color: $dim_text; border-color: $line; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: $accent; }
QPushButton[role="quiet"]:hover { background: $panel; }
QPushButton[role="quiet"]:focus { border: 2px solid $accent; }
QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QListView, QTableView {
    background: $base; border: 1px solid $line; border-radius: 6px; selection-background-color: $accent;
    selection-color: $accent_text;
}
QLineEdit, QComboBox { padding: 4px 8px; min-height: 20px; }
QAbstractSpinBox { padding: 4px 2px; min-height: 20px; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus {
    border: 2px solid $accent;
}
QLineEdit[invalid="true"], QComboBox[invalid="true"], QSpinBox[invalid="true"], QDoubleSpinBox[invalid="true"] {
    border: 2px solid $error;
}
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $base; border: 1px solid $line; selection-background-color: $accent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 22px; }
QAbstractSpinBox::up-arrow { image: url("$icons/chevron-up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 10px; height: 10px; }
QAbstractSpinBox:disabled, QComboBox:disabled, QLineEdit:disabled { background: $window; color: $dim_text; }
QTableView[role="plain"], QListView[role="plain"] { border: none; }
QTableView[role="plain"]::item { padding: 0 5px; }
QTableView[role="wrapped"] { border: none; }
QTableView[role="wrapped"]::item { padding: 4px 5px; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $dim_text; background: $base;
}
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked {
    background: $accent; border-color: $accent; image: url("$icons/check-$tick.svg");
}
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $dim_text; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QHeaderView::section {
    background: $base; color: $dim_text; border: none; border-bottom: 1px solid $line;
    padding: 6px 8px; font-weight: 600;
}
QProgressBar { background: $panel; border: none; border-radius: 4px; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QFrame[role="card"] { background: $base; border: 1px solid $line; border-radius: 10px; }
QFrame[role="navigation"] { background: $base; border: none; border-bottom: 1px solid $line; }
QFrame[role="news"] { background: $base; border: 1px solid $line; border-left: 4px solid $accent; border-radius: 6px; }
QFrame[role="news"][level="warn"] { border-left-color: $warn; }
QFrame[role="news"][level="error"] { border-left-color: $error; }
QToolButton[role="screen"] {
    background: transparent; border: none; border-bottom: 3px solid transparent; border-radius: 0;
    padding: 10px 16px 7px 16px; color: $dim_text; font-weight: 600;
}
QToolButton[role="screen"]:hover { color: $text; }
QToolButton[role="screen"]:checked { color: $text; border-bottom-color: $accent; }
QToolButton[role="screen"]:focus { background: $panel; }
QToolButton[role="screen"]:disabled { color: $dim_text; }
QToolButton[role="page"] {
    background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px 12px; color: $dim_text;
    font-weight: 600;
}
QToolButton[role="page"]:hover { color: $text; background: $panel; }
QToolButton[role="page"]:checked { color: $accent; background: $base; border-color: $line; }
QToolButton[role="page"]:focus { border-color: $accent; }
QToolButton[role="legend"] {
    background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 2px 5px; color: $dim_text;
}
QToolButton[role="legend"]:hover { background: $panel; }
QToolButton[role="legend"]:checked { color: $text; }
QToolButton[role="legend"]:focus { border-color: $accent; }
QLabel[role="section"] { color: $text; font-weight: 600; }
QLabel[role="dim"] { color: $dim_text; }
QLabel[role="error"] { color: $error; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="ok"] { color: $ok; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QSplitter::handle { background: $line; }
QMenuBar { background: $base; }
QMenuBar::item { padding: 5px 10px; background: transparent; }
QMenuBar::item:selected { background: $panel; border-radius: 4px; }
QMenu { background: $base; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 18px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $accent_text; }
QMenu::item:disabled { color: $dim_text; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
""")


def stylesheet(colours: Mapping[str, str], *, dark: bool) -> str:
    """The application's style sheet with the theme's colours, given by name as ``#rrggbb``."""
    icons = assets.folder("resources/icons").as_posix()
    return _SHEET.substitute(colours, icons=icons, tick="dark" if dark else "light")
