"""SCAF: sizes as published, names as in the public snapshots, and 3FabRec when the skips are silent."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from facelabel.networks import Scaf, ScafShape, create, normalise

PUBLISHED_ENTRIES = 215
"""Tensors of Q, P and LMH in a public snapshot, without the counters of batch norm."""

TINY = ScafShape(input_size=128, width=0.125, latent=16)


@pytest.fixture(scope="module")
def full() -> Scaf:
    with torch.device("meta"):
        return create(ScafShape(), 68)


def count(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


def test_sizes_are_the_published_ones(full: Scaf) -> None:
    assert count(full.Q) == 11_379_491
    assert count(full.P) == 10_868_096
    assert [count(b) for b in full.B] == [406_400, 101_824, 25_568, 25_568]
    assert count(full.LMH) == 880_640
    drawn_only = count(full.P.get_submodule("lin")) + count(full.P.get_submodule("layer5"))
    assert count(full) - drawn_only == 23_516_195, "what heatmaps depend on"


@pytest.mark.parametrize(("landmarks", "parameters"), [(19, 830_464), (68, 880_640), (98, 911_360)])
def test_the_head_grows_with_the_landmarks(landmarks: int, parameters: int) -> None:
    with torch.device("meta"):
        assert count(create(ScafShape(), landmarks).LMH) == parameters


def test_parameter_names_are_those_of_the_public_snapshots(full: Scaf) -> None:
    state = {name: tuple(value.shape) for name, value in full.state_dict().items()}
    expected = {
        "Q.conv1.weight": (64, 3, 7, 7),
        "Q.layer0.1.bn2.running_var": (64,),
        "Q.layer1.0.downsample.0.weight": (64, 64, 1, 1),
        "Q.layer4.0.downsample.1.bias": (512,),
        "Q.layer4.1.conv2.weight": (512, 512, 3, 3),
        "Q.fc.weight": (99, 512),
        "P.fc.bias": (512,),
        "P.conv1.weight": (512, 512, 4, 4),
        "P.layer1.0.upsample.0.weight": (512, 256, 4, 4),
        "P.layer4.0.conv2.weight": (64, 64, 3, 3),
        "P.layer5.0.upsample.1.running_mean": (64,),
        "P.lin.weight": (64, 3, 4, 4),
        "LMH.t1.weight": (256, 256, 3, 3),
        "LMH.t2.weight": (128, 128, 3, 3),
        "LMH.t3.weight": (64, 64, 3, 3),
        "LMH.t4.weight": (64, 64, 3, 3),
        "LMH.lin.weight": (64, 68, 4, 4),
    }
    assert {name: state[name] for name in expected} == expected
    published = [name for name in state if name[0] != "B" and not name.endswith("num_batches_tracked")]
    assert len(published) == PUBLISHED_ENTRIES
    assert "Q.layer0.0.downsample.0.weight" not in state
    assert {name.split(".")[0] for name in state} == {"Q", "P", "B", "LMH"}


@pytest.mark.parametrize("size", [128, 256])
@pytest.mark.parametrize("landmarks", [1, 5, 29])
def test_any_number_of_landmarks_at_both_sizes(size: int, landmarks: int) -> None:
    model = create(ScafShape(input_size=size, width=0.0625, latent=7), landmarks).eval()
    pictures = torch.zeros(2, 3, size, size)
    heatmaps, z = model(pictures)
    assert heatmaps.shape == (2, landmarks, size // 2, size // 2)
    assert z.shape == (2, 7)
    again, _ = model.reconstruct(pictures)
    assert again.shape == pictures.shape


def test_a_wider_head_changes_the_last_transfer_layer_only() -> None:
    plain, wide = create(TINY, 68), create(TINY.model_copy(update={"head": 48}), 68)
    changed = {n for n, v in wide.state_dict().items() if v.shape != plain.state_dict()[n].shape}
    assert changed == {"LMH.t3.weight", "LMH.lin.weight"}
    assert wide.LMH.get_submodule("lin").weight.shape == (48, 68, 4, 4)


class Silent(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.zeros_like(x)


@pytest.mark.parametrize("size", [128, 256])
def test_without_the_skips_scaf_is_3fabrec(size: int) -> None:
    torch.manual_seed(3)
    model = create(ScafShape(input_size=size, width=0.125, latent=16), 9)
    pictures = torch.rand(3, 3, size, size) - 0.4
    model(pictures)  # once in training mode, so that the running statistics are not trivial
    model.eval()
    with torch.no_grad():
        with_skips, z = model(pictures)
        for index in range(len(model.B)):
            model.B[index] = Silent()
        without, _ = model(pictures)
        expected = fabrec(model.state_dict(), z, levels=len(model.B))
    torch.testing.assert_close(without, expected, rtol=1e-4, atol=1e-5)
    assert not torch.allclose(with_skips, without, rtol=1e-2, atol=1e-3)


def fabrec(state: dict[str, Tensor], z: Tensor, levels: int) -> Tensor:
    """3FabRec's heatmaps from a latent vector, written from the published description with functional calls only."""

    def norm(x: Tensor, name: str) -> Tensor:
        s = [state[f"{name}.{part}"] for part in ("running_mean", "running_var", "weight", "bias")]
        return F.batch_norm(x, *s)

    def up(x: Tensor, name: str) -> Tensor:
        return F.conv_transpose2d(x, state[f"{name}.weight"], stride=2, padding=1)

    def stage(x: Tensor, name: str) -> Tensor:
        y = F.relu(norm(up(x, f"{name}.conv1"), f"{name}.bn1"))
        y = norm(F.conv2d(y, state[f"{name}.conv2.weight"], padding=1), f"{name}.bn2")
        return F.relu(y + norm(up(x, f"{name}.upsample.0"), f"{name}.upsample.1"))

    x = F.linear(z, state["P.fc.weight"], state["P.fc.bias"])[:, :, None, None]
    x = F.relu(norm(F.conv_transpose2d(x, state["P.conv1.weight"]), "P.bn1"))
    for level in range(1, levels + 1):
        x = stage(x, f"P.layer{level}.0")
        x = F.conv2d(x, state[f"LMH.t{level}.weight"], padding=1)
    return up(x, "LMH.lin")


def test_the_heatmaps_start_near_zero() -> None:
    torch.manual_seed(0)
    heatmaps, _ = create(TINY, 20)(torch.rand(4, 3, 128, 128) - 0.4)
    assert float(heatmaps.detach().abs().mean()) < 1


def test_pictures_are_normalised_by_the_mean_only() -> None:
    white = torch.full((1, 4, 4, 3), 255, dtype=torch.uint8)
    out = normalise(white)
    assert out.shape == (1, 3, 4, 4)
    assert out.is_contiguous(memory_format=torch.channels_last)
    torch.testing.assert_close(out[0, :, 0, 0], torch.tensor([0.482, 0.582, 0.639]))
