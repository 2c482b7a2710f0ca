"""Names over the photo of the Review screen never lie over one another; the cursor tells those that are left out."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelabel.ui.review.face_view import FaceView
from facelabel.ui.review.plates import placed
from tests.ui.reviewing import make_project, screen_on, settle

AREA = QRectF(0, 0, 400, 300)
RING = 10.0
POINTS = st.builds(QPointF, st.floats(0, 400), st.floats(0, 300))
SIZES = st.builds(QSizeF, st.floats(20, 150), st.floats(12, 24))


@given(st.lists(st.tuples(POINTS, SIZES), max_size=8))
def test_plates_never_overlap_and_stay_inside(named: list[tuple[QPointF, QSizeF]]) -> None:
    plates = placed([at for at, _ in named], [size for _, size in named], AREA, RING)
    assert len(plates) == len(named)
    there = [plate for plate in plates if plate is not None]
    assert all(AREA.contains(plate) for plate in there)
    assert not any(a.intersects(b) for i, a in enumerate(there) for b in there[:i])
    if named:
        (at, size), (first, *_) = named[0], plates
        roomy = size.width() + RING + 4 < max(at.x(), 400 - at.x()) and 20 < at.y() < 280
        assert first is not None or not roomy, "the first has all the room"


def test_a_plate_leaves_the_rings_of_others_free() -> None:
    size = QSizeF(60, 16)
    (one, other) = placed([QPointF(200, 150), QPointF(225, 150)], [size, size], AREA, RING)
    assert one is not None
    assert one.right() < 190, "on the right lies the other ring"
    assert other is not None
    assert other.left() > 225


def apart(view: FaceView) -> bool:
    plates = [plate for _, plate in view.named()]
    return not any(a.intersects(b) for i, a in enumerate(plates) for b in plates[:i])


def test_names_of_neighbours_are_apart_and_the_cursor_tells_any(qtbot: QtBot, tmp_path: Path) -> None:
    project, ids = make_project(tmp_path)
    with project, screen_on(qtbot, project) as screen:
        screen.open(ids[5])
        settle(qtbot, screen)
        view = screen.stage.view
        for marked in [(36, 37, 38), (61, 62, 66), (0, 1, 2), (27, 28, 29), (16, 15, 14)]:
            view.mark(marked)
            assert [index for index, _ in view.named()][:1] == [marked[0]]
            assert apart(view)
            view.grab()
        hidden = next(i for i in range(68) if i not in [index for index, _ in view.named()])
        at = view.view.affine.apply(view.layers["label"])[hidden]
        QTest.mouseMove(view, QPoint(round(at[0]), round(at[1])))
        qtbot.waitUntil(lambda: hidden in [index for index, _ in view.named()], timeout=5000)
        assert apart(view)
        view.clear("")
        assert view.named() == []
