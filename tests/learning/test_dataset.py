"""Crops and their variations: the landmarks stay on what they mark, whatever happens to the pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from facelabel.geometry import Box
from facelabel.learning import augment, crops
from facelabel.learning.crops import Crop, cut, view
from facelabel.learning.dataset import Dataset
from facelabel.learning.faces import FaceToPredict, Failure, LabelledFace
from facelabel.learning.presets import Augmentation, Preset
from facelabel.schemes import Scheme

MakeFaces = Callable[..., list[LabelledFace]]


def cut_all(faces: list[LabelledFace], preset: Preset) -> list[Crop[LabelledFace]]:
    out = list(cut(faces, preset.network.input_size, preset.margin))
    assert not any(isinstance(item, Failure) for item in out)
    return [item for item in out if isinstance(item, Crop)]


def centre_of(pixels: np.ndarray, near: np.ndarray, channel: int, reach: int = 9) -> np.ndarray:
    """Where the spot near a point really is: the centre of its brightness above the ground."""
    x, y = np.round(near).astype(int)
    part = pixels[y - reach : y + reach + 1, x - reach : x + reach + 1, channel].astype(float)
    part = np.maximum(part - 110, 0)
    v, u = np.mgrid[y - reach : y + reach + 1, x - reach : x + reach + 1]
    return np.array([(part * u).sum(), (part * v).sum()]) / part.sum()


def test_varied_landmarks_stay_on_their_spots(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    wild = toy.model_copy(update={"augmentation": Augmentation(erasing=0, blur=0, brightness=0, contrast=0)})
    dataset = Dataset(cut_all(make_faces(6), wild), wild, spots)
    rng = np.random.default_rng(2)
    mirrored = 0
    for index in list(range(6)) * 8:
        pixels, points, known = dataset.sample(index, rng)
        in_crop = (points + 0.5) * 2 - 0.5
        mirrored += in_crop[0, 0] > in_crop[1, 0]
        for landmark in np.flatnonzero(known & (np.abs(in_crop - 63.5) < 50).all(axis=1)):
            # The chin is green on dark: its red channel shows nothing.
            spot = centre_of(pixels, in_crop[landmark], channel=1)
            assert np.abs(spot - in_crop[landmark]).max() < 0.6
    assert mirrored == 0  # the permutation puts the left eye on the left of every mirror image


def test_every_second_face_is_mirrored(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    still = {"rotation": 0, "translation": 0, "scaling": 0, "box_shift": 0, "box_scale": 0, "erasing": 0, "blur": 0}
    for flip in (0.0, 1.0):
        settings = Augmentation(**still, brightness=0, contrast=0, flip=flip)
        preset = toy.model_copy(update={"augmentation": settings})
        [crop] = cut_all(make_faces(1, seed=4), preset)
        pixels, points, _ = Dataset([crop], preset, spots).sample(0, np.random.default_rng(0))
        plain, place = view(crop, 128, preset.margin)
        expected = place.apply(crop.face.shape)
        if flip:
            plain = plain[:, ::-1]
            expected = np.stack([127 - expected[:, 0], expected[:, 1]], axis=1)[[1, 0, 2]]
        assert np.abs(pixels.astype(int) - plain).max() <= 3
        np.testing.assert_allclose((points + 0.5) * 2 - 0.5, expected, atol=1e-3)


def test_absent_landmarks_and_those_outside_the_crop_do_not_count(
    make_faces: MakeFaces, toy: Preset, spots: Scheme
) -> None:
    [face] = make_faces(1)
    shape = face.shape.copy()
    shape[0] = np.nan
    shape[2] = [-500, 20]
    [crop] = cut_all([replace(face, shape=shape)], toy)
    _, points, known = Dataset([crop], toy, spots).sample(0, np.random.default_rng(0))
    assert np.isfinite(points).all()
    assert sorted(known.tolist()) == [False, False, True]


def test_a_stored_crop_shows_what_a_direct_one_would(make_faces: MakeFaces, toy: Preset) -> None:
    from facelabel.images.crops import crop as direct
    from facelabel.images.decode import read

    [face] = make_faces(1)
    [crop] = cut_all([face], toy)
    pixels, place = view(crop, 128, toy.margin)
    expected = direct(read(face.image), face.box.scaled(toy.margin), 128)
    assert np.abs(pixels.astype(int) - expected).mean() < 4
    np.testing.assert_allclose(place.inverse().apply(place.apply(face.shape)), face.shape, atol=1e-9)


def test_pictures_and_boxes_that_cannot_be_used_are_failures(make_faces: MakeFaces, tmp_path: Path) -> None:
    [good] = make_faces(1)
    text = tmp_path / "not a picture.jpg"
    text.write_text("hello")
    faces = [
        FaceToPredict(5, text, good.box),
        good,
        FaceToPredict(6, good.image, Box(3, 3, 0, 0)),
        FaceToPredict(7, tmp_path / "gone.png", good.box),
    ]
    out = list(cut(faces, 128, 1.3))
    assert [item.face for item in out if isinstance(item, Failure)] == [5, 6, 7]
    assert [item.face.id for item in out if isinstance(item, Crop)] == [good.id]
    assert all("\n" not in item.why for item in out if isinstance(item, Failure))


def test_faces_of_one_picture_share_its_decoding(make_faces: MakeFaces, monkeypatch: pytest.MonkeyPatch) -> None:
    [face] = make_faces(1)
    read: list[Path] = []
    original = crops.read
    monkeypatch.setattr(crops, "read", lambda path: read.append(path) or original(path))
    assert len(list(cut([face, replace(face, id=9), face], 128, 1.3))) == 3
    assert len(read) == 1


def test_passes_visit_every_face_as_often(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    sample = Dataset.sample
    monkeypatch.setattr(Dataset, "sample", lambda self, index, rng: (seen.append(index), sample(self, index, rng))[1])
    stream = Dataset(cut_all(make_faces(5), toy), toy, spots).batches(3, np.random.default_rng(0))
    for _ in range(10):
        assert next(stream).images.shape == (3, 128, 128, 3)
    assert sorted(seen) == sorted([*range(5)] * 6)


def test_the_digest_knows_labels_not_order(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    cropped = cut_all(make_faces(3), toy)
    one = Dataset(cropped, toy, spots).digest()
    assert Dataset(cropped[::-1], toy, spots).digest() == one
    moved = replace(cropped[0], face=replace(cropped[0].face, shape=cropped[0].face.shape + 0.01))
    assert Dataset([moved, *cropped[1:]], toy, spots).digest() != one


def test_photometry_keeps_the_size_and_the_source() -> None:
    image = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    before = image.copy()
    strong = Augmentation(erasing=1, blur=1, brightness=1, contrast=1)
    rng = np.random.default_rng(1)
    varied = [augment.photometry(image, strong, rng) for _ in range(40)]
    assert all(out.shape == image.shape and out.dtype == np.uint8 for out in varied)
    assert (image == before).all()
    assert all((out != image).any() for out in varied)
