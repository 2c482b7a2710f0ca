"""Whether a training fits the machine: refusals before it begins, and batches in portions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from facelabel import costs
from facelabel.errors import FacelabelError
from facelabel.jobs.messages import Failed, JobSpec, LabelInput, Message, TrainSpec
from facelabel.jobs.supervisor import Supervisor
from facelabel.learning import presets, room
from facelabel.learning.dataset import Batch
from facelabel.learning.losses import LossWeights
from facelabel.learning.presets import Preset
from facelabel.learning.training import _loss, _portions, train
from facelabel.networks import LandmarkNetwork, create
from facelabel.schemes import Scheme, load
from tests.learning.conftest import MakeFaces

CPU = torch.device("cpu")
EVERY = ("scaf-tiny", "scaf-half", "scaf", "fase-tiny", "fase-small", "fase")


@pytest.mark.parametrize("name", EVERY)
def test_the_size_in_a_presets_file_is_that_of_its_network(name: str) -> None:
    preset = presets.load(name)
    assert preset.cost is not None
    side = preset.network.input_size
    with torch.device("meta"):
        network = create(preset.network, 68).eval()
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            network(torch.empty(1, 3, side, side))
    assert preset.cost.parameters == pytest.approx(sum(p.numel() for p in network.parameters()) / 1e6, rel=0.01)
    assert preset.cost.macs == pytest.approx(counter.get_total_flops() / 2e9, rel=0.01)


@pytest.mark.parametrize("name", ["scaf-tiny", "fase-tiny"])
def test_what_a_face_leaves_for_the_gradient_is_as_the_file_says(name: str) -> None:
    preset = presets.load(name)
    assert preset.cost is not None
    network = create(preset.network, 68).train()
    if preset.training.frozen_statistics:
        network.encoder.eval()
    network.generator.requires_grad_(preset.training.generator_lr != 0)
    images = torch.rand(2, 3, 128, 128).to(memory_format=torch.channels_last)
    assert preset.cost.kept == pytest.approx((kept(network, images) - kept(network, images[:1])) / 4e6, rel=0.05)


def kept(network: LandmarkNetwork, images: torch.Tensor) -> int:
    """Bytes that autograd keeps besides the parameters."""
    own = {tensor.untyped_storage().data_ptr() for tensor in network.state_dict().values()}
    seen = {}

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in own:
            seen[storage.data_ptr()] = storage.nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        features = network.features(images)
    assert features[0].requires_grad
    return sum(seen.values())


def test_layers_computed_again_give_the_same_gradients_and_keep_less() -> None:
    torch.manual_seed(0)
    network = create(presets.load("fase-tiny").network, 5).train()
    network.encoder.eval()
    images = torch.rand(2, 3, 128, 128)
    found = []
    for checkpointing in (False, True):
        network.checkpointing = checkpointing
        network.zero_grad()
        network.features(images)[0].square().mean().backward()
        found.append([p.grad.clone() for p in network.parameters() if p.grad is not None])
        found.append(kept(network, images))
    for one, other in zip(found[0], found[2], strict=True):
        torch.testing.assert_close(one, other)
    assert found[3] < costs.CHECKPOINTED * found[1]


def test_a_pretraining_that_has_no_room_says_which_batch_has(monkeypatch: pytest.MonkeyPatch) -> None:
    cost, preset = costs.of("fase-small"), presets.load("fase-small")
    assert cost is not None
    assert cost.pretraining_bytes(16) > cost.training_bytes(16)
    monkeypatch.setattr(costs, "free_memory", lambda: cost.pretraining_bytes(16))
    room.check_memory(preset, 16, CPU)
    monkeypatch.setattr(costs, "free_memory", lambda: cost.pretraining_bytes(5) + 1)
    with pytest.raises(FacelabelError, match=r"'fase-small' in batches of 16 needs about 1\.9 GB.*--batch 5"):
        room.check_memory(preset, 16, CPU)
    monkeypatch.setattr(costs, "free_memory", lambda: 1e8)
    with pytest.raises(FacelabelError, match=r"this machine has 0\.1 GB free.*smaller --preset"):
        room.check_memory(preset, 16, CPU)


def test_portions_of_a_batch_sum_to_its_loss_and_gradients(toy: Preset, spots: Scheme) -> None:
    rng = np.random.default_rng(0)
    known = rng.random((7, 3)) < 0.6
    known[3:5] = False
    images = rng.integers(0, 255, (7, 128, 128, 3), dtype=np.uint8)
    batch = Batch(images, rng.uniform(0, 63, (7, 3, 2)).astype(np.float32), known)
    network = create(toy.network, spots.size).eval()
    results = []
    for faces in (7, 2):
        network.zero_grad()
        total = 0.0
        for part, share in _portions(batch, faces):
            loss = share * _loss(network, part, LossWeights.of(toy), "float32", CPU)
            loss.backward()
            total += float(loss.detach())
        results.append((total, network.last.weight.grad.clone()))
    assert results[0][0] == pytest.approx(results[1][0], rel=1e-5)
    torch.testing.assert_close(results[0][1], results[1][1], rtol=1e-4, atol=1e-6)


def test_training_takes_what_has_room(
    toy: Preset, spots: Scheme, make_faces: MakeFaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = toy.model_copy(update={"name": "scaf-tiny"})
    cost = costs.of("scaf-tiny")
    assert cost is not None
    assert room.portion(named, 16, CPU).faces == 16
    assert room.portion(named, 15, CPU, 2).faces == 8
    monkeypatch.setattr(costs, "free_memory", lambda: cost.training_bytes(5) / 0.9 + 1)
    assert room.portion(named, 16, CPU) == room.Portion(5)
    assert train(named, spots, make_faces(8), seed=0, steps=1, pretrained=None).card.batch == 8
    assert room.portion(named, 16, CPU, 2) == room.Portion(5)
    monkeypatch.setattr(costs, "free_memory", lambda: 1e8)
    with pytest.raises(FacelabelError, match=r"'scaf-tiny' needs 0\.4 GB of memory at least; this machine has 0\.1 GB"):
        train(named, spots, make_faces(2), seed=0, steps=1, pretrained=None)
    by_hand = named.model_copy(update={"training": named.training.model_copy(update={"portion": 3})})
    assert room.portion(by_hand, 16, CPU) == room.Portion(3)
    monkeypatch.setattr(costs, "free_memory", lambda: None)
    assert room.portion(named, 16, CPU) == room.Portion(16)


def test_a_preset_that_takes_days_is_refused_unless_it_may(tmp_path: Path) -> None:
    label = {"id": 1, "image": "absent.png", "box": (0, 0, 10, 10), "shape": [(1.0, 1.0)] * 68}
    labels = [LabelInput.model_validate(label | {"id": number}) for number in range(2)]
    told: dict[bool, str] = {}
    for allowed in (False, True):
        said: list[Message] = []
        train_spec = TrainSpec(preset="fase", seed=0, pretrained=None, allow_slow=allowed)
        spec = JobSpec(
            kind="train", scheme=load("300w-68").model_dump(mode="json"), train=train_spec, labels=labels, threads=1
        )
        outcome = Supervisor(tmp_path / str(allowed), spec, said.append).run()
        assert outcome.state == "failed"
        told[allowed] = next(message.text for message in said if isinstance(message, Failed))
    assert "training 'fase' needs a GPU with about 3.7 GB; this machine has 0" in told[False]
    smaller = room.smaller(presets.load("fase"))
    assert smaller in presets.names()
    assert f"would take about 2 days (use {smaller}, or say --allow-slow" in told[False]
    assert "none of the 2 labelled faces can be read" in told[True]
