"""Lists that name faces: which photo a line means, and what is no list."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelabel.errors import FormatError
from facelabel.formats import subsets
from facelabel.formats.subsets import Named

words = st.text(st.characters(categories=("L", "N"), include_characters=" _-"), min_size=1).filter(
    lambda t: t == t.strip()
)
paths = st.lists(words, min_size=1, max_size=4).map(lambda parts: "/".join(parts) + ".jpg")


@given(paths, st.data())
def test_any_end_of_a_path_means_its_photo_and_a_longer_one_does_not(path, data):
    parts = path.split("/")
    start = data.draw(st.integers(0, len(parts) - 1))
    written = "/".join(parts[start:])
    assert Named(written, None, 1).fits(Path(path), 0.0)
    assert Named(written.removesuffix(".jpg"), None, 1).fits(Path(path), 0.0)
    assert Named(written.replace("/", "\\"), None, 1).fits(Path(path), 0.0)
    assert not Named(f"x{written}", None, 1).fits(Path(path), 0.0)
    assert not Named(f"elsewhere/{path}", None, 1).fits(Path(path), 0.0)
    assert not Named(written.replace(".jpg", ".png"), None, 1).fits(Path(path), 0.0)


@given(st.lists(words.filter(lambda w: len(w.split()) < 100), min_size=1, max_size=5))
def test_plain_lists_keep_their_lines_and_blanks_in_names(tmp_path_factory, names):
    file = tmp_path_factory.mktemp("l") / "list.txt"
    file.write_text("\n\n".join(f"{name}.png" for name in names), encoding="utf-8")
    assert [line.image for line in subsets.read(file)] == [f"{name}.png" for name in names]


def test_faces_of_one_photo_are_told_apart_by_their_first_landmark():
    line = Named("a.jpg", 10.0, 1)
    assert line.fits(Path("a.jpg"), 10.4)
    assert line.fits(Path("a.jpg"), 9.0), "another origin"
    assert not line.fits(Path("a.jpg"), 30.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("photo,x\na.jpg,1\n", "no column 'image'"),
        ("image_name,x0\na.jpg\n", "1 values"),
        ("image,x0\na.jpg,b\n", "'b'"),
    ],
)
def test_what_is_no_list_is_said_to_be_none(tmp_path, text, said):
    (tmp_path / "list.csv").write_text(text)
    with pytest.raises(FormatError) as refused:
        subsets.read(tmp_path / "list.csv")
    assert said in str(refused.value)
