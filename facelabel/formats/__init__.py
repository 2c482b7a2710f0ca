"""File formats: pure functions between text and records. docs/formats.md describes each of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FormatInfo:
    """A format as menus and ``facelabel formats`` name it. ``landmarks`` is the only number it holds, None is any."""

    id: str
    title: str
    reads: bool
    writes: bool
    landmarks: int | None = None


FORMATS: dict[str, FormatInfo] = {
    info.id: info
    for info in (
        FormatInfo("300w", "300-W, a .pts file beside each photo", reads=True, writes=True),
        FormatInfo("wflw", "WFLW list, one line a face", reads=True, writes=True, landmarks=98),
        FormatInfo("boxes", "Face boxes as CSV or JSON", reads=True, writes=False),
    )
}
"""What goes in and out of a project, by id."""
