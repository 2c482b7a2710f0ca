"""Reading the text files of other people: one line of blame instead of a traceback."""

from __future__ import annotations

import re
from pathlib import Path

from facelabel.errors import FormatError

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def read_text(path: Path) -> str:
    """The file's text, line ends as ``\\n``, without a byte order mark. Raises FormatError when there is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror}", where=path, cure="check the path") from None
    if not data.strip():
        raise FormatError("the file is empty", where=path, cure="restore it from its source")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise FormatError("not a text file", where=path, cure="check that it is the file you mean")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def number(token: str, where: str | Path, line: int) -> float:
    """A finite decimal number. Raises FormatError for NaN, infinity and anything else."""
    if not _NUMBER.fullmatch(token):
        raise FormatError(f"'{token}' is not a number", where=where, line=line, cure="correct the line")
    value = float(token)
    if abs(value) > 1e7:
        raise FormatError(f"{token} is no pixel coordinate", where=where, line=line, cure="correct the line")
    return value
