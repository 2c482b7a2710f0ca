"""The public data sets as their makers publish them: training faces, test faces with subsets, the papers' boxes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from facelabel.errors import FacelabelError
from facelabel.evaluation.layouts import aflw, w300, wflw
from facelabel.evaluation.layouts.common import BoxKind, PublicSet
from facelabel.schemes import Scheme

__all__ = ["LAYOUTS", "BoxKind", "PublicSet", "SetName", "read", "told_by_files"]

SetName = Literal["300w", "wflw", "aflw"]

LAYOUTS: dict[SetName, Callable[[Path, BoxKind | None], PublicSet]] = {
    "300w": w300.read,
    "wflw": wflw.read,
    "aflw": aflw.read,
}


def read(name: SetName, folder: Path, scheme: Scheme | None = None, boxes: BoxKind | None = None) -> PublicSet:
    """The data set ``name`` from ``folder``.

    Its faces keep their tight landmark boxes, as a project's models expect them, unless ``boxes`` asks for the papers'.
    Raises FacelabelError naming the first file that is not there, or when the set's landmarks are not those of
    ``scheme``.
    """
    if not folder.is_dir():
        raise FacelabelError("there is no such folder", where=folder, cure="name the folder of the data set")
    found = LAYOUTS[name](folder, boxes)
    if scheme is not None and scheme.size != found.scheme.size:
        raise FacelabelError(
            f"{found.title} has {found.scheme.size} landmarks, the scheme {scheme.id} has {scheme.size}",
            where=folder,
            cure=f"use a project with the scheme {found.scheme.id}",
        )
    return found


def told_by_files(folder: Path) -> SetName:
    """Which data set a folder holds. Raises FacelabelError when it looks like none."""
    marks: dict[SetName, tuple[str, ...]] = {
        "wflw": ("WFLW_annotations", "WFLW_images"),
        "aflw": ("AFLWinfo_release.mat", "aflw-19"),
        "300w": ("ibug", "images/test/challenging/ibug", "test/ibug", "helen", "lfpw", "afw"),
    }
    for name, paths in marks.items():
        if any((folder / path).exists() for path in paths):
            return name
    raise FacelabelError(
        "this is none of the public data sets: there is no ibug (300-W), WFLW_annotations or AFLWinfo_release.mat",
        where=folder,
        cure="docs/evaluation.md shows how each is laid out",
    )
