"""Pictures as cameras, scanners and broken disks leave them."""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from facelabel.errors import ImageError
from facelabel.images.crops import resize_transform
from facelabel.images.decode import MAX_PIXELS, probe, read

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def quadrants(width: int = 32, height: int = 16) -> Image.Image:
    """Red, green over blue, white: any turn or mirror image of it is different."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = RED
    pixels[: height // 2, width // 2 :] = GREEN
    pixels[height // 2 :, : width // 2] = BLUE
    pixels[height // 2 :, width // 2 :] = WHITE
    return Image.fromarray(pixels)


def noise(width: int, height: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8))


def corners(picture: np.ndarray) -> list[tuple[int, ...]]:
    """The colours near the four corners, to the nearest full channel."""
    full = np.where(picture > 127, 255, 0)
    return [tuple(int(v) for v in full[y, x]) for y in (2, -3) for x in (2, -3)]


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "bmp", "tiff", "ppm"])
def test_every_kind_is_read_and_probed(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"face.{kind}"
    quadrants().save(path, kind)
    picture = read(path)
    assert picture.shape == (16, 32, 3)
    assert picture.dtype == np.uint8
    assert picture.flags.c_contiguous
    assert picture.flags.writeable
    assert corners(picture) == [RED, GREEN, BLUE, WHITE]
    info = probe(path)
    assert (info.width, info.height, info.kind) == (32, 16, kind)
    assert info.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert info.bytes == path.stat().st_size
    assert info.mtime_ns == path.stat().st_mtime_ns


# What is stored so that, once turned as the orientation says, the quadrants are upright (EXIF 2.3, table 6).
STORED: dict[int, Callable[[np.ndarray], np.ndarray]] = {
    1: lambda p: p,
    2: lambda p: p[:, ::-1],
    3: lambda p: p[::-1, ::-1],
    4: lambda p: p[::-1],
    5: lambda p: p.swapaxes(0, 1),
    6: lambda p: p[:, ::-1].swapaxes(0, 1)[:, :],
    7: lambda p: p[::-1, ::-1].swapaxes(0, 1),
    8: lambda p: p[::-1].swapaxes(0, 1),
}


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff"])
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("longest", [None, 24])
def test_orientation_is_applied(tmp_path: Path, kind: str, orientation: int, longest: int | None) -> None:
    path = tmp_path / f"turned.{kind}"
    upright = np.asarray(quadrants(48, 32))
    # The inverse of "6: turn clockwise" is a turn anticlockwise, which is transpose, then upside down.
    stored = {6: np.rot90(upright, 1), 8: np.rot90(upright, -1)}.get(orientation)
    stored = STORED[orientation](upright) if stored is None else stored
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(np.ascontiguousarray(stored)).save(path, kind, exif=exif)
    picture = read(path, longest=longest)
    assert picture.shape == ((32, 48, 3) if longest is None else (16, 24, 3))
    assert corners(picture) == [RED, GREEN, BLUE, WHITE]
    assert (probe(path).width, probe(path).height) == (48, 32)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_unreadable_exif_leaves_the_picture_as_stored(tmp_path: Path) -> None:
    path = tmp_path / "odd.jpg"
    quadrants().save(path, exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xffgarbage")
    assert corners(read(path)) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize("suffix", ["png", "tiff"])
def test_sixteen_bit_grey_is_scaled_by_full_range(tmp_path: Path, suffix: str) -> None:
    values = np.array([[0, 257, 128 * 257, 65535]], np.uint16).repeat(3, axis=0)
    path = tmp_path / f"deep.{suffix}"
    Image.fromarray(values).save(path)
    assert read(path)[0].tolist() == [[0] * 3, [1] * 3, [128] * 3, [255] * 3]


def test_sixteen_bit_colour(tmp_path: Path) -> None:
    import cv2

    values = np.zeros((4, 5, 3), np.uint16)
    values[..., 2], values[..., 1] = 65535, 128 * 257
    path = tmp_path / "deep.png"
    assert cv2.imwrite(str(path), values)
    assert (read(path) == (255, 128, 0)).all()


def test_grey_palette_bilevel_and_cmyk(tmp_path: Path) -> None:
    quadrants().convert("L").save(tmp_path / "grey.png")
    grey = read(tmp_path / "grey.png")
    assert (grey[..., 0] == grey[..., 2]).all()
    quadrants().convert("P").save(tmp_path / "palette.png")
    assert corners(read(tmp_path / "palette.png")) == [RED, GREEN, BLUE, WHITE]
    quadrants().convert("1").save(tmp_path / "fax.tiff")
    assert read(tmp_path / "fax.tiff").shape == (16, 32, 3)
    quadrants().convert("CMYK").save(tmp_path / "print.jpg", quality=95)
    assert corners(read(tmp_path / "print.jpg")) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_pixels_are_white(tmp_path: Path, mode: str) -> None:
    layered = Image.new("RGBA", (8, 8), (0, 0, 0, 255))
    layered.paste((0, 0, 0, 0), (0, 0, 4, 8))
    path = tmp_path / "cut-out.png"
    layered.convert(mode).save(path)
    picture = read(path)
    assert (picture[:, :4] == 255).all()
    assert (picture[:, 4:] == 0).all()


def test_thirty_two_bit_pixels_are_refused(tmp_path: Path) -> None:
    Image.fromarray(np.ones((4, 4), np.float32)).save(tmp_path / "float.tiff")
    with pytest.raises(ImageError, match="32-bit"):
        read(tmp_path / "float.tiff")


@pytest.mark.parametrize("options", [{"format": "jpeg"}, {"format": "jpeg", "progressive": True}])
@pytest.mark.parametrize("kept", [0.02, 0.3, 0.9])
def test_a_truncated_jpeg_is_refused(tmp_path: Path, options: dict[str, object], kept: float) -> None:
    _assert_truncated_is_refused(tmp_path, options, kept)


@pytest.mark.parametrize("kind", ["png", "webp", "bmp", "tiff", "ppm"])
@pytest.mark.parametrize("kept", [0.1, 0.9])
def test_any_truncated_picture_is_refused(tmp_path: Path, kind: str, kept: float) -> None:
    _assert_truncated_is_refused(tmp_path, {"format": kind}, kept)


def _assert_truncated_is_refused(folder: Path, options: dict[str, object], kept: float) -> None:
    whole = io.BytesIO()
    noise(200, 150).save(whole, **options)  # type: ignore[arg-type]
    path = folder / "cut.jpg"
    path.write_bytes(whole.getvalue()[: int(len(whole.getvalue()) * kept)])
    for door in (read, probe, lambda p: read(p, longest=20)):
        with pytest.raises(ImageError) as refused:
            door(path)
        assert refused.value.where == str(path)
        assert refused.value.cure
        assert "\n" not in str(refused.value)


def test_a_flipped_bit_in_a_png_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.png"
    noise(64, 64).save(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(data)
    with pytest.raises(ImageError, match="damaged"):
        read(path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"version: 1\nn_points: 68\n", "not a picture"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(20), "HEIC"),
        (b"\xff\xd8\xff\xe0", "picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_one_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "face.jpg"
    path.write_bytes(content)
    for door in (read, probe):
        with pytest.raises(ImageError, match=says) as refused:
            door(path)
        assert str(path) in str(refused.value)
        assert "\n" not in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="no such file"):
        read(tmp_path / "gone.png")
    with pytest.raises(ImageError, match="directory"):
        probe(tmp_path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@given(
    kind=st.sampled_from(["jpeg", "png", "webp", "bmp", "tiff", "ppm"]),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_damaged_bytes_give_a_picture_or_an_image_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], kind: str, changes: list[tuple[float, int]]
) -> None:
    file = io.BytesIO()
    noise(24, 20).save(file, kind)
    data = bytearray(file.getvalue())
    for place, value in changes:
        data[int(place * len(data))] = value
    path = tmp_path / "damaged"
    path.write_bytes(data)
    with contextlib.suppress(ImageError):
        assert read(path).ndim == 3
    assert capfd.readouterr() == ("", "")


@pytest.fixture(scope="module")
def huge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """60 megapixels, odd sides, a quarter of it dark."""
    picture = Image.new("L", (8949, 6707), 220)
    picture.paste(40, (0, 0, 4475, 3354))
    path = tmp_path_factory.mktemp("huge") / "huge.jpg"
    picture.save(path, quality=70)
    return path


def test_sixty_megapixels_need_no_permission(huge: Path) -> None:
    info = probe(huge)
    assert (info.width, info.height) == (8949, 6707)
    assert read(huge).shape == (6707, 8949, 3)


def test_sixty_megapixels_reduced_cover_the_same_rectangle(huge: Path) -> None:
    picture = read(huge, longest=640)
    assert picture.shape == (480, 640, 3)
    edge = resize_transform((8949, 6707), (640, 480)).apply(np.array([4474.5, 3353.5]))
    row = picture[100, :, 0].astype(float)
    left = (row - row[-1]).sum() / (row[0] - row[-1]) - 0.5
    column = picture[:, 100, 0].astype(float)
    top = (column - column[-1]).sum() / (column[0] - column[-1]) - 0.5
    assert np.allclose((left, top), edge, atol=0.05)


def test_reducing_never_enlarges(tmp_path: Path) -> None:
    quadrants().save(tmp_path / "small.jpg")
    assert read(tmp_path / "small.jpg", longest=640).shape == (16, 32, 3)


def test_reducing_a_sliver_keeps_one_pixel(tmp_path: Path) -> None:
    Image.new("RGB", (3000, 2), RED).save(tmp_path / "sliver.jpg")
    assert read(tmp_path / "sliver.jpg", longest=100).shape == (1, 100, 3)


def test_absurd_sizes_are_refused_before_decoding(tmp_path: Path) -> None:
    side = int(MAX_PIXELS**0.5) + 1
    path = tmp_path / "bomb.ppm"
    path.write_bytes(f"P6 {side} {side} 255\n".encode())
    with pytest.raises(ImageError, match="400 megapixels"):
        probe(path)
