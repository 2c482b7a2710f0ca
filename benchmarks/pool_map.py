"""How fluent the map of the pool is: milliseconds from a wheel step, a drag or a hover to the painted picture.

    QT_QPA_PLATFORM=offscreen python -m benchmarks.pool_map [--faces 100000] [--size 1280x800]

Milliseconds are of processor time, so that a busy machine says the same. Beside it the same points as pyqtgraph's own
scatter plot, one symbol after the other. A tenth of the faces is set aside, 500 are labelled.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QWidget
from scipy.spatial import cKDTree

from facelabel.campaign.overview import STATES, EmbeddingMap
from facelabel.ui import app
from facelabel.ui.campaign.pool_map import MapPanel

STEPS = 30


def made_up(faces: int) -> EmbeddingMap:
    rng = np.random.default_rng(0)
    centres = rng.normal(0, 20, (40, 2))
    xy = (centres[rng.integers(0, 40, faces)] + rng.normal(0, 4, (faces, 2))).astype(np.float32)
    state = np.zeros(faces, np.uint8)
    shares = {"discarded": faces // 10, "labelled": 500, "audit": 50, "chosen": 10}
    order = rng.permutation(faces)
    for name, count in shares.items():
        state[order[:count]] = STATES.index(name)  # type: ignore[arg-type]
        order = order[count:]
    return EmbeddingMap(1, np.arange(faces), xy, state, (0.4, 0.2))


def timed(widget: QWidget, act: Callable[[int], object]) -> str:
    took = []
    for step in range(STEPS):
        start = time.process_time()
        act(step)
        widget.grab()
        took.append(1000 * (time.process_time() - start))
    return f"median {np.median(took):6.1f} ms, worst {max(took):6.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=int, default=100_000)
    parser.add_argument("--size", default="1280x800")
    options = parser.parse_args()
    width, height = (int(side) for side in options.size.split("x"))
    application = app.prepare()
    shown = made_up(options.faces)
    tree = cKDTree(shown.xy)
    panel = MapPanel()
    panel.resize(width, height)
    panel.map.say("")

    def near(x: float, y: float) -> tuple[float, int]:
        distance, row = tree.query((x, y))
        return float(distance), int(row)

    panel.map.show_map(shown, near, {})
    panel.show()
    QApplication.processEvents()
    view = panel.map.item.getViewBox()
    print(f"{options.faces:,} faces on {width} x {height} pixels, {application.platformName()}")
    print("zoom   ", timed(panel.map, lambda step: panel.map.zoom(1.15 if step % 20 < 10 else 1 / 1.15)))
    print("drag   ", timed(panel.map, lambda step: view.translateBy(x=0.3 if step % 2 else -0.3)))
    print("fit    ", timed(panel.map, lambda _: panel.map.fit()))
    took = []
    for step in range(STEPS):
        start = time.process_time()
        panel.map.face_at(QPointF(width * (0.2 + 0.02 * step), height * 0.5))
        took.append(1000 * (time.process_time() - start))
    print(f"hover   median {np.median(took):6.2f} ms, worst {max(took):6.2f} ms")
    plot = pg.PlotWidget()
    plot.resize(width, height)
    for number in range(len(STATES)):
        xy = shown.xy[shown.state == number]
        plot.addItem(pg.ScatterPlotItem(x=xy[:, 0], y=xy[:, 1], size=4, pen=None, brush=pg.mkBrush(number)))
    plot.show()
    QApplication.processEvents()
    box = plot.getPlotItem().getViewBox()
    print(
        "pyqtgraph scatter, zoom", timed(plot, lambda step: box.scaleBy((0.9, 0.9) if step % 20 < 10 else (1.1, 1.1)))
    )
    panel.close()
    plot.close()


if __name__ == "__main__":
    main()
