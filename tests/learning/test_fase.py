"""FASE through the doors that SCAF goes through: training, checkpoints, prediction."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from facelabel.errors import FacelabelError
from facelabel.learning import checkpoints, presets, snapshots, snapshots_fase, weights
from facelabel.learning.checkpoints import TrainedModel
from facelabel.learning.crops import Crop, cut, view
from facelabel.learning.heatmaps import decode
from facelabel.learning.looking import heatmaps_of
from facelabel.learning.losses import LossWeights, head_loss, heatmap_loss
from facelabel.learning.prediction import predict
from facelabel.learning.presets import Decoding, Preset
from facelabel.learning.training import train
from facelabel.networks import FaseShape, ScafShape
from facelabel.schemes import Scheme
from tests.learning.conftest import MakeFaces
from tests.learning.styleganfiles import feature_style, filled, generator


@pytest.fixture(scope="module")
def toy_fase(toy: Preset) -> Preset:
    network = {"system": "fase", "input_size": 128, "width": 1 / 16, "blocks": [1, 1, 1, 1]}
    return Preset.model_validate(toy.model_dump() | {"name": "toy-fase", "network": network})


@pytest.fixture(scope="module")
def model(toy_fase: Preset, spots: Scheme, make_faces: MakeFaces) -> TrainedModel:
    return train(toy_fase, spots, make_faces(24), seed=0, steps=60)


def adjusted(preset: Preset, **training: object) -> Preset:
    return Preset.model_validate(preset.model_dump() | {"training": preset.training.model_dump() | training})


def same(one: torch.nn.Module, other: torch.nn.Module) -> bool:
    return all(torch.equal(a, b) for a, b in zip(one.parameters(), other.parameters(), strict=True))


def test_it_learns_to_find_landmarks(model: TrainedModel, make_faces: MakeFaces) -> None:
    faces = make_faces(8, seed=1)
    out = predict(model, faces)
    off = np.linalg.norm(out.shapes - np.stack([face.shape for face in faces]), axis=2)
    # The two eyes look the same, and a network this small takes longer to tell them apart.
    assert off[:, 2].mean() < 3
    eyes = np.stack([face.shape for face in faces])[:, :2]
    nearest = np.linalg.norm(out.shapes[:, :2, None] - eyes[:, None], axis=3).min(axis=2)
    assert nearest.mean() < 3
    assert out.embeddings.shape == (8, 32)
    assert set(out.scores) >= {"nnm", "entropy", "mirror"}
    np.testing.assert_array_equal(out.shapes, predict(model, faces).shapes)


def test_a_checkpoint_is_the_model_again(model: TrainedModel, make_faces: MakeFaces, tmp_path: Path) -> None:
    checkpoints.save(tmp_path, model)
    again = checkpoints.load(tmp_path)
    assert again.card == model.card
    faces = make_faces(2, seed=2)
    np.testing.assert_array_equal(predict(again, faces).shapes, predict(model, faces).shapes)


def test_both_looks_at_a_face(model: TrainedModel, make_faces: MakeFaces) -> None:
    preset = model.preset
    crops = [item for item in cut(make_faces(3, seed=3), 128, preset.margin) if isinstance(item, Crop)]
    images = np.stack([view(crop, 128, preset.margin)[0] for crop in crops])
    once = replace(model, card=model.card.model_copy(update={"preset": preset.model_copy(update={"decoding": ONCE})}))
    portions, _ = heatmaps_of(once, np.concatenate([images, images[:, :, ::-1]]), torch.device("cpu"))
    maps = np.concatenate([portion.maps for portion in portions])
    own, mirrored = maps[:3], maps[3:][:, model.scheme.flip_index, :, ::-1]
    portions, _ = heatmaps_of(model, images, torch.device("cpu"), looks=True)
    both = list(portions)
    np.testing.assert_allclose(np.concatenate([p.maps for p in both]), (own + mirrored) / 2, atol=1e-5)
    looks = np.concatenate([p.looks for p in both if p.looks is not None], axis=1)
    for look, expected in zip(looks, (own, mirrored), strict=True):
        np.testing.assert_allclose(look, expected[:, :, ::2, ::2], atol=1e-5)
    points, _ = decode((own + mirrored) / 2, preset.sigma)
    assert points.shape == (3, 3, 2)


ONCE = Decoding(flip=False)


def test_pretrained_weights_are_kept_as_the_paper_does(
    toy_fase: Preset, spots: Scheme, make_faces: MakeFaces, tmp_path: Path
) -> None:
    """The generator frozen, the encoder fine-tuned with its batch norm as it was, the transfer layers trained."""
    paper = adjusted(toy_fase, encoder_lr=1e-4, generator_lr=0.0, frozen_statistics=True, average=0.0)
    torch.save(
        {"g_ema": filled(generator(128, 32, lambda side: min(32, 1024 // side)), 1), "latent_avg": torch.zeros(32)},
        tmp_path / "g.pt",
    )
    encoder = filled(feature_style((4, 8, 16, 32), (1, 1, 1, 1), 32, 12), 2)
    encoder |= {name: 1 + tensor.abs() / 4 for name, tensor in encoder.items() if name.endswith("running_var")}
    torch.save({n: t / 10 if n.startswith("styles") else t for n, t in encoder.items()}, tmp_path / "e.pth")
    begun = snapshots_fase.read(tmp_path / "g.pt", paper, tmp_path / "e.pth")
    weights.save(tmp_path / "weights", begun)
    tuned = train(paper, spots, make_faces(4), seed=0, steps=3, pretrained=tmp_path / "weights")
    assert tuned.card.pretrained == begun.card.data_hash
    assert tuned.card.fresh == ["ITL", "ITL.lin"]
    state = tuned.network.state_dict()
    changed = {name for name, tensor in begun.tensors.items() if not torch.equal(state[name], tensor)}
    assert not {name for name in changed if not name.startswith("E.")}
    assert not {name for name in changed if "running" in name}
    assert "E.styles.5.weight" in changed
    assert "E.block_4.0.conv2.weight" in changed
    begun = snapshots_fase.read(tmp_path / "g.pt", paper)
    weights.save(tmp_path / "generator", begun)
    paper = adjusted(paper, encoder_lr=0.0)
    taught = train(paper, spots, make_faces(4), seed=0, steps=3, pretrained=tmp_path / "generator")
    assert taught.card.fresh == ["E.trunk", "E.content_layer", "E.styles", "ITL", "ITL.lin"]
    checkpoints.save(tmp_path / "one", taught)
    later = train(paper, spots, make_faces(4), seed=1, steps=3, start_from=tmp_path / "one")
    assert same(taught.network.generator, later.network.generator)
    state, before = later.network.state_dict(), taught.network.state_dict()
    for name in ("E.styles.5.weight", "E.block_4.0.conv2.weight", "E.block_4.0.bn1.running_mean"):
        assert not torch.equal(state[name], before[name]), "what no pretraining taught learns, batch norm too"
    with pytest.raises(FacelabelError, match="do not fit the network: system fase, not scaf"):
        train(presets.load("scaf-tiny"), spots, make_faces(1), seed=0, pretrained=tmp_path / "weights")


def test_the_rate_falls_by_epochs(toy_fase: Preset, spots: Scheme, make_faces: MakeFaces) -> None:
    faces = make_faces(2)
    shared = {"schedule": "epochs", "warm_up": 0, "average": 0.0, "batch": 2}

    def trained(steps: int, **changes: object) -> torch.nn.Module:
        return train(adjusted(toy_fase, **shared | changes), spots, faces, seed=0, steps=steps).network

    assert same(trained(4, decay=1e-300, floor=0.0), trained(1))
    assert same(trained(4, decay=1e-300, floor=1.0), trained(4, schedule="constant"))
    assert not same(trained(4, decay=1e-3), trained(4, schedule="constant"))


def test_the_loss_of_the_last_layer_is_that_of_the_heatmaps() -> None:
    torch.manual_seed(0)
    features = torch.randn(3, 4, 16, 16, requires_grad=True)
    kernel = torch.randn(4, 2, 3, 3, requires_grad=True)
    points, known = torch.rand(3, 2, 2) * 15, torch.tensor([[True, False], [True, True], [False, True]])
    weighing = LossWeights(sigma=2.0, foreground=5.0)
    maps = functional.conv_transpose2d(features, kernel, padding=1)
    losses = head_loss(features, kernel, points, known, weighing), heatmap_loss(maps, points, known, weighing)
    torch.testing.assert_close(*losses)
    for one, other in zip(*(torch.autograd.grad(loss, (features, kernel)) for loss in losses), strict=True):
        torch.testing.assert_close(one, other)


def test_cards_from_before_there_was_a_second_system(
    toy: Preset, spots: Scheme, make_faces: MakeFaces, tmp_path: Path
) -> None:
    checkpoints.save(tmp_path, train(toy, spots, make_faces(2), seed=0, steps=1))
    card = json.loads((tmp_path / "model.json").read_text())
    assert card["preset"]["network"].pop("system") == "scaf"
    (tmp_path / "model.json").write_text(json.dumps(card))
    assert checkpoints.load(tmp_path).preset == toy


def test_the_presets_of_fase() -> None:
    assert {"fase-tiny", "fase-small", "fase"} <= set(presets.names())
    # A tiny model is for whoever has neither a GPU nor a generator.
    assert weights.shipped(presets.load("fase-tiny")) is not None
    shapes = [presets.load(name).network for name in ("fase-tiny", "fase-small", "fase")]
    assert all(isinstance(shape, FaseShape) for shape in shapes)
    assert [(shape.input_size, shape.heatmap_size) for shape in shapes] == [(128, 64), (128, 64), (256, 128)]
    assert isinstance(presets.load("scaf-tiny").network, ScafShape)
    recipe = presets.load("fase").training
    assert (recipe.lr, recipe.encoder_lr, recipe.generator_lr, recipe.betas) == (1e-4, 2e-5, 0.0, (0.9, 0.99))
    assert (recipe.decay, recipe.floor, recipe.batch, recipe.steps.most) == (0.995, 0.01, 8, 200_000)


def test_networks_of_no_system() -> None:
    for network in ({"system": "other"}, 3):
        with pytest.raises(FacelabelError, match="network: system has to be 'scaf' or 'fase'"):
            presets.load("scaf-tiny", {"network": network})


def test_what_is_for_scaf_alone_says_so(tmp_path: Path) -> None:
    with pytest.raises(FacelabelError, match="this is for SCAF, and the preset 'fase-tiny' is not"):
        presets.scaf_shape(presets.load("fase-tiny"))
    torch.save({"state_dict": {}}, tmp_path / "saae.mdl")
    with pytest.raises(FacelabelError, match="this is for SCAF"):
        snapshots.read(tmp_path, presets.load("fase-tiny"))
