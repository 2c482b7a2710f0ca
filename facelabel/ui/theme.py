"""Colours: a light and a dark theme, the system's choice between them, and colours by face part for colour-blind eyes.

Widgets that paint for themselves read ``current()`` in their paint event and repaint on ``QEvent.Type.PaletteChange``,
which Qt sends to every widget whenever ``apply`` has changed the theme.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from facelabel.ui.stylesheet import stylesheet

Choice = Literal["system", "light", "dark"]

# Okabe & Ito, "Color Universal Design" (2008): distinct for the common forms of colour blindness. Keys are looked for
# in a group's id in this order, so that "inner-lip" is found before "lip" and "pupil" before "eye".
_PARTS = {
    "jaw": "#56b4e9",
    "contour": "#56b4e9",
    "cheek": "#56b4e9",
    "chin": "#56b4e9",
    "brow": "#e69f00",
    "nose": "#009e73",
    "pupil": "#ffffff",
    "eye": "#f0e442",
    "inner": "#cc79a7",
    "lip": "#d55e00",
    "mouth": "#d55e00",
    "ear": "#0072b2",
}
_OTHER = "#b8c0cc"


class GroupColours(dict[str, QColor]):
    """Colours by landmark group id; any id of any scheme has one, chosen by the face part that its name holds."""

    def __missing__(self, group: str) -> QColor:
        name = group.lower()
        colour = QColor(next((colour for part, colour in _PARTS.items() if part in name), _OTHER))
        self[group] = colour
        return colour


@dataclass(frozen=True)
class Theme:
    """Every colour that the window paints with. Text has a contrast of at least 4.5:1 on its ground."""

    dark: bool
    window: QColor
    base: QColor
    panel: QColor
    line: QColor
    text: QColor
    dim_text: QColor
    accent: QColor
    accent_text: QColor
    ok: QColor
    warn: QColor
    error: QColor
    canvas: QColor
    """Behind the photo: neutral, so that it tints no judgement of the picture."""
    group_colours: GroupColours = field(default_factory=GroupColours)


def _theme(dark: bool, **colours: str) -> Theme:
    return Theme(dark=dark, **{name: QColor(value) for name, value in colours.items()})  # type: ignore[arg-type]


LIGHT = _theme(
    False,
    window="#f4f5f7",
    base="#ffffff",
    panel="#eceef2",
    line="#d3d7de",
    text="#1c2330",
    dim_text="#545d6d",
    accent="#1f5fbf",
    accent_text="#ffffff",
    ok="#17694a",
    warn="#8a5200",
    error="#b3261e",
    canvas="#8b8f96",
)
DARK = _theme(
    True,
    window="#1b1e24",
    base="#22262e",
    panel="#2a2f38",
    line="#3b424e",
    text="#e6e9ee",
    dim_text="#a5adba",
    accent="#7fb0ff",
    accent_text="#0f1726",
    ok="#6fcf9f",
    warn="#f0b45a",
    error="#ff8f85",
    canvas="#121419",
)


def current() -> Theme:
    """The theme in use, told from the application's palette: right in whatever order windows are made."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return LIGHT
    return DARK if application.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def apply(application: QApplication, choice: Choice) -> Theme:
    """Dress the application; ``system`` follows the desktop, also while running (see ``follow``)."""
    hints = application.styleHints()
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice, Qt.ColorScheme.Unknown)
    hints.setColorScheme(scheme)
    dark = choice == "dark" or (choice == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    theme = DARK if dark else LIGHT
    application.setStyle("Fusion")
    application.setPalette(palette(theme))
    application.setStyleSheet(stylesheet({name: colour.name() for name, colour in colours(theme).items()}, dark=dark))
    return theme


def colours(theme: Theme) -> dict[str, QColor]:
    """The theme's own colours by name, without those of the landmark groups."""
    return {name: value for name, value in vars(theme).items() if isinstance(value, QColor)}


def palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    out = QPalette()
    for target, colour in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.PlaceholderText: theme.dim_text,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.BrightText: theme.error,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.Light: theme.panel,
        role.Midlight: theme.panel,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Shadow: theme.line,
    }.items():
        out.setColor(target, colour)
    for target in (role.WindowText, role.Text, role.ButtonText):
        out.setColor(QPalette.ColorGroup.Disabled, target, blend(theme.dim_text, theme.window, 0.35))
    return out


def blend(first: QColor, second: QColor, share: float) -> QColor:
    """``first`` with ``share`` (0 to 1) of ``second`` mixed in."""
    return QColor.fromRgbF(
        *(a + (b - a) * share for a, b in zip(first.getRgbF()[:3], second.getRgbF()[:3], strict=True))  # type: ignore[index]
    )


def contrast(first: QColor, second: QColor) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance")."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def heading(font: QFont, factor: float = 1.5) -> QFont:
    """The font of a heading: ``factor`` times as large, semi-bold, whatever size the desktop has set."""
    larger = QFont(font)
    larger.setPointSizeF(max(font.pointSizeF(), 8.0) * factor)
    larger.setWeight(QFont.Weight.DemiBold)
    return larger
