"""The public data sets as their makers lay them out, and one clear line for what is missing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from facelabel import schemes
from facelabel.errors import FacelabelError
from facelabel.evaluation import faces, layouts
from facelabel.evaluation.reproduce import drawn
from facelabel.formats import wflw
from tests.evaluation.publicsets import face, write_300w, write_aflw, write_wflw


def test_300w_has_its_split_subsets_and_the_papers_boxes(tmp_path: Path) -> None:
    found = layouts.read("300w", write_300w(tmp_path / "d"), boxes="ground-truth")
    assert (len(found.train), len(found.test.faces)) == (8, 6)
    counts = {s: sum(s in f.subsets for f in found.test.faces) for s in found.test.subsets}
    assert counts == {"common": 4, "challenging": 2}
    assert any(" " in f.name for f in found.test.faces)
    for known in (*found.train, *found.test.faces):
        low, high = known.shape.min(axis=0), known.shape.max(axis=0)
        height = high[1] - low[1]
        assert known.box is not None
        expected = [low[0], low[1] - 0.2 * height, high[0] - low[0], 1.32 * height]
        np.testing.assert_allclose(
            [known.box.left, known.box.top, known.box.width, known.box.height], expected, atol=2e-3
        )
    _, shape = face("300w-68", 0)
    np.testing.assert_allclose(found.train[0].shape, shape, atol=6e-4)


def test_300w_has_the_detectors_boxes_too(tmp_path: Path) -> None:
    folder = write_300w(tmp_path / "d")
    truth, detector = (layouts.read("300w", folder, boxes=kind) for kind in ("ground-truth", "detector"))  # type: ignore[arg-type]
    assert truth.train[0].box is not None
    assert detector.train[0].box is not None
    assert detector.train[0].box.left - truth.train[0].box.left == pytest.approx(2)


def test_300w_as_3fabrec_sorts_it_and_without_boxes_for_a_project(tmp_path: Path) -> None:
    folder = write_300w(tmp_path / "d")
    for place, other in (
        ("afw", "images/train/afw"),
        ("helen/trainset", "images/train/helen"),
        ("lfpw/trainset", "images/train/lfpw"),
        ("helen/testset", "images/test/common/helen"),
        ("lfpw/testset", "images/test/common/lfpw"),
        ("ibug", "images/test/challenging/ibug"),
    ):
        (folder / other).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).rename(folder / other)
    for file in (folder / "Bounding Boxes").iterdir():
        file.unlink()
    assert len(layouts.read("300w", folder).test.faces) == 6
    with pytest.raises(FacelabelError, match=r"bounding_boxes_afw\.mat is not there"):
        layouts.read("300w", folder, boxes="ground-truth")


def test_wflw_has_its_subsets_by_attribute_or_by_list(tmp_path: Path) -> None:
    folder = write_wflw(tmp_path / "d")
    found = layouts.read("wflw", folder, boxes="ground-truth")
    assert (len(found.train), len(found.test.faces)) == (4, 5)
    assert found.test.subsets == ("largepose", "blur")
    assert [sorted(f.subsets) for f in found.test.faces] == [["largepose"], [], [], [], ["blur"]]
    assert [f.number for f in found.test.faces] == [0, 0, 0, 1, 2]
    first = found.test.faces[0]
    low, high = np.floor(first.shape.min(axis=0)), np.ceil(first.shape.max(axis=0))
    assert first.box is not None
    assert (first.box.top, first.box.height) == (low[1], pytest.approx(1.1 * (high[1] - low[1])))

    lists = folder / "WFLW_annotations" / "list_98pt_test"
    lists.mkdir()
    named = [
        wflw.WflwFace(f.image.relative_to(folder / "WFLW_images").as_posix(), f.shape, None, None)
        for f in found.test.faces[3:]
    ]
    (lists / "list_98pt_test_largepose.txt").write_text(wflw.dumps(named))
    again = layouts.read("wflw", folder)
    assert [sorted(f.subsets) for f in again.test.faces] == [[], [], [], ["largepose"], ["blur", "largepose"]]


def test_a_folder_of_wflw_lists_has_the_same_subsets(tmp_path: Path) -> None:
    folder = write_wflw(tmp_path / "d")
    scheme = schemes.load("wflw-98")
    found = faces.from_folder(folder, "wflw", scheme)
    assert (len(found.faces), found.subsets) == (9, ("largepose", "blur"))
    assert [sum(name in face.subsets for face in found.faces) for name in found.subsets] == [2, 2]

    lists = folder / "WFLW_annotations" / "list_98pt_test"
    lists.mkdir()
    test = wflw.read(folder / "WFLW_annotations/list_98pt_rect_attr_train_test/list_98pt_rect_attr_test.txt")
    plain = [wflw.WflwFace(face.image, face.shape, None, None) for face in test]
    (lists / "list_98pt_test_makeup.txt").write_text(wflw.dumps(plain[1:3]))
    again = faces.from_folder(folder, "wflw", scheme)
    assert (len(again.faces), again.subsets) == (9, ("largepose", "makeup", "blur"))
    assert sum("makeup" in face.subsets for face in again.faces) == 2


def test_aflw_is_split_by_its_order_and_its_frontal_faces_show_every_landmark(tmp_path: Path) -> None:
    found = layouts.read("aflw", write_aflw(tmp_path / "d"))
    assert (len(found.train), len(found.test.faces)) == (10, 2)
    assert [f.name for f in found.test.faces] == ["data/flickr/0/image00001.jpg", "data/flickr/0/image00000.jpg"]
    assert [sorted(f.subsets) for f in found.test.faces] == [[], ["frontal"]]
    _, shape = face("aflw-19", 100)
    np.testing.assert_allclose(found.test.faces[1].shape, shape, atol=1e-9)
    assert found.test.faces[1].size_box is not None
    assert found.test.faces[1].size_box.width == pytest.approx(np.ptp(shape[:, 0]))


MISSING = (
    ("300w", write_300w, "ibug", "ibug is not there"),
    ("300w", write_300w, "helen/testset", "helen/testset is not there"),
    ("300w", write_300w, "Bounding Boxes/bounding_boxes_lfpw_testset.mat", "bounding_boxes_lfpw_testset.mat"),
    ("wflw", write_wflw, "WFLW_images", "WFLW_images is not there"),
    (
        "wflw",
        write_wflw,
        "WFLW_annotations/list_98pt_rect_attr_train_test/list_98pt_rect_attr_test.txt",
        "_attr_test.txt",
    ),
    ("wflw", write_wflw, "WFLW_images/0--Parade/test_1.png", "the photo '0--Parade/test_1.png' is not there"),
    ("aflw", write_aflw, "AFLWinfo_release.mat", "AFLWinfo_release.mat is not there"),
    ("aflw", write_aflw, "data", "data/flickr is not there"),
)


@pytest.mark.parametrize(("name", "write", "path", "said"), MISSING)
def test_what_is_missing_is_named(tmp_path: Path, name, write, path, said) -> None:
    folder = write(tmp_path / "d")
    (folder / path).rename(tmp_path / "away")
    with pytest.raises(FacelabelError) as refused:
        layouts.read(name, folder, boxes="ground-truth")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_mat_file_is_said_to_be_none(tmp_path: Path) -> None:
    folder = write_aflw(tmp_path / "d")
    for text in (b"nonsense", b"", (folder / "AFLWinfo_release.mat").read_bytes()[:300]):
        (folder / "AFLWinfo_release.mat").write_bytes(text)
        with pytest.raises(FacelabelError, match=r"AFLWinfo_release\.mat"):
            layouts.read("aflw", folder)


def test_sets_are_told_by_their_files_and_fit_a_scheme(tmp_path: Path) -> None:
    for name, write in (("300w", write_300w), ("wflw", write_wflw), ("aflw", write_aflw)):
        assert layouts.told_by_files(write(tmp_path / name)) == name
    with pytest.raises(FacelabelError, match="none of the public data sets"):
        layouts.told_by_files(tmp_path)
    with pytest.raises(FacelabelError, match="68 landmarks, the scheme wflw-98 has 98"):
        layouts.read("300w", tmp_path / "300w", schemes.load("wflw-98"))


def test_draws_are_seeded_and_nested(tmp_path: Path) -> None:
    train = layouts.read("300w", write_300w(tmp_path / "d")).train
    assert drawn(train, None, 0) == train
    assert drawn(train, 5, 3)[:2] == drawn(train, 2, 3)
    assert drawn(train, 5, 3) != drawn(train, 5, 4)
    with pytest.raises(FacelabelError, match="has 8 faces"):
        drawn(train, 9, 0)
