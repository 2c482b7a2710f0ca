"""Photos and thumbnails of a window: what comes first, what is kept, and large photos."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from facelabel.desk.desk import FacePicture
from facelabel.geometry import Box
from facelabel.ui import image_loader
from facelabel.ui.canvas import Picture
from facelabel.ui.canvas.surface import Surface
from facelabel.ui.canvas.view import View
from facelabel.ui.image_loader import THUMBNAIL, ImageLoader, covered
from facelabel.ui.kept import Kept
from tests.ui.labelling import LONG

DETAIL = 130_000


@pytest.fixture
def loader(qapp: object, tmp_path: Path) -> Iterator[ImageLoader]:
    made = ImageLoader(tmp_path / "thumbnails")
    yield made
    made.shutdown()


@pytest.fixture
def arrived(loader: ImageLoader) -> list[str]:
    names: list[str] = []
    loader.loaded.connect(lambda path, _: names.append(path.stem))
    return names


def photo(folder: Path, name: str, size: tuple[int, int] = (64, 48), box: Box | None = None) -> FacePicture:
    path = folder / f"{name}.png"
    Image.new("RGB", size, (200, 40, 10)).save(path)
    return FacePicture(path, name.ljust(64, "0"), size, box or Box(10, 10, 20, 20))


def pattern(folder: Path, size: tuple[int, int], box: Box) -> FacePicture:
    """Red tells the column, green the row, blue is a fine chequerboard that any reduction makes grey."""
    x, y = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
    pixels = np.stack([x * 255 // size[0], y * 255 // size[1], (x + y) % 2 * 255], axis=-1).astype(np.uint8)
    Image.fromarray(pixels).save(folder / "pattern.png")
    return FacePicture(folder / "pattern.png", "p" * 64, size, box)


def seen_of(picture: Picture, box: Box, scale: float) -> np.ndarray:
    """The pixels (H, W, 3) of ``box`` on a canvas at ``scale``."""
    view, side = View(), QSizeF(box.width * scale, box.height * scale)
    view.centre_on(box.centre, side, scale)
    image = QImage(side.toSize(), QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    picture.paint(painter, view, QRectF(image.rect()))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1].astype(int)


class Gate:
    """Decoding waits until it is open; what was decoded is noted in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.open, self.order, read = threading.Event(), [], image_loader.read_layers

        def slow(path: Path, *rest: object) -> object:
            self.order.append(path.stem)
            assert self.open.wait(LONG / 1000)
            return read(path, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(image_loader, "read_layers", slow)


def test_what_is_looked_at_comes_first_and_what_was_passed_is_not_decoded(
    qtbot: QtBot, loader: ImageLoader, arrived: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, photos = Gate(monkeypatch), {name: photo(tmp_path, name) for name in ("x", "y", "a", "b", "c", "d")}
    loader.want("another screen", photos["x"], [photos["y"]])
    qtbot.waitUntil(lambda: len(gate.order) == 2, timeout=LONG)
    loader.want("screen", photos["a"], [photos["b"], photos["c"]])
    loader.want("screen", photos["b"], [photos["c"], photos["d"]])
    gate.open.set()
    qtbot.waitUntil(lambda: len(arrived) == 5, timeout=LONG)
    assert gate.order[2:] == ["b", "c", "d"]
    assert loader.picture(photos["b"].path) is not None
    assert loader.picture(photos["a"].path) is None


def test_what_two_screens_want_stays_when_one_goes_on(
    qtbot: QtBot, loader: ImageLoader, arrived: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, photos = Gate(monkeypatch), {name: photo(tmp_path, name) for name in ("x", "y", "a", "b")}
    loader.want("busy", photos["x"], [photos["y"]])
    qtbot.waitUntil(lambda: len(gate.order) == 2, timeout=LONG)
    loader.want("one", photos["a"])
    loader.want("other", photos["a"])
    loader.want("other", photos["b"])
    gate.open.set()
    qtbot.waitUntil(lambda: sorted(arrived) == ["a", "b", "x", "y"], timeout=LONG)


def test_memory_is_bounded_and_only_as_many_are_read_ahead_as_fit(
    qtbot: QtBot, loader: ImageLoader, arrived: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = (100, 75)
    each = 4 * 100 * 75 * 4 // 3
    monkeypatch.setattr(image_loader, "PHOTOS", 3 * each)
    held = ImageLoader(tmp_path / "thumbnails")
    held.loaded.connect(lambda path, _: arrived.append(path.stem))
    photos = [photo(tmp_path, str(number), size) for number in range(6)]
    try:
        held.want("screen", photos[0], photos[1:])
        qtbot.waitUntil(lambda: sorted(arrived) == ["0", "1", "2"], timeout=LONG)
        held.want("screen", photos[1], photos[2:])
        qtbot.waitUntil(lambda: sorted(arrived) == ["0", "1", "2", "3"], timeout=LONG)
        assert [held.picture(one.path) is not None for one in photos] == [False, True, True, True, False, False]
        held.want("screen", photo(tmp_path, "large", (300, 300)), photos)
        qtbot.waitUntil(lambda: arrived[-1] == "large", timeout=LONG)
        assert [held.picture(one.path) for one in photos] == [None] * 6
        assert held.picture(tmp_path / "large.png") is not None
    finally:
        held.shutdown()


def test_a_picture_that_cannot_be_read_is_told(qtbot: QtBot, loader: ImageLoader, tmp_path: Path) -> None:
    broken = photo(tmp_path, "text")
    broken.path.write_text("no picture")
    with qtbot.waitSignal(loader.failed, timeout=LONG) as failed:
        loader.want("screen", broken)
    assert failed.args[0] == broken.path
    assert "not a picture" in failed.args[1]


def test_a_thumbnail_shows_the_face_and_is_kept_on_disk(qtbot: QtBot, tmp_path: Path) -> None:
    pixels = np.full((600, 900, 3), 30, dtype=np.uint8)
    box = Box(500, 200, 100, 100)
    area = covered(box)
    pixels[int(area.top) : int(area.bottom), int(area.left) : int(area.right)] = (30, 200, 30)
    path = tmp_path / "face.png"
    Image.fromarray(pixels).save(path)
    face = FacePicture(path, "a" * 64, (900, 600), box)
    for attempt in range(2):
        loader = ImageLoader(tmp_path / "thumbnails")
        with qtbot.waitSignal(loader.thumbnails_ready, timeout=LONG):
            assert loader.thumbnail(face) is None
        pixmap = loader.thumbnail(face)
        loader.shutdown()
        assert pixmap is not None
        image = pixmap.toImage()
        assert (image.width(), image.height()) == (THUMBNAIL, THUMBNAIL)
        for x, y in ((4, 4), (THUMBNAIL // 2, THUMBNAIL // 2), (THUMBNAIL - 5, THUMBNAIL - 5)):
            assert image.pixelColor(x, y).green() > 150
        if attempt == 0:
            path.unlink()


def test_a_thumbnail_that_could_not_be_made_is_tried_again_when_told(
    qtbot: QtBot, loader: ImageLoader, tmp_path: Path
) -> None:
    face = photo(tmp_path, "late")
    data = face.path.read_bytes()
    face.path.unlink()
    with qtbot.waitSignal(loader.thumbnails_ready, timeout=LONG):
        loader.thumbnail(face)
    face.path.write_bytes(data)
    with qtbot.assertNotEmitted(loader.thumbnails_ready, wait=80):
        assert loader.thumbnail(face) is None
    loader.try_again()
    with qtbot.waitSignal(loader.thumbnails_ready, timeout=LONG):
        loader.thumbnail(face)
    assert loader.thumbnail(face) is not None


def test_a_large_photo_is_sharp_at_the_face_and_where_it_is_looked_at(
    qtbot: QtBot, loader: ImageLoader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_loader, "_DETAIL", DETAIL)
    face = pattern(tmp_path, (801, 602), Box(500, 300, 60, 60))
    with qtbot.waitSignal(loader.loaded, timeout=LONG) as told:
        loader.want("screen", face)
    picture = told.args[1]
    assert picture.bytes < 4 * 801 * 602 / 2
    elsewhere = Box(100, 100, 40, 40)
    whole = Box(0, 0, 800, 600)
    reduced = seen_of(picture, whole, 0.25)
    assert np.abs(reduced[..., 0] - (np.arange(200) * 4 + 1.5)[None] * 255 / 801).max() < 3
    assert np.abs(reduced[..., 1] - (np.arange(150) * 4 + 1.5)[:, None] * 255 / 602).max() < 3
    assert set(np.unique(seen_of(picture, Box(510, 310, 40, 40), 16.0)[..., 2])) == {0, 255}
    assert np.ptp(seen_of(picture, elsewhere, 16.0)[..., 2]) < 10

    view = View()
    view.centre_on(elsewhere.centre, QSizeF(320, 320), 8.0)
    blurred = picture.blurred(view, QRectF(0, 0, 320, 320), 1.0)
    assert blurred is not None
    with qtbot.waitSignal(loader.loaded, timeout=LONG) as told:
        loader.sharpen("screen", face.path, blurred)
    sharp = told.args[1]
    assert set(np.unique(seen_of(sharp, elsewhere, 16.0)[..., 2])) == {0, 255}
    assert sharp.blurred(view, QRectF(0, 0, 320, 320), 1.0) is None
    assert loader.picture(face.path) is sharp
    where = seen_of(sharp, elsewhere, 16.0)[8::16, 8::16, 0]
    assert np.abs(where - (np.arange(40) + 100)[None] * 255 / 801).max() < 2


def test_the_canvas_asks_for_detail_once_it_is_still(
    qtbot: QtBot, loader: ImageLoader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_loader, "_DETAIL", DETAIL)
    face = pattern(tmp_path, (801, 602), Box(500, 300, 60, 60))
    with qtbot.waitSignal(loader.loaded, timeout=LONG) as told:
        loader.want("screen", face)
    ground = Surface()
    qtbot.addWidget(ground)
    ground.resize(400, 300)
    ground.size_of_image = face.size
    asked: list[QRectF] = []
    ground.detail_wanted.connect(asked.append)
    ground.show()
    ground.fit(Box(0, 0, 800, 600), 0.9)
    ground.set_picture(told.args[1])
    qtbot.wait(250)
    assert not asked, "the whole photo is seen smaller than it is kept"
    ground.fit(Box(500, 300, 60, 60), 0.9)
    qtbot.wait(250)
    assert not asked, "the face is there in full detail"
    ground.fit(Box(100, 100, 60, 60), 0.9)
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=LONG)
    assert asked[0].contains(QRectF(100, 100, 60, 60))
    ground.set_picture(told.args[1])
    qtbot.wait(250)
    assert len(asked) == 1


def test_kept_values_go_by_their_last_use() -> None:
    kept: Kept[str, str] = Kept(10)
    for name in "abc":
        kept.put(name, name.upper(), 3)
    assert kept.get("a") == "A"
    kept.put("d", "D", 4)
    assert ["a" in kept, "b" in kept, "c" in kept, "d" in kept] == [True, False, True, True]
    kept.make_room(6, spare="a")
    assert ("a" in kept, kept.bytes) == (True, 3)
    kept.put("big", "B", 99)
    assert ("big" in kept, kept.bytes) == (True, 99)
    few: Kept[str, str] = Kept(10, most=2)
    for name in "abc":
        few.put(name, name.upper(), 1)
    assert ["a" in few, "b" in few, "c" in few] == [False, True, True]
