"""300-W .pts: what the field's files look like is read, what strict readers need is written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facelabel.errors import FormatError
from facelabel.formats import pts

shapes = st.integers(1, 98).flatmap(
    lambda n: arrays(np.float64, (n, 2), elements=st.floats(-2000, 20000, allow_nan=False, width=32))
)
origins = st.sampled_from(["one-based", "zero-based"])

FOUR = "version: 1\nn_points: 4\n{\n1 1\n2.5 3\n10.25 4e1\n-3 .5\n}\n"


def refusal(text: str, **options) -> FormatError:
    with pytest.raises(FormatError) as caught:
        pts.loads(text, "face.pts", **options)
    assert caught.value.where == "face.pts"
    assert caught.value.cure
    return caught.value


@given(shapes, origins)
def test_what_is_written_is_read_to_the_printed_digit(shape, origin):
    text = pts.dumps(shape, origin=origin)
    back = pts.loads(text, "face.pts", points=len(shape), origin=origin)
    np.testing.assert_allclose(back, shape, atol=0.00051, rtol=0)
    assert pts.dumps(back, origin=origin) == text


@given(shapes, origins)
def test_a_file_has_the_lines_that_strict_readers_count_on(shape, origin):
    lines = pts.dumps(shape, origin=origin).split("\n")
    assert lines[:3] == ["version: 1", f"n_points: {len(shape)}", "{"]
    assert lines[-2:] == ["}", ""]
    assert len(lines) == len(shape) + 5
    assert all(len(line.split(" ")) == 2 and "-0.000" not in line.split(" ") for line in lines[3:-2])


def test_a_file_of_68_points_has_72_lines():
    assert pts.dumps(np.zeros((68, 2))).count("\n") == 72


def test_the_top_left_pixel_is_one_one_unless_told_otherwise():
    shape = np.array([[0.0, 0.0]])
    assert "\n1.000 1.000\n" in pts.dumps(shape)
    assert "\n0.000 0.000\n" in pts.dumps(shape, origin="zero-based")
    assert pts.loads(FOUR, "face.pts")[0].tolist() == [0, 0]
    assert pts.loads(FOUR, "face.pts", origin="zero-based")[0].tolist() == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        FOUR.replace("\n", "\r\n"),
        FOUR.replace(" ", "\t"),
        FOUR.replace("n_points: ", "n_points:  "),
        FOUR.replace("version: 1", "version: 1  "),
        FOUR.replace("}\n", "}"),
        FOUR + "\n\n  \n",
        FOUR.replace("{\n", "\n{\n\n"),
        FOUR.replace("version: 1\n", ""),
        "\n".join(FOUR.split("\n")[3:-2]),
        "\n".join(FOUR.split("\n")[3:-2]) + "\n\n",
    ],
    ids=["crlf", "tabs", "two-blanks", "trailing", "no-end", "blank-end", "blank-lines", "bare", "headerless", "both"],
)
def test_the_variants_in_the_wild_are_read(tmp_path, text):
    path = tmp_path / "face.pts"
    path.write_bytes(text.encode())
    assert pts.read(path, points=4).tolist() == [[0, 0], [1.5, 2], [9.25, 39], [-4, -0.5]]


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "face.pts"
    path.write_text(FOUR, encoding="utf-8-sig")
    assert len(pts.read(path)) == 4


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (FOUR.replace("2.5 3", "2.5 three"), 5, "'three' is not a number"),
        (FOUR.replace("2.5 3", "nan 3"), 5, "'nan' is not a number"),
        (FOUR.replace("2.5 3", "2.5 -inf"), 5, "'-inf' is not a number"),
        (FOUR.replace("2.5 3", "2_5 3"), 5, "'2_5' is not a number"),
        (FOUR.replace("2.5 3", "2.5 1e300"), 5, "no pixel coordinate"),
        (FOUR.replace("2.5 3", "2.5"), 5, "1 value, a point has x and y"),
        (FOUR.replace("2.5 3", "2.5 3 1"), 5, "3 values"),
        (FOUR.replace("2.5 3", "2.5,3"), 5, "1 value"),
        (FOUR.replace("2.5 3\n", ""), None, "3 points, but n_points says 4"),
        (FOUR.replace("n_points: 4", "n_points: four"), 2, "'four'"),
        (FOUR.replace("n_points: 4", "n_points 4"), 2, "no header line"),
        (FOUR.replace("{\n", ""), 7, "opening brace"),
        (FOUR.replace("{\n", "").replace("}\n", ""), 1, "opening brace"),
        (FOUR.replace("}\n", ""), 7, "closing brace"),
        (FOUR + FOUR, 9, "after the closing brace"),
        ("version: 1\n{\n}\n", None, "no points"),
        ("", None, "empty"),
        ("\n \n", None, "empty"),
    ],
)
def test_a_fault_is_refused_by_its_line(text, line, said):
    error = refusal(text)
    assert said in error.what
    assert error.line == line


def test_another_number_of_points_than_the_scheme_s_is_refused():
    assert "4 points, the scheme has 68" in refusal(FOUR, points=68).what


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfe1\x00", b"\xe9\xe8 1\n"])
def test_a_file_that_is_no_text_is_refused(tmp_path, content):
    path = tmp_path / "face.pts"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=r"face\.pts: (not a text file|the file is empty)"):
        pts.read(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.pts", tmp_path):
        with pytest.raises(FormatError, match="cannot be read"):
            pts.read(path)


def test_an_absent_landmark_cannot_be_written():
    with pytest.raises(FormatError, match="1 of 3 landmarks are absent"):
        pts.dumps(np.array([[1, 2], [np.nan, np.nan], [3, 4]]))


@given(st.text(alphabet="{}:.-+e 0123456789\nnav_\t\r\0x", max_size=200))
def test_no_text_gives_anything_but_a_shape_or_a_format_error(text):
    try:
        shape = pts.loads(text, "face.pts")
    except FormatError:
        return
    assert shape.ndim == 2
    assert shape.shape[1] == 2
    assert np.isfinite(shape).all()


@given(shapes)
def test_menpo_reads_what_is_written(tmp_path_factory, shape):
    from menpo.io.input.landmark import pts_importer

    path = tmp_path_factory.mktemp("pts") / "face.pts"
    path.write_text(pts.dumps(shape), encoding="ascii")
    theirs = pts_importer(path, image_origin=True)["PTS"].points
    np.testing.assert_allclose(theirs[:, ::-1], pts.read(path), atol=1e-9)


@pytest.mark.real_faces
def test_every_published_file_is_read_and_means_the_same_to_menpo(faces_folder):
    from menpo.io.input.landmark import pts_importer

    files = sorted((faces_folder / "originals").rglob("*.pts"))
    assert len(files) > 100
    with_header = 0
    for path in files:
        shape = pts.read(path, points=68)
        assert shape.shape == (68, 2)
        if "{" in path.read_text(encoding="ascii"):
            with_header += 1
            np.testing.assert_allclose(pts_importer(path)["PTS"].points[:, ::-1], shape, atol=1e-9)
    assert with_header > 20
