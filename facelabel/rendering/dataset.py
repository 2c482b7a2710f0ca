"""A folder of rendered faces as a new data set looks: pictures, and labels beside them if wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import cv2
import numpy as np

from facelabel.errors import FacelabelError
from facelabel.formats import pts, wflw
from facelabel.rendering.face import RenderedFace, render_face

LIST_NAME = "list_98pt_rect_attr_train.txt"


def write_dataset(
    folder: Path,
    count: int,
    seed: int,
    size: int = 256,
    scheme_id: Literal["300w-68", "wflw-98"] = "300w-68",
    *,
    labels: bool = True,
) -> list[RenderedFace]:
    """Write ``face-00000.png`` … and, with ``labels``, a ``.pts`` each (300-W, 1-based) or one WFLW list.

    Face i is ``render_face(seed + i)`` and comes back in that order. Raises FacelabelError when the folder is not
    empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FacelabelError("this folder is not empty", where=folder, cure="name a new one for the rendered faces")
    folder.mkdir(parents=True, exist_ok=True)
    faces, lines = [], []
    for i in range(count):
        face = render_face(seed + i, size)
        path = folder / f"face-{i:05d}.png"
        _, data = cv2.imencode(".png", face.image[..., ::-1])
        path.write_bytes(data.tobytes())
        if labels and scheme_id == "300w-68":
            path.with_suffix(".pts").write_text(pts.dumps(face.shape68), encoding="ascii", newline="\n")
        elif labels:
            lines.append(wflw.WflwFace(path.name, face.shape98, _rectangle(face), face.attributes))
        faces.append(face)
    if lines:
        (folder / LIST_NAME).write_text(wflw.dumps(lines), encoding="ascii", newline="\n")
    return faces


def _rectangle(face: RenderedFace) -> tuple[int, int, int, int]:
    low, high = np.floor(face.shape98.min(axis=0)), np.ceil(face.shape98.max(axis=0))
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])
