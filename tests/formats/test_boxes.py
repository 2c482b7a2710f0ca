"""Boxes files: CSV and JSON say the same, and a fault names its line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelabel.errors import FormatError
from facelabel.formats import boxes
from facelabel.geometry import Box

CSV = 'image,left,top,width,height\na.jpg,1,2,30,40\n"b, c.jpg",-1.5,0,2.5,1e2\n'
JSON = """[
  {"image": "a.jpg", "left": 1, "top": 2, "width": 30, "height": 40},
  {"image": "b, c.jpg", "left": -1.5, "top": 0,
   "width": 2.5, "height": 1e2, "score": 0.9}
]
"""


def read(tmp_path, text: str) -> list[boxes.BoxLine]:
    path = tmp_path / "boxes"
    path.write_text(text, encoding="utf-8")
    return boxes.read(path)


def refusal(tmp_path, text: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read(tmp_path, text)
    assert caught.value.where.endswith("boxes")
    assert caught.value.cure
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        CSV,
        CSV.replace("\n", "\r\n"),
        "\ufeff" + CSV + "\n\n",
        CSV.replace(",", " , ").replace("b ,  c", "b, c"),
        CSV.replace("image,", "Image,"),
    ],
    ids=["plain", "crlf", "mark", "blanks", "capital"],
)
def test_csv_is_read(tmp_path, text):
    found = read(tmp_path, text)
    assert [(b.image, b.box) for b in found] == [
        ("a.jpg", Box(1, 2, 30, 40)),
        ("b, c.jpg", Box(-1.5, 0, 2.5, 100)),
    ]
    assert [b.line for b in found] == [2, 3]


def test_json_says_the_same(tmp_path):
    found = read(tmp_path, JSON)
    assert [(b.image, b.box) for b in found] == [(b.image, b.box) for b in read(tmp_path, CSV)]
    assert [b.line for b in found] == [2, 3]


def test_columns_may_stand_in_any_order_with_others_between(tmp_path):
    found = read(tmp_path, "score,height,width,top,left,image\n0.5,40,30,2,1,a.jpg\n")
    assert found == [boxes.BoxLine("a.jpg", Box(1, 2, 30, 40), 2)]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("width,", "", 1, "the header lacks width"),
        ("image,left,top,width,height\n", "", 1, "the header lacks"),
        (",30,40", ",30", 2, "4 values, the header has 5"),
        ("a.jpg", "a, b.jpg", 2, "6 values"),
        ("a.jpg", "", 2, "image"),
        ("30", "wide", 2, "width"),
        ("30", "0", 2, "width"),
        ("30", "-3", 2, "width"),
        ("1e2", "nan", 3, "height"),
        ("1e2", "inf", 3, "height"),
    ],
)
def test_a_fault_in_csv_is_refused_by_its_line(tmp_path, old, new, line, said):
    error = refusal(tmp_path, CSV.replace(old, new, 1))
    assert said in error.what
    assert error.line == line


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"top": 2,', "", 2, "top"),
        ("1e2", '"tall"', 3, "height"),
        ("1e2", "NaN", 3, "height"),
        ("2.5", "0", 3, "width"),
        ("1e2", "", 4, "not valid JSON"),
        ("[\n", '{"boxes": [\n', 6, "not valid JSON"),
        ('{"image": "a.jpg", "left": 1, "top": 2, "width": 30, "height": 40}', '"a.jpg"', 2, "not an object"),
    ],
)
def test_a_fault_in_json_is_refused_by_its_line(tmp_path, old, new, line, said):
    assert old in JSON
    error = refusal(tmp_path, JSON.replace(old, new, 1))
    assert said in error.what
    assert error.line == line


@pytest.mark.parametrize("text", ["image,left,top,width,height\n", "[]", "", '{"image": "a.jpg"}'])
def test_a_file_without_boxes_is_refused(tmp_path, text):
    refusal(tmp_path, text)


numbers = st.floats(-1e4, 1e4)
sizes = st.floats(1e-3, 1e4)
entries = st.fixed_dictionaries(
    {"image": st.text("ab/ é,\"'.", min_size=1).filter(str.strip)}
    | {"left": numbers, "top": numbers, "width": sizes, "height": sizes}
)


@given(st.lists(entries, min_size=1, max_size=4), st.sampled_from([None, 1]))
def test_any_json_list_is_read_exactly(tmp_path_factory, rows, indent):
    found = read(tmp_path_factory.mktemp("boxes"), json.dumps(rows, indent=indent))
    assert [(b.image, b.box) for b in found] == [
        (row["image"].strip(), Box(row["left"], row["top"], row["width"], row["height"])) for row in rows
    ]
