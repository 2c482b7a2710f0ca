"""A user's own scheme file: read in full or refused with the line at fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from facelabel import schemes
from facelabel.errors import SchemeError

GOOD = """\
id = "eyes-3"
title = "Two eyes and a nose"
allow_absent = true
landmarks = [
  { name = "left-eye", group = "eyes", definition = "Centre of the eye on the image's left." },
  { name = "right-eye", group = "eyes", definition = "Centre of the eye on the image's right." },
  { name = "nose", group = "nose", definition = "Tip of the nose." },
]
edges = [[0, 2], [1, 2]]
flip = [1, 0, 2]
template = [
  [100, 50], [160, 50], [130, 90],
]

[normalising]
inter_pupil = [[0], [1]]
"""


def refusal(text: str) -> SchemeError:
    with pytest.raises(SchemeError) as caught:
        schemes.parse(text, "mine.toml")
    assert caught.value.where == "mine.toml"
    return caught.value


def test_a_complete_scheme_is_read(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    scheme = schemes.load(path)
    assert scheme.size == 3
    assert scheme.groups == {"eyes": (0, 1), "nose": (2,)}
    assert scheme.template_shape.tolist() == [[0, 0], [1, 0], [0.5, 1]]
    assert scheme.template_aspect == pytest.approx(60 / 40)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("flip = [1, 0, 2]", "flip = [1, 0, 1]", 10, "each landmark from 0 to 2 once"),
        ("flip = [1, 0, 2]", "flip = [1, 2, 0]", 10, "mirroring twice"),
        ("flip = [1, 0, 2]", "flip = [1, 0]", 10, "2 entries"),
        ("[1, 2]]", "[1, 3]]", 9, "[1, 3]"),
        ('name = "right-eye"', 'name = "left-eye"', 4, "'left-eye' stands twice"),
        ('name = "right-eye", ', "", 6, "name"),
        (', definition = "Tip of the nose."', "", 7, "definition"),
        ("definition =", "meaning =", 5, ""),
        ("[130, 90],", "", 11, "template has 2 points"),
        ("[130, 90],", "[130, nan],", 11, "finite"),
        ("[130, 90],", "[130, 50],", 11, "no height"),
        ("inter_pupil = [[0], [1]]", "inter_pupil = [[0], [2]]", 16, "mirror images"),
        ("inter_pupil = [[0], [1]]", "inter_pupil = [[0], [7]]", 16, "outside"),
        ('id = "eyes-3"', 'id = "Eyes 3"', 1, "pattern"),
        ("allow_absent = true", "", None, "allow_absent"),
        ("flip = [1, 0, 2]", "flip = [1, 0, 2", None, "TOML"),
    ],
)
def test_a_fault_is_refused_by_its_line(old, new, line, said):
    assert old in GOOD
    error = refusal(GOOD.replace(old, new, 1))
    assert said in error.what
    if line is not None:
        assert error.line == line
    assert error.cure


def test_a_landmark_table_of_its_own_is_found_too():
    head, _, tail = GOOD.partition("landmarks = [")
    text = head + tail.partition("]\n")[2]
    for name in ("left-eye", "right-eye", "nose"):
        text += f'[[landmarks]]\nname = "{name}"\ngroup = "face"\ndefinition = "Where it is."\n'
    assert schemes.parse(text, "mine.toml").size == 3
    error = refusal(text.replace('name = "right-eye"', 'name = ""'))
    assert error.line is not None
    assert text.splitlines()[error.line - 1] == 'name = "right-eye"'


@pytest.mark.parametrize("wanted", ["wflw-99", "no/such/file.toml"])
def test_an_unknown_scheme_is_refused(wanted):
    with pytest.raises(SchemeError, match=wanted):
        schemes.load(wanted)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "picture.toml"
    path.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(SchemeError, match="not UTF-8"):
        schemes.load(path)


def test_the_example_of_the_docs_is_complete():
    docs = Path(__file__).parents[2] / "docs" / "formats.md"
    examples = re.findall(r"```toml\n(.*?)```", docs.read_text(encoding="utf-8"), re.DOTALL)
    assert [schemes.parse(example, docs).size for example in examples] == [3]
