"""Pretrained weights come back as they were, go into the networks they fit, and are otherwise refused in one line."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from facelabel import pretrained
from facelabel.errors import FacelabelError
from facelabel.learning import presets, weights
from facelabel.learning.presets import Preset
from facelabel.learning.weights import Pretrained
from facelabel.networks import Scaf, create
from facelabel.schemes import Scheme

Change = Callable[[dict[str, torch.Tensor]], object]


def without(pretrained_toy: Pretrained, *prefixes: str) -> Pretrained:
    kept = {name: tensor for name, tensor in pretrained_toy.tensors.items() if not name.startswith(prefixes)}
    return dataclasses.replace(pretrained_toy, tensors=kept)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(FacelabelError) as caught:
        act()
    assert "\n" not in str(caught.value)
    assert caught.value.cure
    return str(caught.value)


def same(one: Pretrained, other: Pretrained) -> bool:
    mine, yours = one.tensors | one.heads, other.tensors | other.heads
    return mine.keys() == yours.keys() and all(torch.equal(mine[name], yours[name]) for name in mine)


def test_they_come_back_as_they_were(pretrained_toy: Pretrained, tmp_path: Path) -> None:
    weights.save(tmp_path / "w", pretrained_toy)
    assert names(tmp_path / "w") == ["pretrained.json", "weights.safetensors"]
    again = weights.load(tmp_path / "w")
    assert again.card == pretrained_toy.card
    assert same(again, pretrained_toy)
    assert pretrained.read(tmp_path / "w").objective == "landmarks"


def test_half_precision_is_half_the_size_and_leaves_batch_norm_alone(
    pretrained_toy: Pretrained, tmp_path: Path
) -> None:
    weights.save(tmp_path / "full", pretrained_toy)
    weights.save(tmp_path / "half", pretrained_toy, half=True)
    sizes = [(tmp_path / name / "weights.safetensors").stat().st_size for name in ("full", "half")]
    assert sizes[1] < 0.6 * sizes[0]
    again = weights.load(tmp_path / "half")
    for name, tensor in pretrained_toy.tensors.items():
        found = again.tensors[name]
        assert found.dtype == tensor.dtype
        assert torch.equal(found, tensor) if tensor.ndim < 2 else torch.allclose(found, tensor, rtol=1e-3, atol=1e-6)


def test_shards(pretrained_toy: Pretrained, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    weights.save(folder, pretrained_toy, shard_bytes=400_000)
    shards = sorted(folder.glob("*.safetensors"))
    assert len(shards) > 2
    assert shards[0].name == f"weights-00001-of-{len(shards):05d}.safetensors"
    assert all(path.stat().st_size <= 400_000 for path in shards)
    assert same(weights.load(folder), pretrained_toy)
    shards[1].unlink()
    assert f"{shards[1].name} is missing" in refusal(lambda: weights.load(folder))
    weights.save(folder, pretrained_toy)
    assert names(folder) == ["pretrained.json", "weights.safetensors"], "old shards are gone"
    (folder / "weights-00001-of-00002.safetensors").write_bytes(b"")
    assert "more than one set" in refusal(lambda: weights.load(folder))


def test_files_that_cannot_be_trusted(pretrained_toy: Pretrained, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    assert "there are no pretrained weights here" in refusal(lambda: weights.load(folder))
    weights.save(folder, pretrained_toy)
    path, card = folder / "weights.safetensors", folder / "pretrained.json"
    data, text = path.read_bytes(), card.read_text()
    for length in (0, 5, 400, len(data) - 1):
        path.write_bytes(data[:length])
        assert "damaged or cut short" in refusal(lambda: weights.load(folder))
        assert "damaged or cut short" in refusal(lambda: pretrained.read(folder))
    path.unlink()
    assert "weights.safetensors is missing" in refusal(lambda: weights.load(folder))
    path.write_bytes(data)
    for bad in ("", "{", "[]", json.dumps(json.loads(text) | {"network": {"input_size": 7}})):
        card.write_text(bad)
        assert "not a card of pretrained weights" in refusal(lambda: weights.load(folder))
    card.write_text(json.dumps(json.loads(text) | {"heads": []}))
    assert "lists heads" in refusal(lambda: weights.load(folder))
    changed = json.loads(text)
    changed["network"]["width"] = 0.25
    card.write_text(json.dumps(changed))
    assert "not weights of preset 'toy'" in refusal(lambda: weights.load(folder))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.pop("Q.fc.bias"), "Q.fc.bias is absent"),
        (lambda t: t.pop("B.0.conv1.weight"), "B.0.conv1.weight is absent"),
        (lambda t: t.update({"D.lin": torch.zeros(1)}), "D.lin is (1,), not known"),
        (lambda t: t.update({"P.fc.bias": torch.zeros(3)}), "P.fc.bias is (3,), not (64,)"),
        (lambda t: t["Q.fc.bias"].fill_(torch.nan), "Q.fc.bias has values that are no number"),
    ],
)
def test_unsound_weights_are_not_written(pretrained_toy: Pretrained, tmp_path: Path, change: Change, said: str) -> None:
    change(pretrained_toy.tensors)
    assert said in refusal(lambda: weights.save(tmp_path / "w", pretrained_toy))
    assert not (tmp_path / "w").exists()


def test_a_failed_write_leaves_the_old_weights(
    pretrained_toy: Pretrained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "w"
    weights.save(folder, pretrained_toy)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(path: Path, data: bytes) -> None:
        path.write_bytes(data[: len(data) // 2])
        if path.name.startswith("pretrained"):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(weights, "_write", full)
    other = dataclasses.replace(pretrained_toy, card=pretrained_toy.card.model_copy(update={"seed": 9}))
    assert "No space left" in refusal(lambda: weights.save(folder, other))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_they_go_into_a_network_with_the_head_of_the_scheme(
    pretrained_toy: Pretrained, toy: Preset, spots: Scheme
) -> None:
    network = create(toy.network, spots.size)
    assert weights.apply(pretrained_toy, network, spots) == []
    state = network.state_dict()
    assert all(torch.equal(state[name], tensor) for name, tensor in pretrained_toy.tensors.items())
    assert torch.equal(state["LMH.lin.weight"], pretrained_toy.heads[spots.id])


def test_another_scheme_gets_a_head_of_its_own(pretrained_toy: Pretrained, toy: Preset, spots: Scheme) -> None:
    for other, landmarks in ((spots.model_copy(update={"id": "others-3"}), 3), (spots, 5)):
        network = create(toy.network, landmarks)
        fresh = network.LMH.get_submodule("lin").state_dict()["weight"].clone()
        assert weights.apply(pretrained_toy, network, other) == ["LMH.lin"]
        assert torch.equal(network.state_dict()["LMH.lin.weight"], fresh)


def test_parts_that_are_absent_start_fresh(
    pretrained_toy: Pretrained, toy: Preset, spots: Scheme, tmp_path: Path
) -> None:
    weights.save(tmp_path / "w", without(pretrained_toy, "B.", "LMH."))
    found = weights.load(tmp_path / "w")
    network = create(toy.network, spots.size)
    fresh = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    assert weights.apply(dataclasses.replace(found, heads={}), network, spots) == ["B", "LMH.t", "LMH.lin"]
    state = network.state_dict()
    assert all(torch.equal(state[name], fresh[name]) for name in state if name.startswith(("B.", "LMH.")))
    assert torch.equal(state["Q.conv1.weight"], pretrained_toy.tensors["Q.conv1.weight"])
    assert "Q.conv1.weight, Q.bn1.weight, Q.bn1.bias" in refusal(
        lambda: weights.save(tmp_path / "w", without(pretrained_toy, "Q."))
    )


def test_another_preset(pretrained_toy: Pretrained, toy: Preset, spots: Scheme) -> None:
    shape = toy.network.model_copy(update={"width": 0.25, "head": 48})
    said = refusal(lambda: weights.apply(pretrained_toy, Scaf(shape, spots.size), spots))
    assert "preset 'toy' do not fit the network: width 0.125, not 0.25, head None, not 48" in said


def test_what_ships_can_be_loaded() -> None:
    for name in presets.names():
        preset = presets.load(name)
        if (folder := weights.shipped(preset)) is not None:
            found = weights.load(folder)
            assert found.card.network == preset.network
            assert found.card.data
            assert all(path.stat().st_size < 15_000_000 for path in folder.iterdir())
