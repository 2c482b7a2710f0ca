"""The rendered faces through their public door: exact landmarks, the same at every call, varied."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import cv2
import numpy as np
import pytest

from facelabel.rendering import RenderedFace, render, render_face, render_scene, sample_parameters
from facelabel.schemes import load

# The 98 landmark of each 68 landmark, as the field's conversions have it.
SUBSET = [*range(0, 33, 2), *range(33, 38), *range(42, 47), *range(51, 60), 60, 61, 63, 64, 65, 67,
          68, 69, 71, 72, 73, 75, *range(76, 96)]  # fmt: skip
SEEDS = range(40)
VARIED = [sample_parameters(np.random.default_rng(seed)) for seed in range(1500)]


@cache
def face(seed: int) -> RenderedFace:
    return render_face(seed, 192)


def plain(seed: int, **pose: float) -> RenderedFace:
    """The face of ``seed`` in an easy picture: neutral, bare, frontal unless told, softly lit."""
    p = sample_parameters(np.random.default_rng(seed))
    angles = {"yaw": 0.0, "pitch": 0.0, "roll": 0.0, "dx": 0.0, "dy": 0.05} | pose
    p = replace(
        p,
        pose=replace(p.pose, distance=14.0, zoom=0.55, **angles),
        expression=replace(
            p.expression, opening=0.0, smile=0.0, pout=0.0, skew=0.0, frown=0.0,
            closure=(0.0, 0.0), brow_raise=(0.0, 0.0), gaze=(0.0, 0.0),
        ),
        light=replace(p.light, azimuth=10.0, elevation=30.0, key=0.9, ambient=0.55, rim=0.0, extreme=False),
        look=replace(p.look, hair="bald", glasses="none", occluder="none", beard=0.0, moustache=0.0),
        photo=replace(p.photo, blur=0.0, motion=0.0, noise=0.0, jpeg=98, grey=False, vignette=0.0),
    )  # fmt: skip
    return render(p, 256, np.random.default_rng(0))


def grey_at(image: np.ndarray, points: np.ndarray, radius: float = 0.8) -> np.ndarray:
    grey = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), radius)
    points = np.atleast_2d(points).astype(np.float32)
    return cv2.remap(grey, points[:, :1], points[:, 1:], cv2.INTER_LINEAR)[:, 0]


def test_a_face_has_the_promised_shape() -> None:
    one = face(0)
    assert one.image.shape == (192, 192, 3)
    assert one.image.dtype == np.uint8
    assert one.shape68.shape == (68, 2)
    assert one.shape98.shape == (98, 2)
    assert one.shape68.dtype == one.shape98.dtype == np.float64
    assert one.occluded68.shape == (68,)
    assert one.occluded98.dtype == np.bool_
    assert set(one.attributes) == {"pose", "expression", "illumination", "make-up", "occlusion", "blur"}


def test_one_seed_is_one_face_and_another_is_another() -> None:
    again = render_face(3, 128)
    assert np.array_equal(again.image, render_face(3, 128).image)
    assert np.array_equal(again.shape98, render_face(3, 128).shape98)
    assert not np.array_equal(again.image, render_face(4, 128).image)


def test_the_size_changes_the_pixels_and_not_the_face() -> None:
    small, large = render_face(11, 128), render_face(11, 256)
    assert np.abs((small.shape98 + 0.5) * 2 - 0.5 - large.shape98).max() < 0.02
    halved = cv2.resize(large.image, (128, 128), interpolation=cv2.INTER_AREA).astype(float)
    assert np.abs(halved - small.image).mean() < 8


@pytest.mark.parametrize("seed", range(8))
def test_68_is_the_common_subset_of_98(seed: int) -> None:
    one = face(seed)
    assert np.array_equal(one.shape68, one.shape98[SUBSET])
    assert np.array_equal(one.occluded68, one.occluded98[SUBSET])


def test_landmarks_lie_in_the_picture_and_the_face_fills_a_good_part_of_it() -> None:
    shapes = np.stack([face(seed).shape98 for seed in SEEDS])
    inside = ((shapes >= -0.5) & (shapes <= 191.5)).all(axis=(1, 2))
    assert inside.mean() >= 0.95
    height = np.ptp(shapes[..., 1], axis=1) / 192
    assert 0.4 < np.median(height) < 0.67


@pytest.mark.parametrize("seed", range(10))
def test_left_and_right_are_the_images(seed: int) -> None:
    one = plain(seed, roll=8.0)
    s = one.shape68
    assert s[36, 0] < s[39, 0] < s[42, 0] < s[45, 0]
    assert s[0, 0] < s[8, 0] < s[16, 0]
    assert s[48, 0] < s[54, 0]
    assert s[17, 0] < s[21, 0] < s[22, 0] < s[26, 0]
    assert s[19, 1] < s[37, 1] < s[41, 1] < s[33, 1] < s[51, 1] < s[57, 1] < s[8, 1]
    # Roll turns clockwise on the screen: the image-right eye goes down.
    assert s[45, 1] > s[36, 1]


@pytest.mark.parametrize("seed", range(6))
def test_a_frontal_neutral_face_is_its_own_mirror_image(seed: int) -> None:
    for scheme, name in (("300w-68", "shape68"), ("wflw-98", "shape98")):
        flip = load(scheme).flip_index
        shape = getattr(plain(seed), name)
        mirrored = shape[flip] * [-1, 1] + [255, 0]
        assert np.abs(mirrored - shape).max() < 0.35


@pytest.mark.parametrize("seed", range(12))
def test_pupils_are_dark_and_the_white_beside_them_is_not(seed: int) -> None:
    one = plain(seed)
    for pupil, outer, inner in ((96, 60, 64), (97, 72, 68)):
        centre = one.shape98[pupil]
        white = [centre + 0.62 * (one.shape98[corner] - centre) for corner in (outer, inner)]
        # The catchlight may sit beside the middle of the pupil: take the darkest of a small neighbourhood.
        around = centre + np.array([[0, 0], [0, 1.0], [-1.0, 0.5], [1.0, 0.5]])
        assert grey_at(one.image, around, 0.5).min() < 0.6 * grey_at(one.image, np.array(white), 0.5).mean()


@pytest.mark.parametrize("seed", range(12))
def test_the_iris_is_round_the_pupil_landmark(seed: int) -> None:
    """Two eye colours differ in the irises alone: that is where they are."""
    p = plain(seed, yaw=float(seed - 6) * 4).parameters
    green, red = (
        render(replace(p, identity=replace(p.identity, iris=iris)), 256, np.random.default_rng(0))
        for iris in ((0.1, 0.9, 0.1), (0.9, 0.1, 0.1))
    )
    differs = np.abs(green.image.astype(float) - red.image).sum(axis=2)
    rows, columns = np.mgrid[0:256, 0:256]
    for pupil, corners in ((96, (60, 64)), (97, (68, 72))):
        x, y = red.shape98[pupil]
        near = (np.hypot(columns - x, rows - y) < 9) & (differs > 40)
        assert near.sum() > 10
        assert abs(columns[near].mean() - x) < 0.6
        assert red.shape98[corners[0], 0] < x < red.shape98[corners[1], 0]


@pytest.mark.parametrize("yaw", [-40.0, -20.0, 0.0, 30.0, 45.0])
def test_the_far_contour_is_the_edge_of_the_picture_of_the_person(yaw: float) -> None:
    """Two backgrounds differ outside the person alone: between lies the outline."""
    for seed in range(3):
        p = plain(seed, yaw=yaw).parameters
        one, other = (
            render(replace(p, photo=replace(p.photo, background_seed=background)), 256, np.random.default_rng(0))
            for background in (2, 6)
        )
        behind = (np.abs(one.image.astype(int) - other.image).sum(axis=2) > 30).astype(np.uint8)
        outside, inside = (cv2.distanceTransform(mask, cv2.DIST_L2, 5) for mask in (behind, 1 - behind))
        from_edge = outside + inside - 0.5
        # Ears stand before the background from eye to lip, the neck from the jaw down.
        far = one.shape98[24:28] if yaw > 0 else one.shape98[5:9]
        if yaw == 0:
            far = one.shape98[[7, 8, 9, 23, 24, 25]]
        hidden = one.occluded98[24:28] if yaw > 0 else one.occluded98[5:9]
        assert yaw == 0 or hidden.mean() <= 0.5
        assert grey(from_edge, far if yaw == 0 else far[~hidden]).max() < 2.5


def grey(image: np.ndarray, points: np.ndarray) -> np.ndarray:
    points = points.astype(np.float32)
    return cv2.remap(image.astype(np.float32), points[:, :1], points[:, 1:], cv2.INTER_LINEAR)[:, 0]


def test_mouth_corners_do_not_follow_the_jaw_but_the_chin_does() -> None:
    p = plain(5).parameters
    shut, wide = (
        render(replace(p, expression=replace(p.expression, opening=o)), 256, np.random.default_rng(0)).shape68
        for o in (0.0, 0.8)
    )
    gap = wide[66, 1] - wide[62, 1]
    assert shut[66, 1] - shut[62, 1] < 1.5
    assert gap > 12
    assert wide[8, 1] - wide[33, 1] > shut[8, 1] - shut[33, 1] + 8
    assert abs((wide[36] - wide[45])[0] - (shut[36] - shut[45])[0]) < 1.5


def test_turning_away_narrows_the_far_eye_and_hides_little_of_the_outline() -> None:
    one = plain(2, yaw=48.0)
    assert one.occluded98[:33].sum() <= 6
    assert one.shape98[60, 0] < one.shape98[96, 0] < one.shape98[54, 0]
    near, far = np.ptp(one.shape98[60:68, 0]), np.ptp(one.shape98[68:76, 0])
    assert far < 0.75 * near


def test_closed_lids_hide_the_pupils() -> None:
    p = plain(7).parameters
    shut = render(replace(p, expression=replace(p.expression, closure=(1.0, 0.0))), 256, np.random.default_rng(0))
    assert shut.occluded98[96]
    assert not shut.occluded98[97]
    assert np.abs(shut.shape98[62] - shut.shape98[66])[1] < 0.5


@pytest.mark.parametrize(
    ("wearing", "hidden"), [("sun", range(60, 76)), ("mask", range(76, 96)), ("scarf", range(85, 87))]
)
def test_what_is_covered_is_flagged(wearing: str, hidden: range) -> None:
    p = plain(4).parameters
    look = replace(p.look, glasses="sun") if wearing == "sun" else replace(p.look, occluder=wearing, occluder_seed=1)
    covered = render(replace(p, look=look), 256, np.random.default_rng(0))
    assert np.mean(covered.occluded98[list(hidden)]) > 0.9
    assert covered.attributes["occlusion"]
    assert not plain(4).attributes["occlusion"]
    assert not plain(4).occluded98.any()


def test_attributes_say_what_the_parameters_are() -> None:
    for seed in SEEDS:
        one = face(seed)
        p = one.parameters
        assert one.attributes["pose"] == p.pose.large
        assert one.attributes["illumination"] == p.light.extreme
        assert one.attributes["make-up"] == p.look.made_up
        assert one.attributes["blur"] == p.photo.blurred
        assert one.attributes["occlusion"] == (one.occluded98[33:96].sum() >= 4) or one.occluded98[33:].any()


def test_most_faces_are_easy_and_a_long_tail_is_not() -> None:
    yaw = np.array([p.pose.yaw for p in VARIED])
    assert abs(yaw.mean()) < 2
    assert np.abs(yaw).max() > 45
    assert 0.04 < np.mean(np.abs(yaw) > 30) < 0.25
    assert np.median(np.abs(yaw)) < 12
    for flag in (lambda p: p.pose.large, lambda p: p.light.extreme, lambda p: p.photo.blurred,
                 lambda p: p.look.occluder != "none", lambda p: p.look.glasses != "none",
                 lambda p: p.expression.exaggerated, lambda p: p.look.made_up):  # fmt: skip
        assert 0.02 < np.mean([flag(p) for p in VARIED]) < 0.35
    melanin = np.array([p.identity.melanin for p in VARIED])
    assert melanin.min() < 0.05
    assert melanin.max() > 0.95
    assert {p.look.hair for p in VARIED} == {"bald", "buzz", "short", "fringe", "long"}


def test_dark_and_light_skin_differ_in_the_picture() -> None:
    p = plain(6).parameters
    cheeks = []
    for melanin in (0.0, 0.5, 1.0):
        one = render(replace(p, identity=replace(p.identity, melanin=melanin)), 256, np.random.default_rng(0))
        cheeks.append(float(grey_at(one.image, (one.shape98[55] + one.shape98[4]) / 2, 2.0)[0]))
    assert cheeks[0] > cheeks[1] + 20 > cheeks[2] + 40


def test_a_scene_has_its_faces_from_left_to_right_and_apart() -> None:
    image, faces = render_scene(5, (480, 320), 3)
    assert image.shape == (320, 480, 3)
    assert len(faces) == 3
    middle = [one.shape98[:, 0].mean() for one in faces]
    assert middle == sorted(middle)
    assert all(np.linalg.norm(a.shape98.mean(axis=0) - b.shape98.mean(axis=0)) > 60 for a, b in pairwise(faces))
    for one in faces:
        assert ((one.shape98 > -20) & (one.shape98 < [500, 340])).all()
        assert one.image is image
    with pytest.raises(ValueError, match="at least one"):
        render_scene(5, (480, 320), 0)
