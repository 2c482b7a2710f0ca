"""The ``.mat`` files of public data sets: face boxes of 300-W and everything of AFLW.

300-W's ``bounding_boxes_*.mat`` (Sagonas et al., 300 Faces In-The-Wild, ICCV Workshops 2013) hold one struct a photo:
``imgName``, ``bb_detector`` and ``bb_ground_truth``, each left, top, right, bottom. ``AFLWinfo_release.mat`` (Zhu et
al., Compositional Learning, CVPR 2016) holds ``data`` (N, 38), 19 x then 19 y, ``bbox`` (N, 4) as left, right, top,
bottom, ``mask_new`` (N, 19), ``nameList`` and ``ra``, the order whose first 20,000 faces are for training. Both count
pixels from 1, as MATLAB does; here they count from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from facelabel.errors import FormatError
from facelabel.geometry import Box

AFLW_POINTS = 19


@dataclass(frozen=True)
class PublicBoxes:
    """The two boxes of a 300-W photo, image pixels, 0-based: around its landmarks, and a detector's."""

    ground_truth: Box
    detector: Box


@dataclass(frozen=True, eq=False)
class Aflw:
    """AFLW with 19 landmarks: names (N) of photos, ``shapes`` (N, 19, 2), 0-based, also of landmarks that cannot be
    seen; ``visible`` (N, 19); ``boxes``; ``order`` (N,), 0-based: training faces first."""

    names: tuple[str, ...]
    shapes: npt.NDArray[np.float64]
    visible: npt.NDArray[np.bool_]
    boxes: tuple[Box, ...]
    order: npt.NDArray[np.intp]


def read_boxes(path: Path) -> dict[str, PublicBoxes]:
    """The boxes of a ``bounding_boxes_*.mat`` by the name of the photo. Raises FormatError when it is none."""
    (entries,) = _load(path, "bounding_boxes")
    found: dict[str, PublicBoxes] = {}
    try:
        for entry in np.ravel(entries):
            record = np.ravel(entry)[0]
            name = str(np.ravel(record["imgName"])[0])
            found[name] = PublicBoxes(_corners(record["bb_ground_truth"]), _corners(record["bb_detector"]))
    except (IndexError, KeyError, TypeError, ValueError):
        raise FormatError(
            f"entry {len(found) + 1} is no box: imgName, bb_detector and bb_ground_truth are needed",
            where=path,
            cure="download the file again",
        ) from None
    return found


def _corners(values: Any) -> Box:
    left, top, right, bottom = (float(value) - 1 for value in np.ravel(values))
    if not (right > left and bottom > top):
        raise ValueError("an empty box")
    return Box(left, top, right - left, bottom - top)


def read_aflw(path: Path) -> Aflw:
    """``AFLWinfo_release.mat``. Raises FormatError when it is none, or its parts do not belong together."""
    data, corners, mask, names, order = _load(path, "data", "bbox", "mask_new", "nameList", "ra")
    n = len(data)
    wanted = {"data": (n, 2 * AFLW_POINTS), "bbox": (n, 4), "mask_new": (n, AFLW_POINTS)}
    for name, values in zip(wanted, (data, corners, mask), strict=True):
        if values.shape != wanted[name]:
            raise FormatError(
                f"{name} is {values.shape}, not {wanted[name]}", where=path, cure="download the file again"
            )
    places = np.ravel(order).astype(np.intp) - 1
    texts = tuple(str(np.ravel(name)[0]) for name in np.ravel(names))
    if len(texts) != n or not np.array_equal(np.sort(places), np.arange(n)):
        raise FormatError(
            f"nameList or ra does not fit the {n} faces of data", where=path, cure="download the file again"
        )
    shapes = np.stack([data[:, :AFLW_POINTS], data[:, AFLW_POINTS:]], axis=2).astype(np.float64) - 1
    boxes = tuple(Box(x1 - 1, y1 - 1, x2 - x1, y2 - y1) for x1, x2, y1, y2 in corners.astype(np.float64).tolist())
    return Aflw(texts, shapes, mask == 1, boxes, places)


def _load(path: Path, *names: str) -> list[npt.NDArray[Any]]:
    from scipy.io import loadmat  # slow to import, and only these files need it

    try:
        found = loadmat(path)
    except OSError as error:
        raise FormatError(f"cannot be read: {error.strerror or error}", where=path, cure="check the path") from None
    except Exception as error:  # SciPy raises whatever its parser stumbles over.
        what = " ".join(str(error).split())
        raise FormatError(f"no MATLAB file that can be read: {what}", where=path, cure="download it again") from None
    for name in names:
        if name not in found:
            raise FormatError(f"there is no '{name}' in it", where=path, cure="check that it is the file you mean")
    return [found[name] for name in names]
