"""Lists that name some faces of a data set: one photo a line, or a list of 300-W or WFLW as others publish them.

Read are WFLW's own lists, which start with coordinates and end with the photo; SAN's, "photo .pts-file x1 y1 x2 y2";
HRNet's CSV, whose header starts with the photo's column and whose coordinates follow its scale and centre; a CSV with
the column ``image``; and plain lists of names. A list with coordinates tells the faces of one photo apart by the x of
their first landmark, as WFLW's subset lists are read everywhere.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from facelabel.errors import FormatError
from facelabel.formats import wflw
from facelabel.formats.text import number, read_text

_SAN = re.compile(r"(?P<image>.+\.\w+)\s+\S.*\.\w+((\s+-?[\d.]+){4})")
_FIRST_X = ("original_0_x", "landmark_0_x", "x0")


@dataclass(frozen=True)
class Named:
    """A line: the photo as it is written there, the x of the face's first landmark if it stands there, and where."""

    image: str
    first_x: float | None
    line: int

    @property
    def stem(self) -> str:
        """The photo's name without folder and suffix."""
        return PurePosixPath(self.image.replace("\\", "/")).stem

    def fits(self, image: Path, first_x: float) -> bool:
        """Whether this is the face in ``image`` with its first landmark at ``first_x`` (pixels, whatever the origin).

        The end of the photo's path has to be what is written; a name without suffix stands for any photo so called.
        """
        written = PurePosixPath(self.image.replace("\\", "/"))
        path = image if written.suffix else image.with_suffix("")
        if path.parts[-len(written.parts) :] != written.parts:
            return False
        return self.first_x is None or abs(self.first_x - first_x) < 1.5


def read(path: Path) -> list[Named]:
    """The faces of a list. Raises FormatError naming file and line when it is none."""
    text = read_text(path)
    lines = [(n, line.strip()) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if len(lines[0][1].split()) >= 2 * wflw.POINTS:
        return [Named(face.image, float(face.shape[0, 0]), face.line or 0) for face in wflw.read(path)]
    if "," in lines[0][1]:
        return _from_csv(text, path)
    found = [(n, _SAN.fullmatch(line), line) for n, line in lines]
    return [Named(line if san is None else san["image"], None, n) for n, san, line in found]


def _from_csv(text: str, path: Path) -> list[Named]:
    rows = csv.reader(text.split("\n"), skipinitialspace=True)
    header = [name.strip().lower() for name in next(rows)]
    image = next((i for i, name in enumerate(header) if name in ("image", "image_name", "file", "name")), None)
    if image is None:
        raise FormatError(
            "the header names no column 'image'", where=path, line=1, cure="begin the file with image, or image_name"
        )
    first = next((header.index(name) for name in _FIRST_X if name in header), None)
    found = []
    for row in rows:
        if not any(row):
            continue
        if len(row) <= max(image, first or 0):
            raise FormatError(f"{len(row)} values", where=path, line=rows.line_num, cure="correct the line")
        x = None if first is None else number(row[first].strip(), path, rows.line_num)
        found.append(Named(row[image].strip(), x, rows.line_num))
    return found
