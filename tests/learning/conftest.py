"""Toy faces for learning: two white spots for eyes and a green one for a chin, on a noisy ground."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from facelabel.geometry import Box
from facelabel.learning.faces import LabelledFace
from facelabel.learning.presets import Preset
from facelabel.learning.weights import Pretrained, PretrainedCard
from facelabel.networks import create
from facelabel.rendering import render_face
from facelabel.schemes import Scheme

MakeFaces = Callable[..., list[LabelledFace]]


@pytest.fixture(scope="session")
def spots() -> Scheme:
    """Three landmarks: eye and eye, which mirror into each other, and a chin."""
    landmarks = [{"name": name, "definition": name, "group": "face"} for name in ("left eye", "right eye", "chin")]
    return Scheme.model_validate(
        {
            "id": "spots-3",
            "title": "Spots",
            "allow_absent": True,
            "landmarks": landmarks,
            "flip": (1, 0, 2),
            "template": ((0, 0), (1, 0), (0.5, 1)),
        }
    )


@pytest.fixture(scope="session")
def toy() -> Preset:
    """The smallest network, for a few dozen steps."""
    return Preset.model_validate(
        {
            "name": "toy",
            "title": "Toy",
            "text": "For tests.",
            "margin": 1.6,
            "sigma": 2.0,
            "network": {"input_size": 128, "width": 0.125, "latent": 8},
            "augmentation": {"rotation": 10, "erasing": 0, "blur": 0, "brightness": 0, "contrast": 0},
            "training": {
                "batch": 8,
                "lr": 2e-3,
                "average": 0.9,
                "warm_up": 5,
                "steps": {"fewest": 80, "per_label": 0, "most": 80, "warm_share": 0.5},
            },
        }
    )


def paint(shape: np.ndarray, size: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """A picture (H, W, 3) of the spots, at sub-pixel positions."""
    width, height = size
    v, u = np.mgrid[:height, :width]
    image = rng.uniform(20, 60, (height, width, 3))
    radius = np.ptp(shape, axis=0).max() / 9
    for point, colour in zip(shape, ([230, 230, 230], [230, 230, 230], [30, 220, 40]), strict=True):
        blob = np.exp(-((u - point[0]) ** 2 + (v - point[1]) ** 2) / (2 * radius**2))[..., None]
        image = image * (1 - blob) + np.array(colour) * blob
    return image.round().astype(np.uint8)


@pytest.fixture(scope="session")
def make_faces(tmp_path_factory: pytest.TempPathFactory) -> MakeFaces:
    """``make_faces(n, seed)`` writes n pictures and gives their labelled faces."""

    def make(n: int, seed: int = 0) -> list[LabelledFace]:
        rng = np.random.default_rng(seed)
        folder = tmp_path_factory.mktemp("faces")
        faces = []
        for index in range(n):
            shape = np.array([[0, 0], [40, 0], [20, 45]]) * rng.uniform(0.8, 1.3) + rng.uniform(-4, 4, (3, 2)) + 50
            path = folder / f"{index}.png"
            cv2.imwrite(str(path), paint(shape, (150, 160), rng)[..., ::-1])
            faces.append(LabelledFace(index, Path(path), Box.around(shape), shape))
        return faces

    return make


@pytest.fixture(scope="session")
def five_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three rendered photos and their five points in a list."""
    folder = tmp_path_factory.mktemp("photos")
    lines = ["image," + ",".join(f"{axis}{i}" for i in range(5) for axis in "xy")]
    for number in range(3):
        face = render_face(number, 160)
        cv2.imwrite(str(folder / f"{number}.png"), face.image[..., ::-1])
        s = face.shape68
        five = [s[36:42].mean(axis=0), s[42:48].mean(axis=0), s[30], s[48], s[54]]
        lines.append(f"{number}.png," + ",".join(f"{x:.2f},{y:.2f}" for x, y in five))
    (folder / "faces.csv").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture
def pretrained_toy(toy: Preset, spots: Scheme) -> Pretrained:
    """Random weights for ``toy`` with every part, and with the head of ``spots``."""
    torch.manual_seed(3)
    state = create(toy.network, spots.size).state_dict()
    head = state.pop("LMH.lin.weight")
    card = PretrainedCard(
        facelabel="0.1",
        preset=toy.name,
        network=toy.network,
        objective="landmarks",
        data=["2 drawn faces, free"],
        data_hash="abc",
        seed=3,
        steps=10,
        batch=2,
        seconds=1.5,
        device="CPU",
        command="facelabel pretrain",
        heads=[spots.id],
    )
    return Pretrained(state, {spots.id: head}, card)
