"""Face boxes from elsewhere: CSV with the header ``image,left,top,width,height``, or a JSON list of objects with these.

Pixels of the image, 0-based pixel centres; ``image`` is the path of the photo as the import names it. Other columns and
keys are let be, so that a detector's score may stay in the file. An image with several faces has several lines.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from facelabel.errors import FormatError
from facelabel.formats.text import read_text
from facelabel.geometry import Box

COLUMNS = ("image", "left", "top", "width", "height")


@dataclass(frozen=True)
class BoxLine:
    """One face box and the 1-based line of the file where it stands."""

    image: str
    box: Box
    line: int


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    image: str = Field(min_length=1)
    left: FiniteFloat
    top: FiniteFloat
    width: Annotated[FiniteFloat, Field(gt=0)]
    height: Annotated[FiniteFloat, Field(gt=0)]


def read(path: str | Path) -> list[BoxLine]:
    """The boxes of a file in its order; JSON when it begins with a bracket. Raises FormatError naming the line."""
    text = read_text(Path(path))
    rows = _json_rows(text, path) if text.lstrip().startswith(("[", "{")) else _csv_rows(text, path)
    found = [_box(row, path, line) for line, row in rows]
    if not found:
        raise FormatError("no boxes in this file", where=path, cure="give one line a face")
    return found


def _box(row: Any, path: str | Path, line: int) -> BoxLine:
    try:
        r = _Row.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = f"{place}: {first['msg']}" if place else "not an object with keys and values"
        raise FormatError(said, where=path, line=line, cure=f"a box is {','.join(COLUMNS)}") from None
    return BoxLine(r.image, Box(r.left, r.top, r.width, r.height), line)


def _csv_rows(text: str, path: str | Path) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(text.split("\n"), skipinitialspace=True)
    header: list[str] | None = None
    for values in reader:
        if not any(value.strip() for value in values):
            continue
        if header is None:
            header = [value.strip().lower() for value in values]
            if missing := [column for column in COLUMNS if column not in header]:
                raise FormatError(
                    f"the header lacks {', '.join(missing)}",
                    where=path,
                    line=reader.line_num,
                    cure=f"begin the file with {','.join(COLUMNS)}",
                )
        elif len(values) != len(header):
            raise FormatError(
                f"{len(values)} values, the header has {len(header)}",
                where=path,
                line=reader.line_num,
                cure='correct the line; put a path with a comma in "quotes"',
            )
        else:
            yield reader.line_num, dict(zip(header, values, strict=True))


def _json_rows(text: str, path: str | Path) -> Iterator[tuple[int, Any]]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormatError(
            f"not valid JSON: {error.msg}", where=path, line=error.lineno, cure="correct the line"
        ) from None
    if not isinstance(whole, list):
        raise FormatError("not a JSON list", where=path, line=1, cure='write [{"image": …, "left": …}, …]')
    # Decoding entry by entry tells where each begins, which the whole does not.
    decoder, at = json.JSONDecoder(), text.index("[") + 1
    for _ in whole:
        while text[at] in ", \t\n":
            at += 1
        entry, end = decoder.raw_decode(text, at)
        yield text.count("\n", 0, at) + 1, entry
        at = end
