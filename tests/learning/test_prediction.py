"""Predictions in the original pictures' pixels, and scores equal to the acquisition functions."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import lz4.block
import numpy as np
import pytest
import torch

from facelabel import acquisition
from facelabel.errors import CancelledError
from facelabel.geometry import Affine, Box
from facelabel.images.decode import read
from facelabel.images.heatmaps import SIDE
from facelabel.learning.checkpoints import TrainedModel
from facelabel.learning.crops import Crop, cut, view
from facelabel.learning.faces import FaceToPredict, LabelledFace, Progress
from facelabel.learning.heatmaps import decode, to_heatmap
from facelabel.learning.looking import heatmaps_of
from facelabel.learning.prediction import ALTERATIONS, predict
from facelabel.learning.presets import Decoding, Preset
from facelabel.learning.training import train
from facelabel.schemes import Scheme

MakeFaces = Callable[..., list[LabelledFace]]


@pytest.fixture(scope="module")
def model(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> TrainedModel:
    return train(toy, spots, make_faces(12), seed=0)


def test_rows_come_in_the_order_given_with_everything_a_face_needs(make_faces: MakeFaces, model: TrainedModel) -> None:
    faces = make_faces(7, seed=3)
    faces = [faces[i] for i in (4, 0, 6, 2, 1, 5, 3)]
    out = predict(model, faces, batch=3)
    assert out.ids.tolist() == [4, 0, 6, 2, 1, 5, 3]
    assert out.shapes.shape == (7, 3, 2)
    assert out.confidence.shape == (7, 3)
    assert out.embeddings.shape == (7, 8)
    assert {name: values.shape for name, values in out.scores.items()} == dict.fromkeys(acquisition.SCORES, (7,))
    assert {array.dtype for array in (out.shapes, out.confidence, out.embeddings, *out.scores.values())} == {
        np.dtype(np.float32)
    }
    assert ((out.confidence >= 0) & (out.confidence <= 1)).all()
    np.testing.assert_allclose(out.shapes, np.stack([face.shape for face in faces]), atol=6)
    one_by_one = predict(model, faces, batch=1)
    np.testing.assert_allclose(out.shapes, one_by_one.shapes, atol=1e-2)


def test_a_larger_picture_gives_larger_coordinates(make_faces: MakeFaces, model: TrainedModel, tmp_path: Path) -> None:
    [face] = make_faces(1, seed=5)
    small = read(face.image)
    large = cv2.copyMakeBorder(cv2.resize(small, None, fx=3, fy=3), 30, 0, 20, 0, cv2.BORDER_REPLICATE)
    path = tmp_path / "large.png"
    cv2.imwrite(str(path), large[..., ::-1])
    # Pixel centres: x becomes 3 x + 1, and the border moves the rest.
    box = Box(face.box.left * 3 + 21, face.box.top * 3 + 31, face.box.width * 3, face.box.height * 3)
    [plain] = predict(model, [face]).shapes
    [scaled] = predict(model, [FaceToPredict(1, path, box)]).shapes
    np.testing.assert_allclose(scaled, plain * 3 + [21, 31], atol=1.5)


def test_a_mirrored_face_gives_the_mirrored_shape(make_faces: MakeFaces, model: TrainedModel, tmp_path: Path) -> None:
    [face] = make_faces(1, seed=6)
    picture = read(face.image)
    path = tmp_path / "mirror.png"
    cv2.imwrite(str(path), picture[:, ::-1, ::-1])
    width = picture.shape[1]
    box = Box(width - 1 - face.box.right, face.box.top, face.box.width, face.box.height)
    [plain] = predict(model, [face]).shapes
    [mirrored] = predict(model, [FaceToPredict(1, path, box)]).shapes
    back = np.stack([width - 1 - mirrored[:, 0], mirrored[:, 1]], axis=1)[[1, 0, 2]]
    np.testing.assert_allclose(back, plain, atol=0.2)


def test_scores_are_those_of_the_acquisition_functions(make_faces: MakeFaces, model: TrainedModel) -> None:
    faces = make_faces(4, seed=7)
    out = predict(model, faces)
    preset = model.preset
    crops = [item for item in cut(faces, 128, preset.margin) if isinstance(item, Crop)]
    images = np.stack([view(crop, 128, preset.margin)[0] for crop in crops])
    maps = all_maps(model, images)
    _, latent = heatmaps_of(model, images, torch.device("cpu"))
    points, maxima = decode(maps, preset.sigma, "com")
    np.testing.assert_allclose(out.scores["nnm"], acquisition.nnm(maps, points, 5), rtol=1e-4)
    np.testing.assert_allclose(out.scores["entropy"], acquisition.entropy(maps), rtol=1e-4)
    np.testing.assert_allclose(out.confidence, maxima.clip(0, 1), rtol=1e-4)
    np.testing.assert_allclose(out.embeddings, latent, rtol=1e-3, atol=1e-4)


def all_maps(model: TrainedModel, images: np.ndarray) -> np.ndarray:
    portions, _ = heatmaps_of(model, images, torch.device("cpu"))
    return np.concatenate([portion.maps for portion in portions])


def one_look(model: TrainedModel) -> TrainedModel:
    preset = model.preset.model_copy(update={"decoding": Decoding(flip=False)})
    return replace(model, card=model.card.model_copy(update={"preset": preset}))


def test_mirror_is_how_far_the_two_looks_lie_apart(make_faces: MakeFaces, model: TrainedModel) -> None:
    faces = make_faces(6, seed=11)
    crops = [item for item in cut(faces, 128, model.preset.margin) if isinstance(item, Crop)]
    images = np.stack([view(crop, 128, model.preset.margin)[0] for crop in crops])
    portions, _ = heatmaps_of(model, images, torch.device("cpu"), looks=True)
    looks = np.concatenate([portion.looks for portion in portions if portion.looks is not None], axis=1)
    own = all_maps(one_look(model), images)
    mirrored = all_maps(one_look(model), np.ascontiguousarray(images[:, :, ::-1]))[:, model.scheme.flip_index, :, ::-1]
    for look, maps in zip(looks, (own, mirrored), strict=True):
        np.testing.assert_allclose(look, maps[:, :, ::2, ::2], atol=1e-4)
    points = np.stack([decode(maps, model.preset.sigma)[0] for maps in (own, mirrored)], axis=1)
    given = predict(model, faces, batch=4).scores["mirror"]
    np.testing.assert_allclose(given, acquisition.disagreement(points), atol=0.01)


def test_only_the_scores_asked_for_that_the_model_can_tell(make_faces: MakeFaces, model: TrainedModel) -> None:
    faces = make_faces(2)
    assert set(predict(one_look(model), faces).scores) == {"nnm", "entropy"}
    assert set(predict(one_look(model), faces, scores=["mirror", "nnm"]).scores) == {"nnm"}
    assert predict(model, faces, scores=[]).scores == {}


def test_augmentation_is_how_far_the_predictions_of_altered_crops_lie_apart(
    make_faces: MakeFaces, model: TrainedModel
) -> None:
    faces = make_faces(5, seed=12)
    out = predict(model, faces, batch=3, scores=["augmentation"])
    assert list(out.scores) == ["augmentation"]
    versions = [out.shapes]
    for alteration in ALTERATIONS:
        shapes = []
        for crop in cut(faces, 128, model.preset.margin):
            assert isinstance(crop, Crop)
            image, place = view(crop, 128, model.preset.margin, alteration)
            [points], _ = decode(all_maps(model, image[None]), model.preset.sigma)
            shapes.append((to_heatmap(128, 64) @ place).inverse().apply(points))
        versions.append(np.stack(shapes))
        # Altered, and back again: about where the face is.
        np.testing.assert_allclose(versions[-1], out.shapes, atol=6)
    wanted = acquisition.disagreement(np.stack(versions, axis=1))
    np.testing.assert_allclose(out.scores["augmentation"], wanted, rtol=1e-2)


def test_bad_pictures_are_failures_and_the_rest_goes_on(
    make_faces: MakeFaces, model: TrainedModel, tmp_path: Path
) -> None:
    good = make_faces(3, seed=8)
    bad = replace(good[1], image=tmp_path / "gone.png")
    told: list[Progress] = []
    out = predict(model, [good[0], bad, good[2]], batch=2, on_progress=told.append)
    assert out.ids.tolist() == [0, 2]
    assert [(failure.face, failure.image) for failure in out.failures] == [(1, bad.image)]
    assert (told[0].done, told[-1].done, told[-1].total) == (0, 3, 3)


def test_a_cancel_leaves_no_thread_behind(make_faces: MakeFaces, model: TrainedModel, tmp_path: Path) -> None:
    def cancel(progress: Progress) -> None:
        if progress.done == 2:
            raise CancelledError("stopped")

    before = threading.active_count()
    with pytest.raises(CancelledError):
        predict(model, make_faces(8), batch=2, cache=tmp_path, on_progress=cancel)
    assert threading.active_count() == before
    assert not list(tmp_path.glob("*.writing"))


def test_threads_change_nothing(make_faces: MakeFaces, model: TrainedModel, tmp_path: Path) -> None:
    faces = make_faces(9)
    faces[4] = replace(faces[4], image=tmp_path / "gone.png")
    told: list[int] = []
    alone = predict(model, faces, batch=2)
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(3)
        together = predict(model, faces, batch=2, on_progress=lambda progress: told.append(progress.done))
        assert torch.get_num_threads() == 3
        with pytest.raises(CancelledError):
            predict(model, faces, batch=2, on_progress=_cancel_at_once)
    finally:
        torch.set_num_threads(before)
    assert told[0] == 0
    assert told == sorted(told)
    assert told[-1] == 9
    np.testing.assert_array_equal(together.ids, alone.ids)
    np.testing.assert_array_equal(together.shapes, alone.shapes)
    np.testing.assert_array_equal(together.scores["entropy"], alone.scores["entropy"])
    assert [failure.face for failure in together.failures] == [4]


def _cancel_at_once(progress: Progress) -> None:
    if progress.done:
        raise CancelledError("stopped")


def test_the_cache_changes_nothing(make_faces: MakeFaces, model: TrainedModel, tmp_path: Path) -> None:
    faces = make_faces(5)
    plain, first, again = (predict(model, faces, batch=2, cache=folder) for folder in (None, tmp_path, tmp_path))
    for found in first, again:
        np.testing.assert_array_equal(found.shapes, plain.shapes)
        np.testing.assert_array_equal(found.scores["nnm"], plain.scores["nnm"])
    assert len(list(tmp_path.glob("*.keys"))) == 1


def test_no_faces_no_rows(model: TrainedModel, tmp_path: Path) -> None:
    for faces in ([], [FaceToPredict(1, tmp_path / "gone.png", Box(0, 0, 9, 9))]):
        out = predict(model, faces)
        assert out.shapes.shape == (0, 3, 2)
        assert out.confidence.shape == (0, 3)
        assert out.scores["nnm"].shape == (0,)
        assert len(out.failures) == len(faces)


def test_kept_heatmaps_lie_where_the_landmarks_are(make_faces: MakeFaces, model: TrainedModel) -> None:
    faces = make_faces(5, seed=4)
    faces = [faces[i] for i in (3, 0, 4, 2, 1)]
    out = predict(model, faces, batch=2, keep_heatmaps=True)
    assert len(out.heatmaps) == 5
    for row, face in enumerate(faces):
        content = lz4.block.decompress(out.heatmaps[row], uncompressed_size=3 * SIDE * SIDE)
        maps = np.frombuffer(content, dtype=np.uint8).reshape(3, SIDE, SIDE)
        place = Affine.from_matrix(out.heatmap_places[row])
        peaks = np.stack([np.unravel_index(m.argmax(), m.shape)[::-1] for m in maps])
        np.testing.assert_allclose(place.apply(peaks), out.shapes[row], atol=1.5 * place.scale)
        assert place.scale == pytest.approx(max(face.box.width, face.box.height) * model.preset.margin / SIDE)
    assert predict(model, faces[:1]).heatmaps == ()
