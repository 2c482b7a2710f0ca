"""What training starts from: the last model, pretrained weights (shipped or chosen), or nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from facelabel import assets, pretrained
from facelabel.errors import FacelabelError
from facelabel.learning import checkpoints, weights
from facelabel.learning.faces import LabelledFace
from facelabel.learning.presets import Preset
from facelabel.learning.training import train
from facelabel.learning.weights import Pretrained
from facelabel.networks import Scaf
from facelabel.schemes import Scheme

MakeFaces = Callable[..., list[LabelledFace]]


@pytest.fixture
def chosen(pretrained_toy: Pretrained, tmp_path: Path) -> Path:
    weights.save(tmp_path / "chosen", pretrained_toy)
    return tmp_path / "chosen"


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of models without any, in place of facelabel's own."""
    monkeypatch.setattr(assets, "folder", lambda name: tmp_path / name)
    return tmp_path / "models"


def near(network: Scaf, given: Pretrained) -> bool:
    """Whether a few small steps lead from the weights to the network."""
    state = network.state_dict()
    kernels = {name: tensor for name, tensor in given.tensors.items() if tensor.ndim > 1}
    return all(torch.allclose(state[name], tensor, atol=0.02) for name, tensor in kernels.items())


def test_a_preset_starts_from_the_weights_that_ship_with_it(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, pretrained_toy: Pretrained, models: Path
) -> None:
    faces = make_faces(4)
    assert weights.shipped(toy) is None
    assert pretrained.start_of("toy").text == "no weights of ours: trains from scratch"
    bare = train(toy, spots, faces, seed=0, steps=2)
    assert bare.card.pretrained is None
    assert not near(bare.network, pretrained_toy)

    weights.save(models / "scaf" / "toy", pretrained_toy)
    assert weights.shipped(toy) == models / "scaf" / "toy"
    said = pretrained.start_of("toy").text
    assert said == "pretrained on landmarks: 2 drawn faces, free (facelabel 0.1, abc)"
    model = train(toy, spots, faces, seed=0, steps=2)
    assert (model.card.pretrained, model.card.fresh, model.card.started_from) == ("abc", [], None)
    assert near(model.network, pretrained_toy)

    scratch = train(toy, spots, faces, seed=0, steps=2, pretrained=None)
    assert scratch.card.pretrained is None
    for name, tensor in scratch.network.state_dict().items():
        assert torch.equal(tensor, bare.network.state_dict()[name])


def test_the_last_round_comes_first_and_passes_the_origin_on(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, chosen: Path, tmp_path: Path
) -> None:
    faces = make_faces(2)
    first = train(toy, spots, faces, seed=0, steps=1, pretrained=chosen)
    checkpoints.save(tmp_path / "one", first)
    second = train(toy, spots, faces, seed=1, steps=1, start_from=tmp_path / "one", pretrained=chosen)
    assert second.card.started_from == first.card.data_hash
    assert second.card.pretrained == "abc"


def test_pretrained_weights_get_the_whole_budget_of_steps(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, chosen: Path
) -> None:
    short = toy.training.steps.model_copy(update={"fewest": 4, "most": 4})
    quick = toy.model_copy(update={"training": toy.training.model_copy(update={"steps": short})})
    assert train(quick, spots, make_faces(1), seed=0, pretrained=chosen).card.steps == 4


def test_the_recipe_protects_what_pretraining_put_there(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, chosen: Path, pretrained_toy: Pretrained, tmp_path: Path
) -> None:
    protect = {"encoder_lr": 0.0, "generator_lr": 0.0, "frozen_statistics": True}
    paper = toy.model_copy(update={"training": toy.training.model_copy(update=protect)})
    other = spots.model_copy(update={"id": "others-3"})
    first = train(paper, other, make_faces(4), seed=0, steps=3, pretrained=chosen)
    checkpoints.save(tmp_path / "one", first)
    second = train(paper, other, make_faces(4), seed=1, steps=3, start_from=tmp_path / "one")
    for model in (first, second):
        assert model.card.fresh == ["LMH.lin"]
        state = model.network.state_dict()
        for name, tensor in pretrained_toy.tensors.items():
            if name.startswith(("Q.", "P.")):
                assert torch.equal(state[name], tensor), name
        assert not torch.equal(state["LMH.t1.weight"], pretrained_toy.tensors["LMH.t1.weight"])


def test_weights_of_another_preset_are_refused_before_anything_is_read(
    make_faces: MakeFaces, toy: Preset, spots: Scheme, chosen: Path, pretrained_toy: Pretrained
) -> None:
    wider = toy.model_copy(update={"name": "wide", "network": toy.network.model_copy(update={"head": 12})})
    with pytest.raises(FacelabelError, match=r"chosen: .*preset 'toy' do not fit the network: head None, not 12"):
        train(wider, spots, make_faces(1), seed=0, pretrained=chosen)
    gone = [dataclasses.replace(face, image=Path("gone.png")) for face in make_faces(1)]
    with pytest.raises(FacelabelError, match="there are no pretrained weights here"):
        train(toy, spots, gone, seed=0, pretrained=chosen.parent)
