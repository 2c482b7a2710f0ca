"""A sheet over the face plane that colour, gloss and fine relief are painted on."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from facelabel.rendering.arrays import F32, F64, Floats, Int, clamp, f32, look_up, mix

SCALE = 108.0
"""Atlas pixels for one unit of the face plane."""
LEFT, TOP, WIDTH, HEIGHT = -1.12, 1.22, 242, 370


class Atlas:
    """``colour`` (H, W, 4) float32: linear red, green, blue and gloss 0 to 1, each channel contiguous; ``height``
    (H, W) in face-plane units."""

    def __init__(self, skin: F32) -> None:
        planes = np.empty((4, HEIGHT, WIDTH), np.float32)
        planes[:3] = skin[:, None, None]
        planes[3] = 0.42
        self.colour = planes.transpose(1, 2, 0)
        self.height = np.zeros((HEIGHT, WIDTH), np.float32)

    @staticmethod
    def pixels(plane: Floats) -> F64:
        """Atlas columns and rows (..., 2) of face-plane positions (..., 2)."""
        return np.stack([(plane[..., 0] - LEFT) * SCALE, (TOP - plane[..., 1]) * SCALE], axis=-1)

    @staticmethod
    def window(left: float, right: float, top: float, bottom: float) -> Window:
        """The part of the sheet between face-plane x ``left`` to ``right`` and y ``top`` down to ``bottom``."""
        c0, c1 = (int(clamp(round((x - LEFT) * SCALE), 0, WIDTH)) for x in (left, right))
        r0, r1 = (int(clamp(round((TOP - y) * SCALE), 0, HEIGHT)) for y in (top, bottom))
        return Window(slice(r0, max(r1, r0 + 1)), slice(c0, max(c1, c0 + 1)))

    def blend(self, window: Window, colour: Any, weight: Any) -> None:
        """Mix ``colour`` (3,) or (h, w, 3) over the window by ``weight`` (h, w)."""
        mix(
            self.colour[window.rows, window.columns, :3], np.asarray(colour, np.float32), np.asarray(weight, np.float32)
        )

    def gloss(self, window: Window, value: float, weight: Any) -> None:
        part = self.colour[window.rows, window.columns, 3]
        part += np.asarray(weight, np.float32) * (np.float32(value) - part)

    def look_up(self, plane: F32) -> F32:
        """Colour, gloss and the rise of ``height`` along face-plane x and y, (N, 6), at face-plane positions (N, 2)."""
        dx = cv2.Sobel(self.height, cv2.CV_32F, 1, 0, scale=SCALE / 8)
        dy = cv2.Sobel(self.height, cv2.CV_32F, 0, 1, scale=-SCALE / 8)
        sheet = cv2.merge([*self.colour.transpose(2, 0, 1), dx, dy])
        return look_up(f32(sheet), (plane[:, 0] - LEFT) * SCALE, (TOP - plane[:, 1]) * SCALE)

    @staticmethod
    def strokes(window: Window, lines: Int) -> F32:
        """Anti-aliased polylines (N, K, 2) in 1/16 atlas pixels of the whole sheet, as a mask (h, w) 0 to 1."""
        h, w = window.rows.stop - window.rows.start, window.columns.stop - window.columns.start
        mask = np.zeros((h, w), np.uint8)
        offset = np.array([window.columns.start, window.rows.start], np.int32) * 16
        cv2.polylines(mask, list((lines - offset).astype(np.int32)), False, 255, 1, cv2.LINE_AA, shift=4)
        return f32(mask) / np.float32(255)

    @staticmethod
    def fixed(plane: Floats) -> Int:
        """Face-plane positions as ``strokes`` takes them."""
        return np.round(Atlas.pixels(plane) * 16).astype(np.int32)


class Window:
    """A rectangle of the atlas; ``x`` and ``y`` (h, w) are its face-plane coordinates."""

    def __init__(self, rows: slice, columns: slice) -> None:
        self.rows = rows
        self.columns = columns
        self.x = f32(np.arange(columns.start, columns.stop) / SCALE + LEFT)[None, :]
        self.y = f32(TOP - np.arange(rows.start, rows.stop) / SCALE)[:, None]
