"""Writing a file so that a crash leaves either the old one or the new one, never half."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from facelabel.errors import FacelabelError


def write_whole(path: Path, data: bytes | memoryview | str) -> None:
    """Put ``data`` (text as UTF-8, line ends as they are) at ``path``: written beside it, synced, renamed.

    Raises FacelabelError when it cannot be written; what was at ``path`` is then untouched.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(4)}.part")
    try:
        with fresh.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise FacelabelError(
            f"cannot be written: {error.strerror or error}",
            where=path,
            cure="choose a folder with space that you may write to",
        ) from error
