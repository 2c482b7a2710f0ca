"""Import of 3FabRec's snapshots: what comes out of them, and what is refused."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from facelabel import schemes
from facelabel.errors import FacelabelError
from facelabel.learning import presets, snapshots, weights
from facelabel.learning.presets import Preset
from facelabel.networks import create
from facelabel.schemes import Scheme
from tests.learning.fabrec import published, random_state


@pytest.fixture(scope="module")
def state() -> dict[str, Tensor]:
    return random_state()


@pytest.fixture(scope="module")
def snapshot(state: dict[str, Tensor], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lms_wflw")
    torch.save(published(state), folder / "saae.mdl")
    history = {"epoch": 191, "total_iter": 2595984, "total_time": 639421, "best_score": 999}
    (folder / "meta.json").write_text(json.dumps(history))
    return folder


@pytest.fixture(scope="module")
def scaf() -> Preset:
    return presets.load("scaf")


@pytest.fixture(scope="module")
def wflw() -> Scheme:
    return schemes.load("wflw-98")


def test_the_auto_encoder_becomes_weights(snapshot: Path, scaf: Preset, state: dict[str, Tensor]) -> None:
    assert len(state) == 288
    found = snapshots.read(snapshot, scaf, command="facelabel weights import")
    expected = {name for name in state if name.startswith(("Q.", "P."))}
    assert set(found.tensors) == expected
    assert all(torch.equal(found.tensors[name], state[name]) for name in expected)
    card = found.card
    assert (card.objective, card.preset, card.heads, card.steps, card.seconds) == (
        "3fabrec",
        "scaf",
        [],
        2595984,
        639421,
    )
    assert "research only" in card.data[0]


def test_with_a_scheme_the_head_comes_along(
    snapshot: Path, scaf: Preset, wflw: Scheme, state: dict[str, Tensor]
) -> None:
    found = snapshots.read(snapshot / "saae.mdl", scaf, wflw)
    assert found.card.heads == ["wflw-98"]
    network = create(scaf.network, 98)
    assert weights.apply(found, network, wflw) == ["B"]
    own = network.state_dict()
    assert all(torch.equal(own[name], state[name]) for name in own if not name.startswith("B."))


class Nothing(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.zeros_like(x)


def test_scaf_without_bottlenecks_is_3fabrec(
    snapshot: Path, scaf: Preset, wflw: Scheme, state: dict[str, Tensor]
) -> None:
    network = create(scaf.network, 98)
    weights.apply(snapshots.read(snapshot, scaf, wflw), network, wflw)
    network.eval()
    pictures = torch.rand(1, 3, 256, 256, generator=torch.Generator().manual_seed(1)) - 0.45
    with torch.no_grad():
        with_bottlenecks, _ = network(pictures)
        for number in range(len(network.B)):
            network.B[number] = Nothing()
        heatmaps, z = network(pictures)
        drawn, _ = network.reconstruct(pictures)
        plain = Plain(state)
        expected = plain.encode(pictures)
        torch.testing.assert_close(z, expected, rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(heatmaps, plain.heatmaps(expected), rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(drawn, plain.draw(expected), rtol=1e-5, atol=1e-5)
    assert heatmaps.std() > 1e-2, "too small for the comparison to say anything"
    assert not torch.allclose(with_bottlenecks, heatmaps, atol=1e-2)


class Plain:
    """3FabRec as sections 1.1 to 1.3 of the fact sheet describe it, with functional calls on a state dict."""

    def __init__(self, state: Mapping[str, Tensor]) -> None:
        self.state = state

    def norm(self, x: Tensor, name: str) -> Tensor:
        parts = ("running_mean", "running_var", "weight", "bias")
        return F.batch_norm(x, *(self.state[f"{name}.{part}"] for part in parts))

    def conv(self, x: Tensor, name: str, stride: int = 1, padding: int = 1) -> Tensor:
        return F.conv2d(x, self.state[f"{name}.weight"], stride=stride, padding=padding)

    def up(self, x: Tensor, name: str) -> Tensor:
        return F.conv_transpose2d(x, self.state[f"{name}.weight"], stride=2, padding=1)

    def encode(self, x: Tensor) -> Tensor:
        x = F.relu(self.norm(self.conv(x, "Q.conv1", 2, 3), "Q.bn1"))
        x = F.max_pool2d(x, 3, 2, 1)
        for level in range(5):
            for block in (0, 1):
                name, stride = f"Q.layer{level}.{block}", 2 if level and not block else 1
                y = F.relu(self.norm(self.conv(x, f"{name}.conv1", stride), f"{name}.bn1"))
                y = self.norm(self.conv(y, f"{name}.conv2"), f"{name}.bn2")
                if stride == 2:
                    x = self.norm(self.conv(x, f"{name}.downsample.0", 2, 0), f"{name}.downsample.1")
                x = F.relu(y + x)
        return F.linear(F.adaptive_avg_pool2d(x, 1).flatten(1), self.state["Q.fc.weight"], self.state["Q.fc.bias"])

    def stage(self, x: Tensor, level: int) -> Tensor:
        name = f"P.layer{level}.0"
        y = F.relu(self.norm(self.up(x, f"{name}.conv1"), f"{name}.bn1"))
        y = self.norm(self.conv(y, f"{name}.conv2"), f"{name}.bn2")
        return F.relu(y + self.norm(self.up(x, f"{name}.upsample.0"), f"{name}.upsample.1"))

    def begin(self, z: Tensor) -> Tensor:
        x = F.linear(z, self.state["P.fc.weight"], self.state["P.fc.bias"])[:, :, None, None]
        x = F.relu(self.norm(F.conv_transpose2d(x, self.state["P.conv1.weight"]), "P.bn1"))
        return self.stage(x, 1)

    def draw(self, z: Tensor) -> Tensor:
        x = self.begin(z)
        for level in (2, 3, 4, 5):
            x = self.stage(x, level)
        return torch.tanh(self.up(x, "P.lin"))

    def heatmaps(self, z: Tensor) -> Tensor:
        x = self.conv(self.begin(z), "LMH.t1")
        for level in (2, 3, 4):
            x = self.conv(self.stage(x, level), f"LMH.t{level}")
        return self.up(x, "LMH.lin")


def test_older_files(state: dict[str, Tensor], scaf: Preset, wflw: Scheme, tmp_path: Path) -> None:
    """Without the sizes and counters, in the file format of their day, one folder deeper, with a layer nothing used."""
    kept = {name: t for name, t in state.items() if not name.endswith("tracked") and not name.startswith("D")}
    (tmp_path / "191").mkdir()
    torch.save(
        {"state_dict": kept | {"LMH.t5.weight": torch.zeros(64, 64, 3, 3)}},
        tmp_path / "191" / "saae.mdl",
        _use_new_zipfile_serialization=False,
    )
    (tmp_path / "191" / "meta.json").write_text("?")
    found = snapshots.read(tmp_path, scaf, wflw)
    assert found.card.steps == 0
    assert "LMH.t4.weight" in found.tensors
    assert "LMH.t5.weight" not in found.tensors


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(FacelabelError) as caught:
        act()
    assert "\n" not in str(caught.value)
    assert caught.value.cure
    return str(caught.value)


class Evil:
    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.place),)


def test_code_is_never_run(state: dict[str, Tensor], scaf: Preset, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    torch.save(published({}, extra=Evil(ran)), tmp_path / "saae.mdl")
    assert "code, which is never run" in refusal(lambda: snapshots.read(tmp_path, scaf))
    (tmp_path / "saae.mdl").write_bytes(pickle.dumps(Evil(ran)))
    assert "not a snapshot of 3FabRec" in refusal(lambda: snapshots.read(tmp_path, scaf))
    assert not ran.exists()


def test_files_that_are_no_snapshots(snapshot: Path, scaf: Preset, tmp_path: Path) -> None:
    path = tmp_path / "saae.mdl"
    assert "no saae.mdl here" in refusal(lambda: snapshots.read(tmp_path, scaf))
    assert "cannot be read" in refusal(lambda: snapshots.read(path, scaf))
    data = (snapshot / "saae.mdl").read_bytes()
    for bad in (b"", b"hello", data[:100], data[: len(data) // 2], data[:-30], os.urandom(5000)):
        path.write_bytes(bad)
        assert "not a snapshot of 3FabRec" in refusal(lambda: snapshots.read(path, scaf))
    for held, said in (
        ([1, 2], "no state_dict"),
        ({"state_dict": 3}, "no state_dict"),
        ({"state_dict": {"Q.conv1.weight": 3}}, "'Q.conv1.weight' is no tensor"),
        ({"state_dict": {"backbone.conv": torch.zeros(1)}}, "it has 'backbone.conv'"),
        ({"state_dict": {}}, "Q.conv1.weight, Q.bn1.weight, Q.bn1.bias"),
    ):
        torch.save(held, path)
        assert said in refusal(lambda: snapshots.read(path, scaf))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s: s.pop("P.layer3.0.bn2.weight"), "P.layer3.0.bn2.weight is absent"),
        (lambda s: s.update({"Q.fc.weight": torch.zeros(50, 512)}), "Q.fc.weight is (50, 512), not (99, 512)"),
        (lambda s: s.update({"Q.layer9.weight": torch.zeros(1)}), "Q.layer9.weight is (1,), not known"),
        (lambda s: s.update({"Q.fc.bias": torch.full((99,), torch.inf)}), "Q.fc.bias has values that are no number"),
    ],
)
def test_other_tensors(
    state: dict[str, Tensor], scaf: Preset, tmp_path: Path, change: Callable[[dict[str, Tensor]], object], said: str
) -> None:
    small = {name: tensor for name, tensor in state.items() if name.startswith(("Q.", "P."))}
    change(small)
    torch.save(published(small), tmp_path / "saae.mdl")
    assert said in refusal(lambda: snapshots.read(tmp_path, scaf))


def test_other_presets_and_schemes(snapshot: Path, state: dict[str, Tensor], scaf: Preset, tmp_path: Path) -> None:
    tiny, ibug = presets.load("scaf-tiny"), schemes.load("300w-68")
    assert "not weights of preset 'scaf-tiny'" in refusal(lambda: snapshots.read(snapshot, tiny))
    assert "scheme '300w-68' has 68 landmarks" in refusal(lambda: snapshots.read(snapshot, scaf, ibug))
    torch.save(
        published({n: t for n, t in state.items() if not n.startswith("LMH")}, arch="AAE"), tmp_path / "saae.mdl"
    )
    assert "without a landmark head" in refusal(lambda: snapshots.read(tmp_path, scaf, ibug))
    assert snapshots.read(tmp_path, scaf).card.heads == []
