"""The photo on the canvas is painted where it changed only, and looks as if it had been painted whole."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from facelabel.desk.adjustment import Adjustment
from facelabel.geometry import Box
from facelabel.ui.canvas.picture import Picture
from facelabel.ui.canvas.surface import Surface, adjust


class Bare(Surface):
    def paintEvent(self, event: object) -> None:
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        self.paint_ground(painter)
        painter.end()


@pytest.mark.parametrize("angle", [0.0, 33.0])
@pytest.mark.parametrize("adjustment", [Adjustment(), Adjustment(20, 30, -40)])
def test_a_panned_photo_looks_as_one_painted_anew(qtbot: QtBot, angle: float, adjustment: Adjustment) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    pixels = pixels.repeat(4, axis=0).repeat(4, axis=1)
    ground = Bare()
    qtbot.addWidget(ground)
    ground.resize(500, 360)
    ground.size_of_image = (1600, 1200)
    ground.set_picture(Picture(pixels))
    ground.set_adjustment(adjustment)
    ground.fit(Box(-0.5, -0.5, 1600, 1200), 0.9, angle)
    ground.show()
    ground.grab()
    for way in ((7, 3), (-30, 11), (0, -25), (-4, 0), (900, 0)):
        ground.pan(*way)
        panned = ground.grab().toImage()
        ground._ground = None
        assert alike(panned, ground.grab().toImage())


def test_black_white_and_grey_go_where_the_table_says(qapp: object) -> None:
    image = QImage(3, 1, QImage.Format.Format_RGB32)
    for x, grey in enumerate((0, 100, 255)):
        image.setPixel(x, 0, 0xFF000000 + grey * 0x010101)
    wanted = Adjustment(-20, 10, 30)
    adjust(image, wanted)
    for x, grey in enumerate((0, 100, 255)):
        assert image.pixelColor(x, 0).getRgb() == (*[int(wanted.table()[grey])] * 3, 255)


def alike(first: QImage, second: QImage) -> bool:
    """Equal but for the rounding of a level or two at the seams."""
    a, b = (np.frombuffer(image.constBits(), dtype=np.uint8).astype(int) for image in (first, second))
    different = np.abs(a - b)
    return bool((different > 3).mean() < 0.002)
