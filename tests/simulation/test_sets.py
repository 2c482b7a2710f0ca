"""Which faces are labelled and which measured: lists, splits by photo, projects, public sets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from facelabel import schemes
from facelabel.errors import FacelabelError
from facelabel.simulation import sets
from tests.bad_input.conftest import kept
from tests.evaluation.publicsets import write_wflw
from tests.simulation.conftest import SCHEME, read

__all__ = ["kept"]


def test_no_photograph_is_on_both_sides(photos: Path) -> None:
    found = read(photos)
    names = [{int(Path(face.name).stem) // 3 for face in side} for side in (found.pool, found.test)]
    assert not names[0] & names[1]
    assert len(found.pool) + len(found.test) == 30
    assert len(found.test) == 9
    assert [f.name for f in read(photos).test] == [f.name for f in found.test]
    by_shot = {int(Path(face.name).stem) // 3: photo for face, photo in zip(found.pool, found.photos, strict=True)}
    assert len(set(by_shot.values())) == len(by_shot) == 7


def test_files_are_photographs_where_no_list_says_otherwise(photos: Path) -> None:
    found = sets.from_folder(photos, "pts", SCHEME)
    assert len(set(sets.photographs(found.faces, None).values())) == 30
    assert len(set(sets.photographs(found.faces, str(photos / "list.csv")).values())) == 10


def test_lists_name_faces(photos: Path, tmp_path: Path) -> None:
    faces = sets.from_folder(photos, "pts", SCHEME).faces
    table = photos / "list.csv"
    assert len(sets.listed(faces, str(table))) == 30
    named = sets.listed(faces, f"{table}:split=dev")
    assert sorted(int(Path(face.name).stem) for face in named) == [24, 25, 26, 27, 28, 29]
    plain = tmp_path / "some: a=b.txt"
    plain.write_text("3.png\n4.png\n")
    assert [face.name for face in sets.listed(faces, str(plain))] == ["3.png", "4.png"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}:split=none-such", "names none of the 30"),
        ("{}:side=dev", "no column 'side'"),
        ("nowhere.csv", "cannot be read"),
        ("nowhere.csv:split=dev", "cannot be read"),
    ],
)
def test_what_is_no_list(photos: Path, text: str, said: str) -> None:
    faces = sets.from_folder(photos, "pts", SCHEME).faces
    with pytest.raises(FacelabelError, match=said):
        sets.listed(faces, text.format(photos / "list.csv"))


def test_a_face_is_not_measured_on_that_may_be_labelled(photos: Path) -> None:
    found = sets.from_folder(photos, "pts", SCHEME)
    with pytest.raises(FacelabelError, match="2 faces are to be labelled and measured on"):
        sets.build(found, found.faces[:9], found.faces[7:], "here", None, lambda face: face.name)
    with pytest.raises(FacelabelError, match="no face to measure on"):
        sets.build(found, found.faces, [], "here", None, lambda face: face.name)
    with pytest.raises(FacelabelError, match="cannot be held out"):
        sets.split(found.faces, 0.3, lambda face: "all the same")
    with pytest.raises(FacelabelError, match="the folder cannot be read"):
        sets.from_folder(photos.parent / "nothing", "pts", SCHEME)


def test_a_projects_labels_with_its_boxes(kept: Path) -> None:
    found = sets.from_project(kept / "p")
    assert (len(found.faces), found.scheme.id) == (4, "300w-68")
    assert all(face.image.is_file() and face.box is not None for face in found.faces)
    assert {face.shape.shape for face in found.faces} == {(68, 2)}
    built = sets.build(found, found.faces[:3], found.faces[3:], "one", None, lambda face: face.name)
    assert (built.norm, len(built.pool_sizes), len(built.test_sizes)) == ("inter-ocular", 3, 1)


def test_a_public_set_brings_its_own_test_faces(tmp_path: Path) -> None:
    found = sets.from_folder(write_wflw(tmp_path), "wflw-set", None)
    assert (len(found.faces), len(found.test), found.scheme.id, found.norm) == (4, 5, "wflw-98", "inter-ocular")
    built = sets.build(found, found.faces, found.test, "its own", None, lambda face: face.name)
    assert built.digest != sets.build(found, found.faces, found.test, "its own", "box", lambda face: face.name).digest
    with pytest.raises(FacelabelError, match="98 landmarks"):
        sets.from_folder(tmp_path, "wflw-set", schemes.load("300w-68"))


def test_faces_without_a_landmark_are_left_out(photos: Path) -> None:
    found = sets.from_folder(photos, "pts", SCHEME)
    blank = replace(found.faces[0], shape=np.full((68, 2), np.nan), box=None)
    built = sets.build(found, [blank, *found.faces[1:20]], found.faces[20:], "rest", None, lambda face: face.name)
    assert len(built.pool) == 19
    assert built.left_out == ["0.png: no landmark is present"]
