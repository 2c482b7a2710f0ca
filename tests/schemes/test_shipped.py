"""The five schemes that ship, against what the data sets and their readers agree on."""

from __future__ import annotations

import re

import numpy as np
import pytest

from facelabel import schemes

SIZES = {"300w-68": 68, "wflw-98": 98, "cofw-29": 29, "aflw-19": 19, "face-5": 5}

# (first, last) landmark of a contour that mirrors onto itself reversed, or pairs; from the data sets' public readers
PAIRS = {
    "300w-68": [(i, 16 - i) for i in range(8)]
    + [(17 + i, 26 - i) for i in range(5)]
    + [(31, 35), (32, 34), (36, 45), (37, 44), (38, 43), (39, 42), (40, 47), (41, 46)]
    + [(48, 54), (49, 53), (50, 52), (55, 59), (56, 58), (60, 64), (61, 63), (65, 67)],
    "wflw-98": [(i, 32 - i) for i in range(16)]
    + [(33, 46), (34, 45), (35, 44), (36, 43), (37, 42), (38, 50), (39, 49), (40, 48), (41, 47), (55, 59), (56, 58)]
    + [(60, 72), (61, 71), (62, 70), (63, 69), (64, 68), (65, 75), (66, 74), (67, 73)]
    + [(76, 82), (77, 81), (78, 80), (83, 87), (84, 86), (88, 92), (89, 91), (93, 95), (96, 97)],
    "cofw-29": [(0, 1), (2, 3), (4, 6), (5, 7), (8, 9), (10, 11), (12, 14), (13, 15), (16, 17), (18, 19), (22, 23)],
    "aflw-19": [(0, 5), (1, 4), (2, 3), (6, 11), (7, 10), (8, 9), (12, 14), (15, 17)],
    "face-5": [(0, 1), (3, 4)],
}

each_scheme = pytest.mark.parametrize("id_", list(SIZES))


def mirrored(words: str) -> str:
    other = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}
    return re.sub(r"\b([Ll]eft|[Rr]ight)\b", lambda match: other[match[1]], words)


def test_the_five_schemes_ship():
    assert {id_: scheme.size for id_, scheme in schemes.shipped().items()} == SIZES


@each_scheme
def test_flip_agrees_with_the_public_readers(id_):
    expected = list(range(SIZES[id_]))
    for i, j in PAIRS[id_]:
        expected[i], expected[j] = j, i
    assert list(schemes.load(id_).flip) == expected


@each_scheme
def test_a_mirrored_landmark_has_the_mirrored_words(id_):
    scheme = schemes.load(id_)
    for i, j in enumerate(scheme.flip):
        here, there = scheme.landmarks[i], scheme.landmarks[j]
        assert mirrored(here.name) == there.name
        assert mirrored(here.definition) == there.definition
        assert mirrored(here.group) == there.group


@each_scheme
def test_left_is_the_left_of_the_image(id_):
    scheme = schemes.load(id_)
    middle = 0.5
    for landmark, (x, _) in zip(scheme.landmarks, scheme.template_shape, strict=True):
        named = landmark.group if landmark.group.startswith(("left", "right")) else landmark.name
        if "left" in named:
            assert x < middle, landmark.name
        elif "right" in named:
            assert x > middle, landmark.name
        else:
            assert x == pytest.approx(middle), landmark.name


@each_scheme
def test_the_template_is_symmetric_and_fills_its_box(id_):
    scheme = schemes.load(id_)
    shape = scheme.template_shape
    mirror = shape[scheme.flip_index] * [-1, 1] + [1, 0]
    np.testing.assert_allclose(mirror, shape, atol=1e-9)
    assert shape.min(axis=0).tolist() == [0, 0]
    assert shape.max(axis=0).tolist() == [1, 1]
    assert 0.7 < scheme.template_aspect < 1.2


@each_scheme
def test_edges_mirror_onto_edges_and_stay_distinct(id_):
    scheme = schemes.load(id_)
    edges = {frozenset(edge) for edge in scheme.edges}
    assert len(edges) == len(scheme.edges)
    assert {frozenset((scheme.flip[a], scheme.flip[b])) for a, b in scheme.edges} == edges


@each_scheme
def test_every_definition_tells_something_of_its_own_side(id_):
    definitions = {}
    for landmark in schemes.load(id_).landmarks:
        assert len(landmark.definition) > 30
        assert landmark.definition.endswith(".")
        definitions.setdefault(landmark.definition, []).append(landmark.name)
    for names in definitions.values():
        assert len(names) == 1 or sorted(names) == sorted(map(mirrored, names)), names


def test_wflw_attributes_stand_in_the_order_of_the_list_file():
    ids = [attribute.id for attribute in schemes.load("wflw-98").attributes]
    assert ids == ["pose", "expression", "illumination", "make-up", "occlusion", "blur"]


@pytest.mark.parametrize(
    ("id_", "ocular", "pupil"),
    [
        ("300w-68", ((36,), (45,)), ((36, 37, 38, 39, 40, 41), (42, 43, 44, 45, 46, 47))),
        ("wflw-98", ((60,), (72,)), ((96,), (97,))),
        ("cofw-29", ((8,), (9,)), ((16,), (17,))),
        ("aflw-19", ((6,), (11,)), ((7,), (10,))),
        ("face-5", None, ((0,), (1,))),
    ],
)
def test_nme_is_normalised_by_the_field_s_pairs(id_, ocular, pupil):
    scheme = schemes.load(id_)
    assert scheme.normalising.inter_ocular == ocular
    assert scheme.normalising.inter_pupil == pupil


def test_the_common_subset_of_98_means_the_same_points_as_68():
    subset = [*range(0, 33, 2), *range(33, 38), *range(42, 47), *range(51, 60), 60, 61, 63, 64, 65, 67]
    subset += [68, 69, 71, 72, 73, 75, *range(76, 96)]
    wide, narrow = schemes.load("wflw-98"), schemes.load("300w-68")
    assert [wide.landmarks[i].group for i in subset] == [landmark.group for landmark in narrow.landmarks]
    np.testing.assert_allclose(wide.template_shape[subset], narrow.template_shape, atol=0.04)
