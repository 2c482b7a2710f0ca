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
import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from facelabel.errors import ImageError
from facelabel.images.similar import difference_hash

UInt8Image = npt.NDArray[np.uint8]

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".pgm", ".ppm"})
MAX_PIXELS = 400_000_000
_PIECE = 2**19
"""Pixels that are handed over at a time."""
_LOOK = 128
"""Pixels that are enough to tell near-duplicates by."""

_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "PPM")
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_READABLE = "facelabel reads JPEG, PNG, WebP, BMP, TIFF, PGM and PPM"

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


def probe(path: Path) -> ImageInfo:
    """Size, hash and kind of a picture that is known to decode to its end.

    The pixels are decoded once (a large JPEG at an eighth of its size), so that a truncated file is found when it is
    imported and not when somebody is about to label it. Raises ImageError.
    """
    data = _bytes(path)
    picture = _open(path, data)
    width, height = picture.size
    orientation = _load(path, picture, longest=_LOOK)
    if orientation >= 5:
        width, height = height, width
    # A phone's multi-picture file opens as its first JPEG.
    kind = "jpeg" if picture.format == "MPO" else str(picture.format).lower()
    rgb = _rgb(path, picture)
    seen = difference_hash(_upright(rgb.reduce(max(1, max(rgb.size) // _LOOK)), orientation))
    return ImageInfo(width, height, hashlib.sha256(data).hexdigest(), len(data), path.stat().st_mtime_ns, kind, seen)


def read(path: Path, *, longest: int | None = None) -> UInt8Image:
    """The upright picture, uint8 RGB (H, W, 3), C-contiguous and writable.

    ``longest`` reduces a picture whose longer side is longer than that many pixels (it never enlarges). The reduced
    picture covers exactly the same rectangle: ``crops.resize_transform`` maps full-size coordinates to it. Raises
    ImageError.
    """
    if longest is not None and longest < 1:
        raise ValueError("longest must be at least one pixel")
    picture = _open(path, _bytes(path))
    full = picture.size
    orientation = _load(path, picture, longest)
    rgb = _rgb(path, picture)
    if longest is not None and max(full) > longest:
        scale = longest / max(full)
        size = (max(1, round(full[0] * scale)), max(1, round(full[1] * scale)))
        # A JPEG read at 1/8 rounds its size up to whole pixels; the box leaves the padding out, so nothing shifts.
        shrink = max(1, round(max(full) / max(rgb.size)))
        rgb = rgb.resize(size, Image.Resampling.HAMMING, box=(0, 0, full[0] / shrink, full[1] / shrink))
    return _upright(rgb, orientation)


def _upright(rgb: Image.Image, orientation: int) -> UInt8Image:
    upright = rgb.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else rgb
    width, height = upright.size
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    # Some rows at a time: in one piece a large photo would keep the interpreter, and the window, for long.
    rows = max(1, _PIECE // width)
    for top in range(0, height, rows):
        below = min(top + rows, height)
        pixels[top:below] = np.asarray(upright.crop((0, top, width, below)))
    return pixels


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ImageError(
            "there is no such file", where=path, cure="was it moved? point the project to its folder"
        ) from None
    except OSError as error:
        raise ImageError(
            f"the file cannot be read: {error.strerror}", where=path, cure="check its permissions and disk"
        ) from None
    if not data:
        raise ImageError("the file is empty", where=path, cure="copy it again from where it came")
    return data


def _open(path: Path, data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError:
        if data[4:8] == b"ftyp":
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


def _load(path: Path, picture: Image.Image, longest: int | None) -> int:
    """Decode to the last pixel, a JPEG no finer than ``longest`` needs. Returns the orientation still to be applied."""
    try:
        if longest is not None:
            scale = min(1.0, longest / max(picture.size))
            picture.draft(None, (max(1, int(picture.width * scale)), max(1, int(picture.height * scale))))
        picture.load()
    except MemoryError:
        raise ImageError("there is not enough memory for this picture", where=path, cure="make it smaller") from None
    except Exception as error:
        raise _damaged(path, error) from None
    try:
        return int(picture.getexif().get(0x0112, 1))
    except Exception:  # unreadable metadata says nothing about the pixels: as stored, like every viewer
        return 1


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
