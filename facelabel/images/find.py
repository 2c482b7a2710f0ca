"""The picture files of a folder."""

from __future__ import annotations

import os
from pathlib import Path

from facelabel.errors import ImageError
from facelabel.images.decode import SUFFIXES


def find_images(folder: Path) -> list[Path]:
    """Every picture under ``folder``, by suffix, sorted by path; hidden files and folders are left out.

    Links to folders are followed, each real folder is read once, and a folder reached without a link keeps that path:
    loops end, and no picture is listed twice. Raises ImageError when the folder cannot be read.
    """
    found: list[Path] = []
    seen: set[Path] = set()
    waiting = [folder]
    while waiting:
        start = waiting.pop(0)
        if start.resolve() in seen:
            continue
        for place, folders, files in os.walk(start, onerror=_refuse):
            seen.add(Path(place).resolve())
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            waiting += [link for link in (Path(place, name) for name in folders) if link.is_symlink()]
            found += [path for path in (Path(place, name) for name in files) if _is_picture(path)]
    return sorted(found)


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def _refuse(error: OSError) -> None:
    raise ImageError(
        f"the folder cannot be read: {error.strerror}", where=error.filename, cure="check its name and permissions"
    )
