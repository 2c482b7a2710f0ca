"""Fast and plain give the same numbers: ``benchmarks/plain.py`` is the formulas spelt out, face by face."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch

from benchmarks import plain
from facelabel.learning.crops import Crop, cut, view
from facelabel.learning.dataset import Dataset
from facelabel.learning.faces import LabelledFace
from facelabel.learning.heatmaps import to_heatmap
from facelabel.learning.losses import LossWeights, head_loss
from facelabel.learning.prediction import predict
from facelabel.learning.presets import Preset
from facelabel.learning.training import train
from facelabel.networks import Scaf, create, normalise
from facelabel.schemes import Scheme

MakeFaces = Callable[..., list[LabelledFace]]


# Of maps that are nearly flat yet, the soft-argmax jumps: what is rounded grows thirtyfold in each of the first steps.
@pytest.mark.parametrize(("coordinates", "steps"), [(0.0, 4), (0.3, 2)])
def test_steps_from_the_same_weights_on_the_same_batches_lose_the_same(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, coordinates: float, steps: int
) -> None:
    toy = toy.model_copy(update={"training": toy.training.model_copy(update={"coordinates": coordinates})})
    faces = make_faces(8)
    faces[0] = replace(faces[0], shape=np.vstack([faces[0].shape[:2], [[np.nan, np.nan]]]))
    crops = [item for item in cut(faces, 128, toy.margin) if isinstance(item, Crop)]
    batches = Dataset(crops, toy, spots).batches(8, np.random.default_rng(0))
    torch.manual_seed(0)
    ours = create(toy.network, 3)
    other = Scaf(toy.network, 3)
    other.load_state_dict(ours.state_dict())
    trainer = plain.Trainer(other, toy)
    recipe = toy.training
    optimiser = torch.optim.AdamW(
        ours.parameters(), lr=recipe.lr, betas=recipe.betas, weight_decay=recipe.weight_decay, fused=True
    )
    for _ in range(steps):
        batch = next(batches)
        features, _ = ours.train().features(normalise(torch.from_numpy(batch.images)))
        points, known = torch.from_numpy(batch.points), torch.from_numpy(batch.known)
        loss = head_loss(features, ours.LMH.lin.weight, points, known, LossWeights.of(toy))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(ours.parameters(), recipe.clip)
        optimiser.step()
        targets = np.stack([plain.draw_targets(shape, 64, toy.sigma) for shape in batch.points])
        images = torch.stack([plain.to_tensor(image) for image in batch.images])
        assert trainer.step(images, torch.from_numpy(targets), known, points) == pytest.approx(
            float(loss.detach()), rel=1e-4
        )


def test_scores_are_the_same(make_faces: MakeFaces, toy: Preset, spots: Scheme) -> None:
    model = train(toy, spots, make_faces(12), seed=0, steps=60)
    faces = make_faces(9, seed=5)
    other = Scaf(toy.network, 3)
    other.load_state_dict(model.network.state_dict())
    crops = [view(item, 128, toy.margin) for item in cut(faces, 128, toy.margin) if isinstance(item, Crop)]
    maps, _ = plain.heatmaps_of(other.eval(), torch.stack([plain.to_tensor(image) for image, _ in crops]), spots)
    wanted = plain.score_maps(maps, toy.sigma)
    shapes = [
        (to_heatmap(128, 64) @ place).inverse().apply(at) for (_, place), at in zip(crops, wanted.shapes, strict=True)
    ]
    given = predict(model, faces, batch=4)
    np.testing.assert_allclose(given.shapes, shapes, atol=1e-2)
    np.testing.assert_allclose(given.confidence, wanted.maxima.clip(0, 1), atol=1e-4)
    np.testing.assert_allclose(given.scores["nnm"], wanted.nnm, rtol=1e-4)
    np.testing.assert_allclose(given.scores["entropy"], wanted.entropy, rtol=1e-4)
