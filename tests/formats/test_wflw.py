"""WFLW lists: one face a line, full or plain, exact to the printed digit."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facelabel.errors import FormatError
from facelabel.formats import wflw
from facelabel.formats.wflw import ATTRIBUTES, WflwFace

names = st.from_regex(r"[0-9]{1,2}--[A-Z][a-z]{2,8}/[a-z0-9_é-]{1,12}\.jpg", fullmatch=True)
shapes = arrays(np.float64, (98, 2), elements=st.floats(-500, 10000, allow_nan=False, width=32), fill=st.just(3.25))
rectangles = st.tuples(*[st.integers(-100, 10000)] * 4)
flags = st.fixed_dictionaries({name: st.booleans() for name in ATTRIBUTES})
full = st.builds(WflwFace, names, shapes, rectangles, flags)
plain = st.builds(WflwFace, names, shapes, st.none(), st.none())


def a_face(**changes) -> WflwFace:
    values = {
        "image": "7--Cheering/a.jpg",
        "shape": np.arange(196, dtype=float).reshape(98, 2),
        "rectangle": (1, 2, 3, 4),
        "attributes": dict.fromkeys(ATTRIBUTES, False),
    }
    return WflwFace(**(values | changes))


def read_back(tmp_path, text: str) -> list[WflwFace]:
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    return wflw.read(path)


@settings(max_examples=40)
@given(st.lists(full | plain, min_size=1, max_size=3))
def test_what_is_written_is_read_to_the_printed_digit(tmp_path_factory, faces):
    text = wflw.dumps(faces)
    back = read_back(tmp_path_factory.mktemp("wflw"), text)
    assert [(f.image, f.rectangle, f.attributes) for f in back] == [(f.image, f.rectangle, f.attributes) for f in faces]
    for ours, theirs in zip(back, faces, strict=True):
        np.testing.assert_allclose(ours.shape, theirs.shape, atol=5.1e-7, rtol=0)
    assert wflw.dumps(back) == text


def test_a_line_is_laid_out_as_the_data_set_s():
    attributes = dict(reversed([(name, name in ("pose", "blur")) for name in ATTRIBUTES]))
    shape = np.full((98, 2), -1e-9)
    shape[0] = [511.903015, 176.186005]
    values = wflw.dumps([a_face(shape=shape, rectangle=(710, 58, 948, 370), attributes=attributes)]).split(" ")
    assert len(values) == 207
    assert values[:4] == ["511.903015", "176.186005", "0.000000", "0.000000"]
    assert values[196:] == ["710", "58", "948", "370", "1", "0", "0", "0", "0", "1", "7--Cheering/a.jpg\n"]


def test_a_subset_line_names_a_face_by_the_digits_of_the_full_line():
    full_line = wflw.dumps([a_face()])
    plain_line = wflw.dumps([a_face(rectangle=None, attributes=None)])
    assert plain_line.split(" ")[:196] == full_line.split(" ")[:196]
    assert len(plain_line.split(" ")) == 197


def test_an_image_may_have_several_faces_and_lines_may_be_blank(tmp_path):
    text = wflw.dumps([a_face(), a_face(image="b.jpg"), a_face()]).replace("\n", "\r\n\r\n")
    assert [face.image for face in read_back(tmp_path, text)] == ["7--Cheering/a.jpg", "b.jpg", "7--Cheering/a.jpg"]


def _without_one(values: list[str]) -> list[str]:
    return values[:50] + values[51:]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_one, "206 values, a face has 207"),
        (lambda v: v[:-1], "206 values"),
        (lambda v: [*v[:-1], "my", "photo.jpg"], "208 values"),
        (lambda v: [*v[:10], "x", *v[11:]], "'x' is not a number"),
        (lambda v: [*v[:10], "nan", *v[11:]], "'nan' is not a number"),
        (lambda v: [*v[:197], "1.5", *v[198:]], "1.5 in the rectangle"),
        (lambda v: [*v[:200], "2", *v[201:]], "pose is '2'"),
        (lambda v: [*v[:205], "yes", *v[206:]], "blur is 'yes'"),
        (lambda v: [*v[:-1], "12.5"], "'12.5' is no image path"),
        (lambda v: v[:197], "is no image path"),
    ],
)
def test_a_fault_is_refused_by_its_line(tmp_path, change, said):
    good = wflw.dumps([a_face()])
    bad = " ".join(change(good.split()))
    with pytest.raises(FormatError) as caught:
        read_back(tmp_path, f"{good}\n{bad}\n{good}")
    assert said in caught.value.what
    assert caught.value.line == 3
    assert caught.value.where.endswith("list.txt")
    assert caught.value.cure


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"image": "my photo.jpg"}, "image path"),
        ({"image": "my\u00a0photo.jpg"}, "image path"),
        ({"image": ""}, "image path"),
        ({"image": "12.5"}, "image path"),
        ({"shape": np.zeros((68, 2))}, "68 landmarks"),
        ({"shape": np.full((98, 2), np.nan)}, "98 landmarks are absent"),
        ({"rectangle": None}, "both"),
        ({"attributes": None}, "both"),
        ({"attributes": {"pose": True}}, "attributes"),
    ],
)
def test_what_a_list_cannot_hold_is_refused(changes, said):
    with pytest.raises(FormatError, match=said):
        wflw.dumps([a_face(), a_face(**changes)])


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01\x02", b"\xff\xd8\xff\xe0"])
def test_a_file_that_is_no_list_is_refused(tmp_path, content):
    path = tmp_path / "list.txt"
    path.write_bytes(content)
    with pytest.raises(FormatError):
        wflw.read(path)


@pytest.mark.real_faces
def test_real_wflw_faces_survive_a_list(faces_folder, tmp_path):
    data = json.loads((faces_folder / "originals/mmpose_formats/wflw/test_wflw.json").read_text(encoding="utf-8"))
    files = {image["id"]: image["file_name"] for image in data["images"]}
    faces = [
        WflwFace(files[a["image_id"]], np.array(a["keypoints"]).reshape(98, 3)[:, :2], None, None)
        for a in data["annotations"]
    ]
    back = read_back(tmp_path, wflw.dumps(faces))
    assert len(back) == len(faces) == 4
    for ours, theirs in zip(back, faces, strict=True):
        np.testing.assert_allclose(ours.shape, theirs.shape, atol=1e-9)
