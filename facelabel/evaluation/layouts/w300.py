"""300-W: photos with ``.pts`` in a folder a source, and ``bounding_boxes_*.mat``.

Train: AFW 337, LFPW train 811, HELEN train 2,000; common: LFPW test 224, HELEN test 330; challenging: iBUG 135 (Sagonas
et al., 300 Faces In-The-Wild, ICCV Workshops 2013; the split is Ren et al.'s, CVPR 2014).
"""

from __future__ import annotations

from pathlib import Path

from facelabel import schemes
from facelabel.errors import FormatError
from facelabel.evaluation.faces import FaceSet, KnownFace, name_below
from facelabel.evaluation.layouts.common import BoxKind, PublicSet, first_there, grown
from facelabel.formats import matlab, pts
from facelabel.geometry import Box
from facelabel.images.find import find_images

_SETS = {
    "afw": ("afw", "images/train/afw", "train/afw"),
    "lfpw_trainset": ("lfpw/trainset", "images/train/lfpw", "train/lfpw"),
    "helen_trainset": ("helen/trainset", "images/train/helen", "train/helen"),
    "lfpw_testset": ("lfpw/testset", "images/test/common/lfpw", "test/lfpw"),
    "helen_testset": ("helen/testset", "images/test/common/helen", "test/helen"),
    "ibug": ("ibug", "images/test/challenging/ibug", "test/ibug"),
}
"""Where the photos of each box file lie: as they are unpacked, as 3FabRec sorts them, and in short."""
_TRAIN = ("afw", "lfpw_trainset", "helen_trainset")
_COMMON = ("lfpw_testset", "helen_testset")
_BOX_FOLDERS = ("Bounding Boxes", "Bounding_Boxes", "bounding_boxes", ".")
_UP, _DOWN = 0.20, 0.12
"""By which shares of its height 3FabRec's code, and SCAF after it, moves top and bottom of a box outwards."""


def read(folder: Path, boxes: BoxKind | None = None) -> PublicSet:
    """The data set in ``folder``; see ``layouts.read``."""
    scheme = schemes.load("300w-68")
    places = {name: first_there(folder, where, "300-W") for name, where in _SETS.items()}
    faces = {name: _faces(folder, place, name, boxes, scheme.size) for name, place in places.items()}
    train = [face for name in _TRAIN for face in faces[name]]
    test = [face for name in (*_COMMON, "ibug") for face in faces[name]]
    return PublicSet("300-W", scheme, train, FaceSet(test, ("common", "challenging")), "inter-ocular", 0.10)


def _faces(folder: Path, place: Path, name: str, boxes: BoxKind | None, points: int) -> list[KnownFace]:
    given = None
    if boxes is not None:
        file = first_there(folder, [f"{parent}/bounding_boxes_{name}.mat" for parent in _BOX_FOLDERS], "300-W")
        given = matlab.read_boxes(file)
    subset = frozenset({"common"} if name in _COMMON else {"challenging"} if name == "ibug" else ())
    found = []
    for photo in find_images(place):
        label = photo.with_suffix(".pts")
        if not label.is_file():
            continue
        shape = pts.read(label, points=points)
        box = Box.around(shape)
        if given is not None:
            if (stated := given.get(photo.name)) is None:
                raise FormatError(f"there is no box of {photo.name}", where=file, cure="use the file of this folder")
            box = grown(stated.ground_truth if boxes == "ground-truth" else stated.detector, _UP, _DOWN)
        found.append(KnownFace(photo, name_below(folder, photo), shape, box, subset, file=str(label)))
    if not found:
        raise FormatError("there is no photo with its .pts beside it", where=place, cure="unpack the data set there")
    return found
