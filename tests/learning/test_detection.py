"""Faces are found where they are, whatever the picture's size; on rendered people, and on real ones if there."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from facelabel.errors import FacelabelError
from facelabel.formats import pts
from facelabel.geometry import Box
from facelabel.images.decode import read
from facelabel.learning import mtcnn
from facelabel.learning.detection import DetectedFace, FaceDetector, landmark_box
from facelabel.learning.yunet import YuNetDetector
from facelabel.rendering.face import render_face
from facelabel.rendering.scene import render_scene


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    return FaceDetector()


@pytest.fixture(scope="module")
def portrait(detector: FaceDetector) -> tuple[np.ndarray, np.ndarray]:
    """A rendered person that the detector is sure of: picture (256, 256, 3) and shape (68, 2)."""
    faces = (render_face(seed, 256) for seed in range(20))
    sure = (face for face in faces if any(found.score > 0.99 for found in detector.detect(face.image)))
    face = next(sure)
    return face.image, face.shape68


def best(found: list[DetectedFace], shape: np.ndarray) -> float:
    """How well the best landmark box overlaps the tight one."""
    return max((landmark_box(face).overlap(Box.around(shape)) for face in found), default=0.0)


def test_networks_have_the_papers_shapes() -> None:
    pnet, rnet, onet = mtcnn.load()
    offsets, face = pnet(torch.zeros(2, 3, 12, 12))
    assert (offsets.shape, face.shape) == ((2, 4, 1, 1), (2, 1, 1))
    assert pnet(torch.zeros(1, 3, 31, 44))[1].shape == (1, 11, 17)
    offsets, face = rnet(torch.zeros(2, 3, 24, 24))
    assert (offsets.shape, face.shape) == ((2, 4), (2,))
    offsets, points, face = onet(torch.zeros(2, 3, 48, 48))
    assert (offsets.shape, points.shape, face.shape) == ((2, 4), (2, 10), (2,))


def test_altered_weights_are_refused_before_they_are_unpickled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in mtcnn.weights_folder().iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    altered = bytearray((tmp_path / "rnet.lz4").read_bytes())
    altered[len(altered) // 2] ^= 1
    (tmp_path / "rnet.lz4").write_bytes(altered)
    monkeypatch.setattr(mtcnn, "weights_folder", lambda: tmp_path)
    with pytest.raises(FacelabelError, match=r"rnet\.lz4.*not the weights"):
        FaceDetector()
    (tmp_path / "rnet.lz4").unlink()
    with pytest.raises(FacelabelError, match="cannot be read"):
        FaceDetector()


def test_rendered_faces_are_found(detector: FaceDetector) -> None:
    faces = [render_face(seed, 256) for seed in range(12)]
    overlaps = np.array([best(detector.detect(face.image), face.shape68) for face in faces])
    assert (overlaps > 0.5).sum() >= 10
    assert np.median(overlaps) > 0.75


def test_several_faces_are_found_once_each_and_the_surest_is_first(detector: FaceDetector) -> None:
    picture, people = render_scene(3)
    found = detector.detect(picture)
    assert sum(best(found, person.shape68) > 0.5 for person in people) >= 2
    assert [face.score for face in found] == sorted((face.score for face in found), reverse=True)
    boxes = [face.box for face in found]
    assert all(a.overlap(b) < 0.5 for i, a in enumerate(boxes) for b in boxes[:i])


def test_points_are_eyes_nose_and_mouth_from_the_left(
    detector: FaceDetector, portrait: tuple[np.ndarray, np.ndarray]
) -> None:
    image, shape = portrait
    face = detector.detect(image)[0]
    truth = [shape[36:42].mean(0), shape[42:48].mean(0), shape[30], shape[48], shape[54]]
    eyes = np.linalg.norm(shape[36] - shape[45])
    assert face.points.shape == (5, 2)
    assert np.linalg.norm(face.points - truth, axis=1).max() < 0.2 * eyes


@pytest.mark.parametrize("factor", [2, 4, 6])
def test_the_pictures_scale_does_not_matter(
    detector: FaceDetector, portrait: tuple[np.ndarray, np.ndarray], factor: int
) -> None:
    image, _ = portrait
    large = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    small, big = detector.detect(image)[0], detector.detect(np.asarray(large, np.uint8))[0]
    back = (big.points + 0.5) / factor - 0.5
    assert np.abs(back - small.points).max() < 0.05 * small.box.width
    box = landmark_box(big)
    reduced = Box(
        *((value + 0.5) / factor - 0.5 for value in (box.left, box.top)), box.width / factor, box.height / factor
    )
    assert landmark_box(small).overlap(reduced) > 0.85


def test_where_the_face_stands_does_not_matter(detector: FaceDetector, portrait: tuple[np.ndarray, np.ndarray]) -> None:
    image, shape = portrait
    canvas = np.full((700, 900, 3), 128, np.uint8)
    canvas[401 : 401 + 256, 617 : 617 + 256] = image
    assert best(detector.detect(canvas), shape + np.array([617, 401])) > 0.65


def test_a_face_in_sixty_megapixels_is_found(detector: FaceDetector, portrait: tuple[np.ndarray, np.ndarray]) -> None:
    image, shape = portrait
    photo = np.full((6707, 8949, 3), 128, np.uint8)
    photo[1000 : 1000 + 2560, 5000 : 5000 + 2560] = cv2.resize(image, (2560, 2560))
    assert best(detector.detect(photo), (shape + 0.5) * 10 - 0.5 + [5000, 1000]) > 0.65


def test_a_tiny_face_is_found_when_it_is_asked_for(portrait: tuple[np.ndarray, np.ndarray]) -> None:
    image, shape = portrait
    photo = np.full((1200, 1600, 3), 128, np.uint8)
    photo[300:364, 900:964] = cv2.resize(image, (64, 64), interpolation=cv2.INTER_AREA)
    expected = (shape + 0.5) / 4 - 0.5 + [900, 300]
    assert best(FaceDetector().detect(photo), expected) == 0
    assert best(FaceDetector(min_face=24).detect(photo), expected) > 0.5


@pytest.mark.parametrize("size", [(1, 1), (11, 300), (12, 12), (480, 640)])
def test_nothing_is_found_in_an_empty_picture(detector: FaceDetector, size: tuple[int, int]) -> None:
    assert detector.detect(np.full((*size, 3), 90, np.uint8)) == []


def test_noise_ends_and_finds_nothing(detector: FaceDetector) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    assert detector.detect(noise) == []


def test_threads_are_as_before(detector: FaceDetector) -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        detector.detect(np.zeros((64, 64, 3), np.uint8))
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize("kind", ["mtcnn", "yunet"])
def test_the_landmark_box_follows_its_face(kind: str) -> None:
    box = Box(100, 80, 120, 150)
    points = np.array([[135, 140], [188, 138], [162, 172], [140, 200], [185, 199]], np.float64)
    here = landmark_box(DetectedFace(box, 1, points, kind))
    assert here.overlap(box) > 0.5
    assert here.top > box.top + 10
    moved = DetectedFace(Box(3 * 100 + 7, 3 * 80 - 9, 360, 450), 1, points * 3 + [7, -9], kind)
    there = landmark_box(moved)
    assert np.allclose(
        [there.left, there.top, there.width, there.height],
        [3 * here.left + 7, 3 * here.top - 9, 3 * here.width, 3 * here.height],
    )
    flipped = DetectedFace(Box(-220, 80, 120, 150), 1, (points * [-1, 1])[[1, 0, 2, 4, 3]], kind)
    assert landmark_box(flipped).left == pytest.approx(-here.right, abs=0.1)


def test_scattered_points_still_give_a_box() -> None:
    scattered = np.array([[90, 0], [-90, 0], [500, 90], [0, -300], [0, 300]], np.float64)
    box = landmark_box(DetectedFace(Box(0, 0, 50, 60), 0.8, scattered))
    assert box.width > 10
    assert box.height > 10


@pytest.mark.parametrize("content", [None, b"", b"no network"])
def test_a_file_that_is_no_yunet_is_refused_quietly(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    path = tmp_path / "face.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(FacelabelError, match=r"face\.onnx"):
        YuNetDetector(path)
    assert capfd.readouterr() == ("", "")


def real_photos(faces_folder: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    folder = faces_folder / "originals" / "lfpw_300w"
    points = sorted(folder.glob("*.pts"))[:6]
    return [(read(path.with_suffix(".png")), pts.read(path)) for path in points]


@pytest.mark.real_faces
def test_real_faces_are_found(detector: FaceDetector, faces_folder: Path) -> None:
    overlaps = [best(detector.detect(image), shape) for image, shape in real_photos(faces_folder)]
    assert min(overlaps) > 0.7
    assert np.mean(overlaps) > 0.82


@pytest.mark.real_faces
def test_yunet_finds_the_same_faces(faces_folder: Path) -> None:
    weights = faces_folder / "originals" / "weights" / "yunet"
    yunet = YuNetDetector(weights / "yunet_n_640_640.onnx")
    overlaps = [best(yunet.detect(image), shape) for image, shape in real_photos(faces_folder)]
    assert min(overlaps) > 0.7
    with pytest.raises(FacelabelError, match="cannot load"):
        YuNetDetector(weights / "yunet_n_dynamic.onnx")
