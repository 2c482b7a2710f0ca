"""The themes can be read, also by colour-blind eyes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from facelabel import schemes
from facelabel.ui import theme

# Machado, Oliveira & Fernandes (2009), severity 1.0, linear RGB.
VISION = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
}


def lab(colour: QColor, vision: str) -> np.ndarray:
    rgb = np.array(colour.getRgbF()[:3])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(VISION[vision]) @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_stands_out_from_every_ground(colours: theme.Theme) -> None:
    for ground in (colours.window, colours.base, colours.panel):
        for name in ("text", "dim_text", "accent", "ok", "warn", "error"):
            assert theme.contrast(getattr(colours, name), ground) >= 4.5, (name, ground.name())
    assert theme.contrast(colours.accent_text, colours.accent) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert theme.contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("vision", sorted(VISION))
def test_face_parts_differ_for_colour_blind_eyes(vision: str) -> None:
    colours = theme.LIGHT.group_colours
    parts = ["jaw", "brow", "nose", "eye", "lip", "inner lip", "pupil"]
    for one, other in combinations(parts, 2):
        apart = np.linalg.norm(lab(colours[one], vision) - lab(colours[other], vision))
        assert apart > 10, (one, other, apart)


def test_every_group_of_every_scheme_has_its_part_of_the_face() -> None:
    other = theme.LIGHT.group_colours["something else"]
    for scheme in schemes.shipped().values():
        for group in scheme.groups:
            assert theme.LIGHT.group_colours[group] != other, (scheme.id, group)


def test_a_theme_is_told_from_the_palette(qapp: QApplication) -> None:
    try:
        for choice, expected in (("dark", theme.DARK), ("light", theme.LIGHT)):
            assert theme.apply(qapp, choice) is expected  # type: ignore[arg-type]
            assert theme.current() is expected
            assert qapp.palette().window().color() == expected.window
    finally:
        theme.apply(qapp, "light")
