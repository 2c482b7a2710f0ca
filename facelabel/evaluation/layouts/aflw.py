"""AFLW with 19 landmarks: ``AFLWinfo_release.mat`` beside the photos of ``flickr``; 20,000 training and 4,386 test
faces, 1,314 of them frontal: every landmark can be seen.

Zhu et al., Unconstrained Face Alignment via Cascaded Compositional Learning, CVPR 2016. Their landmarks include those
that cannot be seen, and papers measure on them all.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from facelabel import schemes
from facelabel.errors import FacelabelError, FormatError
from facelabel.evaluation.faces import FaceSet, KnownFace, name_below
from facelabel.evaluation.layouts.common import BoxKind, PublicSet, first_there
from facelabel.formats import matlab
from facelabel.geometry import Box

_TRAIN = 20_000
_SHARE = _TRAIN / 24_386


def read(folder: Path, boxes: BoxKind | None = None) -> PublicSet:
    """The data set in ``folder``; see ``layouts.read``. It has one kind of box, whose size divides the errors.

    A file with fewer faces than the published one is split at the same share of them.
    """
    if boxes == "detector":
        raise FacelabelError("AFLW comes with one box a face", where=folder, cure="choose the ground-truth boxes")
    file = first_there(folder, ("AFLWinfo_release.mat", "aflw-19/AFLWinfo_release.mat"), "AFLW")
    photos = first_there(folder, ("data/flickr", "flickr", "aflw-21/data/flickr", "images"), "AFLW")
    info = matlab.read_aflw(file)
    of_photo, so_far = Counter(info.names), Counter[str]()
    known = []
    for index in info.order.tolist():
        name = info.names[index]
        so_far[name] += 1
        if not (photos / name).is_file():
            raise FormatError(f"the photo '{name}' is not there", where=file, cure=f"put it under {photos}")
        known.append(
            KnownFace(
                photos / name,
                name_below(folder, photos / name),
                info.shapes[index],
                info.boxes[index] if boxes is not None else Box.around(info.shapes[index]),
                frozenset({"frontal"} if info.visible[index].all() else ()),
                size_box=info.boxes[index],
                number=so_far[name] if of_photo[name] > 1 else 0,
                file=f"{file}, face {index + 1}",
            )
        )
    train = _TRAIN if len(known) > _TRAIN else round(_SHARE * len(known))
    return PublicSet("AFLW", schemes.load("aflw-19"), known[:train], FaceSet(known[train:], ("frontal",)), "box", 0.07)
