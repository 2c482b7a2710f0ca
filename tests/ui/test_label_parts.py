"""The threads behind the label screen, and pictures on the canvas."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from facelabel.desk.marks import Mark
from facelabel.errors import StoreError
from facelabel.geometry import Box
from facelabel.ui.canvas import Picture, markers
from facelabel.ui.canvas.view import View
from facelabel.ui.store_thread import StoreThread
from tests.ui.labelling import LONG


class Log:
    """Notes what ran, where; a step in ``failing`` raises."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.threads: set[int] = set()
        self.failing: set[str] = set()

    def step(self, name: str):  # type: ignore[no-untyped-def]
        def work() -> str:
            self.threads.add(threading.get_ident())
            if name in self.failing:
                raise StoreError("the disk is full")
            self.ran.append(name)
            return name

        return work


@pytest.fixture
def store(qapp: object):  # type: ignore[no-untyped-def]
    thread = StoreThread()
    yield thread
    thread.close()


def test_reads_and_writes_run_in_order_off_the_gui_thread(qtbot: QtBot, store: StoreThread) -> None:
    log, told = Log(), []
    for number in range(5):
        store.write(log.step(f"w{number}"), told.append)
        store.read(log.step(f"r{number}"), told.append, told.append)
    assert store.state == "saving"
    qtbot.waitUntil(lambda: len(told) == 10, timeout=LONG)
    assert log.ran == told == [f"{kind}{number}" for number in range(5) for kind in "wr"]
    assert threading.get_ident() not in log.threads
    assert store.state == "saved"


def test_a_write_of_the_same_key_replaces_the_one_that_waits_right_before_it(qtbot: QtBot, store: StoreThread) -> None:
    log, gate = Log(), threading.Event()
    store.write(gate.wait)
    for name in ("a1", "a2"):
        store.write(log.step(name), key="a")
    store.write(log.step("b"))
    store.write(log.step("a3"), key="a")
    gate.set()
    qtbot.waitUntil(lambda: store.state == "saved", timeout=LONG)
    assert log.ran == ["a2", "b", "a3"]


def test_after_a_failure_writes_wait_in_order_and_reads_go_on(qtbot: QtBot, store: StoreThread) -> None:
    log, told, errors = Log(), [], []
    log.failing = {"w1"}
    for name in ("w0", "w1", "w2"):
        store.write(log.step(name), told.append)
    store.read(log.step("r"), told.append, errors.append)
    qtbot.waitUntil(lambda: "r" in told and store.state == "failed", timeout=LONG)
    assert log.ran == ["w0", "r"]
    assert store.unsaved == 2
    assert "the disk is full" in str(store.error)
    with pytest.raises(StoreError, match="2 changes are not saved"):
        store.flush()
    store.write(log.step("w3"), told.append)
    store.retry()
    qtbot.waitUntil(lambda: store.unsaved == 3 and store.state == "failed", timeout=LONG)
    log.failing = set()
    store.retry()
    qtbot.waitUntil(lambda: store.state == "saved", timeout=LONG)
    assert log.ran == ["w0", "r", "w1", "w2", "w3"]
    assert told == ["w0", "r", "w1", "w2", "w3"]
    assert store.error is None


def test_the_next_write_tries_the_failed_ones_again(qtbot: QtBot, store: StoreThread) -> None:
    log = Log()
    log.failing = {"w0"}
    store.write(log.step("w0"))
    qtbot.waitUntil(lambda: store.state == "failed", timeout=LONG)
    log.failing = set()
    store.write(log.step("w1"))
    qtbot.waitUntil(lambda: store.state == "saved", timeout=LONG)
    assert log.ran == ["w0", "w1"]


def test_a_retry_that_is_asked_for_during_an_attempt_is_made_after_it(qtbot: QtBot, store: StoreThread) -> None:
    attempts, begun, gate = [], threading.Semaphore(0), threading.Semaphore(0)

    def work() -> None:
        attempts.append(len(attempts))
        begun.release()
        assert gate.acquire(timeout=LONG / 1000)
        if len(attempts) < 3:
            raise OSError("the disk is full")

    store.write(work)
    gate.release()
    qtbot.waitUntil(lambda: store.state == "failed", timeout=LONG)
    assert begun.acquire(timeout=LONG / 1000)
    store.retry()
    assert begun.acquire(timeout=LONG / 1000)
    store.retry()
    gate.release(2)
    qtbot.waitUntil(lambda: store.state == "saved", timeout=LONG)
    assert attempts == [0, 1, 2]


def test_a_read_that_fails_tells_who_asked(qtbot: QtBot, store: StoreThread) -> None:
    log, errors = Log(), []
    log.failing = {"r"}
    store.read(log.step("r"), errors.append, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1, timeout=LONG)
    assert isinstance(errors[0], StoreError)
    assert store.state == "saved"


def test_flush_waits_and_close_ends_the_thread(qtbot: QtBot, qapp: object) -> None:
    thread, log = StoreThread(), Log()
    for number in range(20):
        thread.write(log.step(str(number)))
    thread.flush()
    assert len(log.ran) == 20
    thread.write(log.step("last"))
    thread.close()
    assert log.ran[-1] == "last"
    assert not thread.isRunning()


@given(
    box=st.builds(Box, st.floats(-500, 500), st.floats(-500, 500), st.floats(5, 2000), st.floats(5, 2000)),
    at=st.tuples(st.floats(0, 800), st.floats(0, 600)),
    factor=st.floats(0.2, 5),
)
def test_the_view_fits_and_zooms_about_a_point(box: Box, at: tuple[float, float], factor: float) -> None:
    view, room = View(), QSizeF(800, 600)
    view.fit(box, room, 0.75)
    rect = view.to_screen_polygon(box).boundingRect()
    assert rect.height() <= 450 + 1e-6
    assert rect.width() <= 600 + 1e-6
    assert max(rect.height() / 450, rect.width() / 600) == pytest.approx(1) or view.scale == pytest.approx(64)
    under = view.to_image(QPointF(*at))
    view.zoom(QPointF(*at), factor)
    assert view.to_image(QPointF(*at)) == pytest.approx(under, abs=1e-6)
    back = view.to_screen(under)
    assert (back.x(), back.y()) == pytest.approx(at, abs=1e-6)


@pytest.mark.parametrize("scale", [0.11, 0.5, 1.0, 8.0])
def test_a_pixel_is_painted_where_the_view_says_at_every_scale(qapp: object, scale: float) -> None:
    pixels = np.zeros((2000, 3001, 3), dtype=np.uint8)
    pixels[1200:1216, 1800:1816] = 255
    view, canvas = View(), QImage(400, 300, QImage.Format.Format_RGB32)
    canvas.fill(QColor(0, 0, 255))
    view.centre_on((1807.5, 1207.5), QSizeF(400, 300), scale)
    painter = QPainter(canvas)
    Picture(pixels).paint(painter, view, QRectF(0, 0, 400, 300))
    painter.end()
    grey = np.frombuffer(canvas.constBits(), dtype=np.uint8).reshape(300, 400, 4)[:, :, 1].astype(float)
    rows, columns = np.indices(grey.shape)
    centre = (np.sum(columns * grey) / grey.sum() + 0.5, np.sum(rows * grey) / grey.sum() + 0.5)
    assert centre == pytest.approx((200, 150), abs=0.35)
    assert grey.sum() / 255 == pytest.approx((16 * scale) ** 2, rel=0.35)


def test_what_a_landmark_is_shows_without_colour(qapp: object) -> None:
    """Predicted or decided, seen or occluded, in doubt or not: eight looks that differ by shape, on light and dark."""
    looks = []
    for visibility in ("visible", "occluded"):
        for source in ("accepted", "moved"):
            image = QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
            image.fill(QColor(0, 0, 0, 0))
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            mark = Mark(0, 0, visibility, source)
            markers.paint_marker(painter, QPointF(20, 20), mark, QColor(86, 180, 233), 4.0)
            painter.end()
            covered = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(40, 40, 4)[..., 3] > 100
            looks.append(covered)
    for i, first in enumerate(looks):
        for second in looks[:i]:
            assert (first != second).sum() >= 8
    for seen, hidden in zip(looks[:2], looks[2:], strict=True):
        around = np.hypot(*(np.indices((40, 40)) + 0.5 - 20))
        ring = (around > 3) & (around < 7.5)
        assert hidden[ring].sum() < seen[ring].sum(), "an occluded one has gaps"
