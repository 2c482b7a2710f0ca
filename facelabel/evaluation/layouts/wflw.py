"""WFLW: ``WFLW_images`` and the lists of ``WFLW_annotations``; 7,500 training and 2,500 test faces, six test subsets.

Wu et al., Look at Boundary, CVPR 2018.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from facelabel import schemes
from facelabel.errors import FacelabelError, FormatError
from facelabel.evaluation.faces import WFLW_SUBSETS, FaceSet, KnownFace, in_order, name_below
from facelabel.evaluation.layouts.common import BoxKind, PublicSet, first_there, grown
from facelabel.formats import wflw
from facelabel.geometry import Box

_LIST = "list_98pt_rect_attr_train_test/list_98pt_rect_attr_{part}.txt"
_SUBSET_LIST = "list_98pt_test/list_98pt_test_{subset}.txt"
_DOWN = 0.10
"""By which share of its height 3FabRec's code, and SCAF after it, moves the bottom of the rectangle down."""


def read(folder: Path, boxes: BoxKind | None = None) -> PublicSet:
    """The data set in ``folder``; see ``layouts.read``. It has one kind of box, its rectangles.

    A face belongs to a subset when its list says so, where that list is there, else by its attribute.
    """
    if boxes == "detector":
        raise FacelabelError("WFLW comes with one box a face", where=folder, cure="choose the ground-truth boxes")
    photos = first_there(folder, ("WFLW_images",), "WFLW")
    train, test = (_faces(folder, photos, part, papers=boxes is not None) for part in ("train", "test"))
    return PublicSet(
        "WFLW",
        schemes.load("wflw-98"),
        train,
        FaceSet(test, in_order(test, WFLW_SUBSETS.values())),
        "inter-ocular",
        0.10,
    )


def _faces(folder: Path, photos: Path, part: str, *, papers: bool) -> list[KnownFace]:
    annotations = first_there(folder, ("WFLW_annotations",), "WFLW")
    file = first_there(annotations, (_LIST.format(part=part),), "WFLW")
    listed = wflw.read(file)
    of_photo, so_far = Counter(face.image for face in listed), Counter[str]()
    named = {} if part == "train" else _named(annotations)
    found = []
    for face in listed:
        so_far[face.image] += 1
        photo = photos / face.image
        if not photo.is_file():
            raise FormatError(
                f"the photo '{face.image}' is not there", where=file, line=face.line, cure=f"put it under {photos}"
            )
        if face.rectangle is None or face.attributes is None:
            raise FormatError("a line without rectangle and attributes", where=file, line=face.line, cure="restore it")
        left, top, right, bottom = face.rectangle
        stated = grown(Box(left, top, right - left, bottom - top), 0.0, _DOWN)
        by_attribute = {name for attribute, name in WFLW_SUBSETS.items() if face.attributes[attribute]}
        by_list = {name for name, keys in named.items() if _key(face) in keys}
        found.append(
            KnownFace(
                photo,
                name_below(folder, photo),
                face.shape,
                stated if papers else Box.around(face.shape),
                frozenset(by_list | (by_attribute - set(named))),
                number=so_far[face.image] if of_photo[face.image] > 1 else 0,
                file=f"{file}:{face.line}",
            )
        )
    return found


def _named(annotations: Path) -> dict[str, set[tuple[str, float]]]:
    """The faces of each subset list that is there."""
    files = {name: annotations / _SUBSET_LIST.format(subset=name) for name in WFLW_SUBSETS.values()}
    return {name: {_key(face) for face in wflw.read(file)} for name, file in files.items() if file.is_file()}


def _key(face: wflw.WflwFace) -> tuple[str, float]:
    return face.image, round(float(face.shape[0, 0]), 3)
