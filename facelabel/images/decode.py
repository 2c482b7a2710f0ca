"""From a file to pixels: the one place that decodes pictures.

Pillow decodes, because it refuses a truncated file where OpenCV hands back a half-grey picture, and because it reads a
large JPEG at a half, a quarter or an eighth of its size for a fraction of the time and memory.

Every picture leaves here as uint8 RGB, upright (EXIF orientation applied), its first frame if it has many. Sixteen bits
are scaled by full range (65535 becomes 255, never stretched to the picture's own extremes, so that equal files look
equal). Transparent pixels are laid on white: what a viewer shows, and dark hair stays visible. Colour profiles are not
applied.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from facelabel.errors import ImageError
from facelabel.images.crops import averaged
from facelabel.images.orientation import Bounds, Orientation
from facelabel.images.similar import difference_hash

UInt8Image = npt.NDArray[np.uint8]

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".pgm", ".ppm"})
MAX_PIXELS = 400_000_000
HEAVY = 32_000_000
"""Pixels from which on one picture is decoded at a time: the decoder takes four bytes for each."""
_BAND = 2**19
"""Pixels that are handed over at a time."""
_LOOK = 128
"""Pixels that are enough to tell near-duplicates by."""

_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "PPM")
_READABLE = "facelabel reads JPEG, PNG, WebP, BMP, TIFF, PGM and PPM"

_heavy = Lock()

# Pillow's own limit warns at 89 megapixels, which cameras reach; the limit of this module (MAX_PIXELS) is checked
# instead.
Image.MAX_IMAGE_PIXELS = None
# Pillow warns about odd metadata in pictures whose pixels are sound; nobody at a window could act on it.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What is known of a picture file: ``width`` and ``height`` in pixels, upright; ``sha256`` of the file's bytes
    (hex);
    ``bytes`` its length; ``mtime_ns`` when it was last written; ``kind`` in ``jpeg png webp bmp tiff ppm``;
    ``difference_hash`` as ``similar`` makes it, of the upright picture."""

    width: int
    height: int
    sha256: str
    bytes: int
    mtime_ns: int
    kind: str
    difference_hash: int | None = None


@dataclass(frozen=True, eq=False)
class Layer:
    """A picture, or a part of it, with one pixel for each ``shrink`` x ``shrink`` pixels of it, their mean.

    ``pixels`` uint8 RGB (H, W, 3), upright; its corner stands at the corner of pixel (``left``, ``top``) of the whole
    picture, and it may reach a little beyond the picture's edges.
    """

    pixels: UInt8Image
    left: int
    top: int
    shrink: int


@dataclass(frozen=True, eq=False)
class Layered:
    """A picture of ``size`` (width, height): ``whole`` is all of it, ``part`` a part of it in full detail, None where
    ``whole`` has that already."""

    size: tuple[int, int]
    whole: Layer
    part: Layer | None


def probe(path: Path) -> ImageInfo:
    """Size, hash and kind of a picture that is known to decode to its end.

    The pixels are decoded once (a large JPEG at an eighth of its size), so that a truncated file is found when it is
    imported and not when somebody is about to label it. Raises ImageError.
    """
    with _opened(path, _LOOK) as (file, picture, size):
        turn = _load(path, picture)
        # A phone's multi-picture file opens as its first JPEG.
        kind = "jpeg" if picture.format == "MPO" else str(picture.format).lower()
        small = _small(path, picture, max(1, max(picture.size) // _LOOK))
        status = os.fstat(file.fileno())
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    width, height = turn.size(size)
    seen = difference_hash(np.ascontiguousarray(turn.stood_up(small)))
    return ImageInfo(width, height, digest, status.st_size, status.st_mtime_ns, kind, seen)


def read(path: Path, *, longest: int | None = None) -> UInt8Image:
    """The upright picture, uint8 RGB (H, W, 3), C-contiguous and writable.

    ``longest`` reduces a picture whose longer side is longer than that many pixels (it never enlarges). The reduced
    picture covers exactly the same rectangle: ``crops.resize_transform`` maps full-size coordinates to it. Raises
    ImageError.
    """
    if longest is not None and longest < 1:
        raise ValueError("longest must be at least one pixel")
    with _opened(path, longest) as (_, picture, full):
        turn = _load(path, picture)
        if longest is None or max(full) <= longest:
            return _upright(path, picture, turn)
        scale = longest / max(full)
        size = (max(1, round(full[0] * scale)), max(1, round(full[1] * scale)))
        # A JPEG read at 1/8 rounds its size up to whole pixels; the box leaves the padding out, so nothing shifts.
        drawn = max(1, round(max(full) / max(picture.size)))
        # Means of whole pixels first, with twice the pixels wanted left for the filter: a quarter of its time.
        by = max(1, int(max(picture.size) / (2 * longest)))
        small = Image.fromarray(_small(path, picture, by))
        shrink = drawn * by
        small = small.resize(size, Image.Resampling.HAMMING, box=(0, 0, full[0] / shrink, full[1] / shrink))
    return np.ascontiguousarray(turn.stood_up(np.asarray(small)))


def read_layers(path: Path, most: int, part: Bounds) -> Layered:
    """A picture that is halved until it has no more than ``most`` pixels, and where it has to be, the pixels of
    ``part`` (upright pixels, cut at the edges) as they are. Raises ImageError."""
    with _opened(path) as (_, picture, stored):
        turn = _load(path, picture)
        shrink = 1
        while picture.width * picture.height > most * shrink**2:
            shrink *= 2
        columns, rows = -(-picture.width // shrink), -(-picture.height // shrink)
        small = np.ascontiguousarray(turn.stood_up(_small(path, picture, shrink)))
        place = turn.to_upright(Bounds(0, 0, columns * shrink, rows * shrink), stored)
        fine = _part(path, picture, part, turn) if shrink > 1 else None
    return Layered(turn.size(stored), Layer(small, place.left, place.top, shrink), fine)


def read_part(path: Path, part: Bounds) -> Layer | None:
    """The pixels of ``part`` (upright pixels, cut at the picture's edges); None where that is empty. Raises
    ImageError."""
    with _opened(path) as (_, picture, _):
        return _part(path, picture, part, _load(path, picture))


def _part(path: Path, picture: Image.Image, part: Bounds, turn: Orientation) -> Layer | None:
    width, height = turn.size(picture.size)
    cut = Bounds(max(0, part.left), max(0, part.top), min(width, part.right), min(height, part.bottom))
    if cut.left >= cut.right or cut.top >= cut.bottom:
        return None
    fine = picture.crop(turn.to_stored(cut, picture.size))
    return Layer(_upright(path, fine, turn), cut.left, cut.top, 1)


def _upright(path: Path, picture: Image.Image, turn: Orientation) -> UInt8Image:
    width, height = turn.size(picture.size)
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    stored = turn.as_stored(pixels)
    for top, band in _bands(path, picture):
        stored[top : top + len(band)] = band
    return pixels


def _bands(path: Path, picture: Image.Image, multiple: int = 1) -> Iterator[tuple[int, UInt8Image]]:
    """RGB rows as stored and the number of the first, some rows at a time, a ``multiple``: in one piece a large photo
    would keep the interpreter, and the window, for long, and take its size in memory once more."""
    width, height = picture.size
    rows = max(1, _BAND // (width * multiple)) * multiple
    for top in range(0, height, rows):
        band = picture.crop((0, top, width, min(top + rows, height)))
        yield top, np.asarray(_rgb(path, band))


def _small(path: Path, picture: Image.Image, by: int) -> UInt8Image:
    """RGB as stored, each pixel the mean of ``by`` x ``by``, the last ones of what there is."""
    columns, rows = (-(-side // by) for side in picture.size)
    small = np.empty((rows, columns, 3), dtype=np.uint8)
    for top, band in _bands(path, picture, by):
        low = averaged(band, by)
        small[top // by : top // by + len(low)] = low
    return small


@contextmanager
def _opened(path: Path, longest: int | None = None) -> Iterator[tuple[BufferedReader, Image.Image, tuple[int, int]]]:
    """The file, the picture that has yet to be decoded from it (a JPEG no finer than ``longest`` needs), and its full
    size, all as soon as there is room for another picture of that size."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise ImageError(
            "there is no such file", where=path, cure="was it moved? point the project to its folder"
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from None
    with file:
        try:
            head = file.read(8)
            file.seek(0)
        except OSError as error:
            raise _unreadable(path, error) from None
        if not head:
            raise ImageError("the file is empty", where=path, cure="copy it again from where it came")
        picture = _open(path, file, head)
        full = picture.size
        if longest is not None:
            scale = min(1.0, longest / max(full))
            picture.draft(None, (max(1, int(full[0] * scale)), max(1, int(full[1] * scale))))
        with _heavy if picture.width * picture.height > HEAVY else nullcontext():
            try:
                yield file, picture, full
            finally:
                # Pillow's TIFFs are in cycles: without this their pixels stay until the garbage is next looked for.
                picture.close()


def _unreadable(path: Path, error: OSError) -> ImageError:
    return ImageError(f"the file cannot be read: {error.strerror}", where=path, cure="check its permissions and disk")


def _open(path: Path, file: BufferedReader, head: bytes) -> Image.Image:
    try:
        picture = Image.open(file, formats=_FORMATS)
    except UnidentifiedImageError:
        if head[4:] == b"ftyp":
            raise ImageError("this is an HEIC or AVIF photo", where=path, cure="convert it to JPEG or PNG") from None
        raise ImageError("this is not a picture that can be read", where=path, cure=_READABLE) from None
    except Exception as error:
        raise _damaged(path, error) from None
    width, height = picture.size
    if width * height > MAX_PIXELS:
        megapixels = f"{width} x {height} pixels are more than {MAX_PIXELS // 1_000_000} megapixels"
        raise ImageError(megapixels, where=path, cure="make the picture smaller")
    if picture.mode in ("I", "F"):
        raise ImageError("32-bit pixels have no agreed brightness", where=path, cure="save it with 8 or 16 bits")
    return picture


def _load(path: Path, picture: Image.Image) -> Orientation:
    """Decode to the last pixel. Returns how the picture is stored."""
    try:
        picture.load()
    except MemoryError:
        raise ImageError("there is not enough memory for this picture", where=path, cure="make it smaller") from None
    except Exception as error:
        raise _damaged(path, error) from None
    try:
        return Orientation.of(int(picture.getexif().get(0x0112, 1)))
    except Exception:  # unreadable metadata says nothing about the pixels: as stored, like every viewer
        return Orientation.of(1)


def _damaged(path: Path, error: Exception) -> ImageError:
    # Pillow's decoders meet foreign bytes with nearly any exception (OSError, SyntaxError, struct.error, ...).
    detail = " ".join(str(error).split()) or type(error).__name__
    return ImageError(
        f"the picture is damaged or cut short: {detail}", where=path, cure="copy it again from its source"
    )


def _rgb(path: Path, picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        wide: npt.NDArray[Any] = np.asarray(picture)
        return Image.fromarray(((wide.astype(np.uint32) + 128) // 257).astype(np.uint8)).convert("RGB")
    if picture.has_transparency_data:
        rgba = picture.convert("RGBA")
        paper = Image.new("RGB", rgba.size, (255, 255, 255))
        paper.paste(rgba, mask=rgba.getchannel("A"))
        return paper
    if picture.mode == "RGB":
        return picture
    try:
        return picture.convert("RGB")
    except ValueError:
        raise ImageError(f"colours of kind {picture.mode} are not known", where=path, cure="save it as RGB") from None
