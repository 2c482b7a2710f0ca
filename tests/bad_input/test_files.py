"""Label files, lists, boxes files and schemes with a fault: the file, the line, the cure, and nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from facelabel import schemes
from facelabel.formats import wflw
from tests.bad_input.conftest import Command, face, scheme_text
from tests.bad_input.watching import contents


def test_a_pts_with_a_point_too_few(place: Path, facelabel: Command) -> None:
    folder = place / "short"
    face(40, folder)
    face(41, folder)
    lines = (folder / "40.pts").read_text().splitlines()
    (folder / "40.pts").write_text("\n".join([lines[0], "n_points: 67", *lines[2:-2], "}"]) + "\n")
    told = facelabel("import", place / "p", folder, "--labels", "pts", "--json")
    assert (told.code, told.document["images"], told.document["labels"]) == (0, 1, 1)
    (line,) = told.err.strip().splitlines()
    assert all(part in line for part in ("40.pts", "67 points", "68", "choose the scheme"))


@pytest.mark.parametrize(
    ("find", "put", "said"),
    [
        ("n_points: 68", "n_points: 67", "n_points says 67"),
        ("{\n", "{\nnan nan\n", "line 4"),
        ("{\n", "", "opening brace"),
        ("}\n", "", "closing brace"),
        ("version: 1\n", "version: 1\x00\n", "not a text file"),
    ],
)
def test_a_pts_with_another_fault(place: Path, facelabel: Command, find: str, put: str, said: str) -> None:
    folder = place / "faulty"
    face(40, folder)
    text = (folder / "40.pts").read_text()
    assert find in text
    (folder / "40.pts").write_text(text.replace(find, put))
    told = facelabel("import", place / "p", folder, "--labels", "pts")
    assert told.code == 2
    (line,) = told.err.strip().splitlines()
    assert "40.pts" in line
    assert said in line


@pytest.fixture
def wflw_set(place: Path, facelabel: Command) -> Path:
    """A project for WFLW at ``w``, and a list of three faces beside its photos."""
    folder = place / "wflw"
    rows = []
    for number in range(50, 53):
        face(number, folder, labelled=False)
        shape = schemes.load("wflw-98").template_shape * 48 + 24
        rows.append(wflw.WflwFace(f"{number}.png", shape, (24, 24, 72, 72), dict.fromkeys(wflw.ATTRIBUTES, False)))
    (folder / "list.txt").write_text(wflw.dumps(rows))
    assert facelabel("new", place / "w", "--scheme", "wflw-98").code == 0
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (" 24 24 72 72 ", " 24 24 72 ", "206 values"),
        (" 0 0 0 0 0 0 ", " 0 0 0 2 0 0 ", "make-up is '2'"),
        ("51.png", "59.png", "59.png"),
        (" 51.png", "", "206 values"),
        ("24.000000", "x", "not a number"),
    ],
)
def test_a_wflw_line_with_a_fault_refuses_the_list(
    place: Path, wflw_set: Path, facelabel: Command, old: str, new: str, said: str
) -> None:
    lines = (wflw_set / "list.txt").read_text().splitlines()
    assert old in lines[1]
    lines[1] = lines[1].replace(old, new, 1)
    (wflw_set / "list.txt").write_text("\n".join(lines) + "\n")
    before = contents(place)
    facelabel("import", place / "w", wflw_set, "--labels", "wflw").refused("list.txt, line 2", said)
    assert contents(place) == before


def test_labels_that_the_scheme_cannot_hold(place: Path, wflw_set: Path, facelabel: Command) -> None:
    before = contents(place)
    facelabel("import", place / "p", wflw_set, "--labels", "wflw").refused("98 landmarks", "wflw-98")
    facelabel("import", place / "p", place / "photos" / "pool", "--labels", "wflw").refused("98 landmarks")
    facelabel("import", place / "w", place / "photos" / "pool", "--labels", "wflw").refused("no WFLW list")
    facelabel("export", place / "p", place / "out", "--format", "wflw").refused("98 landmarks")
    facelabel("export", place / "p", place / "out", "--convert").refused("only wflw-98")
    assert contents(place) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("image,left,top,width,height\n4.png,1,2,3\n", "line 2"),
        ("image,left,top,width,height\n4.png,1,2,0,10\n", "line 2"),
        ("image,left,top,width,height\nother.png,1,2,30,40\n", "other.png"),
        ("name;x;y\n", "line 1"),
        ("", "empty"),
    ],
)
def test_a_boxes_file_with_a_fault(place: Path, facelabel: Command, text: str, said: str) -> None:
    file = place / "boxes.csv"
    file.write_text(text)
    before = contents(place)
    facelabel("import", place / "p", place / "photos" / "pool", "--boxes", file).refused("boxes.csv", said)
    assert contents(place) == before


FLIPS = ("[1, 2, 0]", "[0, 0, 2]", "[1, 0]", "[1, 0, 9]", "[1, 0, -2]", "[1, 0, 2.5]")


@pytest.mark.parametrize("wrong", FLIPS)
def test_a_scheme_with_a_wrong_flip_permutation(tmp_path: Path, facelabel: Command, wrong: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(scheme_text(3, f"flip = {wrong}"))
    facelabel("new", tmp_path / "p", "--scheme", own).refused("own.toml, line 1:", "flip", "docs/formats.md")
    assert not (tmp_path / "p").exists()
    own.write_text(scheme_text(3, "flip = [1, 0, 2]"))
    assert facelabel("new", tmp_path / "p", "--scheme", own).code == 0


def test_an_export_that_has_nothing_to_write_or_nowhere(place: Path, facelabel: Command) -> None:
    (place / "full").mkdir()
    (place / "full" / "mine.txt").write_text("mine")
    before = contents(place)
    facelabel("export", place / "p", place / "full").refused("not empty")
    facelabel("export", place / "p", place / "full", "--overwrite").refused("no export wrote")
    facelabel("export", place / "p", place / "photos").refused("not empty")
    facelabel("export", place / "p", place / "p").refused("not empty")
    facelabel("export", place / "p", Path("/proc/nothing")).refused("cannot be written")
    assert contents(place) == before


def test_an_export_again_replaces_the_earlier_one_only_when_asked(place: Path, facelabel: Command) -> None:
    assert facelabel("export", place / "p", place / "out").code == 0
    before = contents(place / "out")
    facelabel("export", place / "p", place / "out").refused("not empty", "--overwrite")
    assert contents(place / "out") == before
    assert facelabel("export", place / "p", place / "out", "--overwrite", "--origin", "zero-based").code == 0
    after = contents(place / "out")
    assert after.keys() == before.keys()
    assert after != before
    assert not list(place.glob(".out*"))


def test_landmarks_at_a_single_place_are_no_face_and_spoil_no_other(place: Path, facelabel: Command) -> None:
    folder = place / "point"
    face(60, folder)
    face(61, folder)
    (folder / "60.pts").write_text("\n".join(["version: 1", "n_points: 68", "{", *["20 20"] * 68, "}"]))
    told = facelabel("import", place / "p", folder, "--labels", "pts", "--json")
    assert (told.code, told.document["labels"]) == (0, 1)
    (line,) = told.err.strip().splitlines()
    assert all(part in line for part in ("60.pts", "no face box", "--boxes"))
