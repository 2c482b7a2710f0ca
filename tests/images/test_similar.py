"""Near-duplicate pictures: their hashes, and the bursts that they form."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from facelabel.images import similar
from facelabel.images.decode import probe, read
from facelabel.rendering.face import render_face

Bits = st.sets(st.integers(0, 63), max_size=9)


def flipped(value: int, bits: set[int]) -> int:
    unsigned = value & 0xFFFF_FFFF_FFFF_FFFF
    for bit in bits:
        unsigned ^= 1 << bit
    return int(np.uint64(unsigned).astype(np.int64))


def apart(first: int, second: int) -> int:
    return int(similar.distance(first, second))


def test_the_same_photo_smaller_and_compressed_is_near(tmp_path: Path) -> None:
    face = render_face(3).image
    Image.fromarray(face).save(tmp_path / "a.png")
    Image.fromarray(cv2.resize(face, (171, 171), interpolation=cv2.INTER_AREA)).save(tmp_path / "b.jpg", quality=60)
    brighter = np.clip(face.astype(np.float64) * 1.1 + 4, 0, 255).astype(np.uint8)
    Image.fromarray(brighter).save(tmp_path / "c.png")
    first, smaller, bright = (probe(tmp_path / name).difference_hash for name in ("a.png", "b.jpg", "c.png"))
    assert first is not None
    assert smaller is not None
    assert bright is not None
    assert apart(first, smaller) <= similar.NEAR
    assert apart(first, bright) <= similar.NEAR


def test_other_faces_are_far() -> None:
    hashes = [similar.difference_hash(render_face(seed).image) for seed in range(6)]
    assert all(apart(hashes[0], other) > similar.NEAR_IN_LINE for other in hashes[1:])


def test_import_and_a_later_look_agree(tmp_path: Path) -> None:
    Image.fromarray(cv2.resize(render_face(5).image, (900, 700))).save(tmp_path / "a.jpg")
    seen = probe(tmp_path / "a.jpg").difference_hash
    assert seen is not None
    assert apart(seen, similar.difference_hash(read(tmp_path / "a.jpg", longest=128))) <= 2


def test_a_turned_photo_is_seen_upright(tmp_path: Path) -> None:
    face = render_face(1).image
    Image.fromarray(face).save(tmp_path / "a.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.rot90(face).copy()).save(tmp_path / "b.png", exif=exif)
    assert probe(tmp_path / "a.png").difference_hash == probe(tmp_path / "b.png").difference_hash


@given(st.integers(-(2**63), 2**63 - 1), Bits)
def test_distance_counts_the_bits_that_differ(value: int, bits: set[int]) -> None:
    assert apart(value, flipped(value, bits)) == len(bits)


@given(st.integers(-(2**63), 2**63 - 1), st.sets(st.integers(0, 63), max_size=similar.NEAR), st.integers(0, 300))
def test_a_near_one_is_found_among_many_whatever_bits_differ(value: int, bits: set[int], place: int) -> None:
    hashes = np.random.default_rng(0).integers(-(2**63), 2**63, 302, dtype=np.int64)
    hashes[place], hashes[301] = value, flipped(value, bits)
    first = similar.bursts(hashes, [f"{n}/photo.jpg" for n in range(302)])
    assert first[301] == place
    assert (np.delete(first, 301) == np.arange(301)).all()


def test_numbered_frames_may_differ_more_but_not_drift_away() -> None:
    hashes: list[int] = [0]
    for frame in range(1, 12):  # Four bits more each frame: the eleventh is nothing like the first.
        hashes.append(flipped(hashes[-1], set(range(4 * frame, 4 * frame + 4))))
    paths = [f"film/frame_{n:04d}.jpg" for n in range(12)]
    assert similar.bursts(np.array(hashes), paths).tolist() == [0, 0, 0, 3, 3, 3, 6, 6, 6, 9, 9, 9]
    elsewhere = [f"{n}/frame.jpg" for n in range(12)]
    assert similar.bursts(np.array(hashes), elsewhere).tolist() == list(range(12))


def test_numbers_far_apart_are_no_line() -> None:
    hashes = np.array([0, flipped(0, set(range(8)))])
    assert similar.bursts(hashes, ["a/1.jpg", "a/2.jpg"]).tolist() == [0, 0]
    assert similar.bursts(hashes, ["a/1.jpg", "a/200.jpg"]).tolist() == [0, 1]
    assert similar.bursts(hashes, ["a/x1.jpg", "a/y2.jpg"]).tolist() == [0, 1]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40)), max_size=40))
def test_groups_are_named_by_their_first_picture(chosen: list[tuple[int, int]]) -> None:
    hashes = np.array([flipped(0, {16 * kind + (n % 5) for n in range(kind)}) for kind, _ in chosen], dtype=np.int64)
    first = similar.bursts(hashes, [f"a/shot{number}.jpg" for _, number in chosen])
    assert (first <= np.arange(len(chosen))).all()
    assert (first[first] == first).all()


def test_many_equal_pictures_are_one_burst() -> None:
    first: npt.NDArray[np.int64] = similar.bursts(np.zeros(30_000, np.int64), [f"{n}/x.jpg" for n in range(30_000)])
    assert (first == 0).all()
