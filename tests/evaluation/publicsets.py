"""Public data sets in small, laid out as their makers publish them: dots at the landmarks on noise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy.io import savemat

from facelabel import schemes
from facelabel.formats import pts, wflw

SIDE = 96
W300 = {
    "afw": ("afw", 3),
    "lfpw_trainset": ("lfpw/trainset", 2),
    "helen_trainset": ("helen/trainset", 3),
    "lfpw_testset": ("lfpw/testset", 2),
    "helen_testset": ("helen/testset", 2),
    "ibug": ("ibug", 2),
}


def face(scheme_id: str, number: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64]]:
    rng = np.random.default_rng(number)
    pixels = rng.integers(60, 90, (SIDE, SIDE, 3), dtype=np.uint8)
    shape = schemes.load(scheme_id).template_shape * 48 + 24 + rng.uniform(-4, 4, 2)
    for x, y in shape.round().astype(int):
        pixels[y - 1 : y + 2, x - 1 : x + 2] = 255
    return pixels, shape


def write_300w(folder: Path) -> Path:
    """8 training faces, 4 common, 2 challenging; one of them with a blank in its name, as iBUG has."""
    number = 0
    boxes = folder / "Bounding Boxes"
    boxes.mkdir(parents=True)
    for name, (place, count) in W300.items():
        (folder / place).mkdir(parents=True)
        entries = np.empty((1, count), dtype=object)
        for i in range(count):
            pixels, shape = face("300w-68", number)
            stem = f"image_{number:03d} _01" if name == "ibug" and i == 0 else f"{name}_{number}"
            photo = folder / place / f"{stem}.{'png' if 'lfpw' in name else 'jpg'}"
            Image.fromarray(pixels).save(photo)
            photo.with_suffix(".pts").write_text(pts.dumps(shape))
            corners = np.array([[*(shape.min(axis=0) + 1), *(shape.max(axis=0) + 1)]])
            entries[0, i] = {"imgName": photo.name, "bb_detector": corners + 2, "bb_ground_truth": corners}
            number += 1
        savemat(boxes / f"bounding_boxes_{name}.mat", {"bounding_boxes": entries})
    return folder


def write_wflw(folder: Path) -> Path:
    """4 training and 5 test faces, the last two in one photo; the first is of large pose, the last blurred."""
    lists = folder / "WFLW_annotations" / "list_98pt_rect_attr_train_test"
    lists.mkdir(parents=True)
    (folder / "WFLW_images" / "0--Parade").mkdir(parents=True)
    for part, count, first in (("train", 4, 0), ("test", 5, 10)):
        faces = []
        for i in range(count):
            pixels, shape = face("wflw-98", first + i)
            image = f"0--Parade/{part}_{min(i, 3)}.png"
            if i < 4:
                Image.fromarray(pixels).save(folder / "WFLW_images" / image)
            attributes = dict.fromkeys(wflw.ATTRIBUTES, False) | {"pose": i == 0, "blur": i == count - 1}
            low, high = np.floor(shape.min(axis=0)).astype(int), np.ceil(shape.max(axis=0)).astype(int)
            faces.append(wflw.WflwFace(image, shape, (*low.tolist(), *high.tolist()), attributes))
        (lists / f"list_98pt_rect_attr_{part}.txt").write_text(wflw.dumps(faces))
    return folder


def write_aflw(folder: Path, faces: int = 12) -> Path:
    """``faces`` faces in an order of their own, split at AFLW's share; every second one shows all landmarks."""
    (folder / "data" / "flickr" / "0").mkdir(parents=True)
    shapes, names = [], np.empty((faces, 1), dtype=object)
    for i in range(faces):
        pixels, shape = face("aflw-19", 100 + i)
        names[i, 0] = f"0/image{i:05d}.jpg"
        Image.fromarray(pixels).save(folder / "data" / "flickr" / names[i, 0])
        shapes.append(shape + 1)
    stacked = np.stack(shapes)
    low, high = stacked.min(axis=1), stacked.max(axis=1)
    mask = np.ones((faces, 19))
    mask[1::2, 3] = 0
    savemat(
        folder / "AFLWinfo_release.mat",
        {
            "data": np.concatenate([stacked[..., 0], stacked[..., 1]], axis=1),
            "bbox": np.stack([low[:, 0], high[:, 0], low[:, 1], high[:, 1]], axis=1),
            "mask_new": mask,
            "nameList": names,
            "ra": np.arange(faces, 0, -1)[None],
        },
    )
    return folder
