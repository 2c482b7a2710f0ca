"""Import of public StyleGAN2 generators and encoders: what comes out of them, and what is refused."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor

from facelabel.errors import FacelabelError
from facelabel.learning import presets, snapshots_fase, weights
from facelabel.learning.presets import Preset
from facelabel.networks import create
from facelabel.networks.stylegan import Mapping
from facelabel.schemes import Scheme
from tests.learning.styleganfiles import arcface, feature_style, filled, generator, hollow

Small = Callable[[], dict[str, Tensor]]


@pytest.fixture(scope="module")
def fase() -> Preset:
    return presets.load("fase")


@pytest.fixture(scope="module")
def toy_fase(toy: Preset) -> Preset:
    network = {"system": "fase", "input_size": 128, "width": 1 / 16, "blocks": [1, 1, 1, 1]}
    return Preset.model_validate(toy.model_dump() | {"name": "toy-fase", "network": network})


def small_generator() -> dict[str, Tensor]:
    """Of 128 pixels, as wide as ``toy_fase``."""
    return filled(generator(128, 32, lambda side: min(32, 1024 // side)), 1)


def small_encoder() -> dict[str, Tensor]:
    return filled(feature_style((4, 8, 16, 32), (1, 1, 1, 1), 32, 12), 2)


def saved(path: Path, held: object) -> Path:
    torch.save(held, path)
    return path


def test_a_converted_generator_and_the_public_encoder(fase: Preset, tmp_path: Path) -> None:
    state, encoder = hollow(generator(1024)), hollow(feature_style())
    assert len(encoder) == 517
    first = saved(tmp_path / "ffhq.pt", {"g_ema": state, "latent_avg": torch.tensor(0.5).expand(512), "g": {}})
    second = saved(tmp_path / "143_enc.pth", encoder)
    assert first.stat().st_size < 1_000_000
    found = snapshots_fase.read(first, fase, second, command="facelabel weights import")
    with torch.device("meta"):
        expected = create(fase.network, 68).state_dict()
    assert {n for n in expected if not n.startswith("ITL.")} == set(found.tensors)
    assert found.tensors["G.convs.8.conv.weight"].shape == (256, 512, 3, 3)
    assert found.tensors["G.convs.8.conv.weight"][0, 0, 0, 0] == state["convs.8.conv.weight"][0, 0, 0, 0, 0]
    assert torch.equal(found.tensors["G.noises.noise_9"], state["noises.noise_9"])
    assert torch.equal(found.tensors["E.styles.10.bias"], encoder["styles.10.bias"])
    assert torch.equal(found.tensors["latent_avg"], torch.full((6, 512), 0.5))
    card = found.card
    assert (card.objective, card.preset, card.heads) == ("stylegan2", "fase", [])
    assert "non-commercial" in card.data[0]
    assert "evaluation only" in card.data[1]


def test_a_file_of_psp(fase: Preset, tmp_path: Path) -> None:
    state = {f"decoder.{name}": tensor for name, tensor in hollow(generator(1024)).items()}
    state["encoder.input_layer.0.weight"] = torch.zeros(1).expand(64, 3, 3, 3)
    means = torch.arange(18.0)[:, None].expand(18, 512)
    held = {"state_dict": state, "latent_avg": means, "opts": {"output_size": 1024, "encoder_type": "GradualStyle"}}
    found = snapshots_fase.read(saved(tmp_path / "psp.pt", held), fase)
    assert torch.equal(found.tensors["latent_avg"][:, 0], torch.arange(5.0, 11.0))
    assert {name.split(".")[0] for name in found.tensors} == {"G", "latent_avg"}


def test_a_generator_without_noises_and_mean_gets_them(toy_fase: Preset, tmp_path: Path) -> None:
    state = {name: tensor for name, tensor in small_generator().items() if not name.startswith("noises")}
    # The mapping's parameters are stored a hundred times larger than they work.
    state |= {name: 100 * tensor for name, tensor in state.items() if name.startswith("style.")}
    found = snapshots_fase.read(saved(tmp_path / "550000.pt", {"g_ema": state, "d": {}}), toy_fase)
    assert all(not tensor.any() for name, tensor in found.tensors.items() if "noises" in name)
    mapping = Mapping(32)
    mapping.load_state_dict({n.removeprefix("style."): t for n, t in state.items() if n.startswith("style.")})
    latent = found.tensors["latent_avg"]
    assert latent.shape == (6, 32)
    with torch.no_grad():
        torch.testing.assert_close(latent[3], mapping(torch.randn(20_000, 32)).mean(dim=0), rtol=0.2, atol=0.05)
    assert latent.abs().max() > 0.1, "else the comparison says little"


def test_arcface_gives_the_trunk(fase: Preset, tmp_path: Path) -> None:
    first = saved(tmp_path / "g.pt", {"g_ema": hollow(generator(256)), "latent_avg": torch.zeros(512)})
    backbone = hollow(arcface())
    found = snapshots_fase.read(first, fase, saved(tmp_path / "backbone.pth", backbone))
    trunk = {name for name in found.tensors if name.startswith("E.")}
    for ours, theirs in (
        ("E.conv.0.weight", "conv1.weight"),
        ("E.conv.1.running_mean", "bn1.running_mean"),
        ("E.conv.2.weight", "prelu.weight"),
        ("E.block_3.13.bn3.bias", "layer3.13.bn3.bias"),
    ):
        assert torch.equal(found.tensors[ours], backbone[theirs])
    assert not any(name.startswith(("E.content_layer", "E.styles")) for name in trunk)
    assert len(trunk) == len([name for name in backbone if not name.startswith(("bn2.", "fc.", "features."))])


def test_what_was_imported_is_what_a_network_starts_from(toy_fase: Preset, spots: Scheme, tmp_path: Path) -> None:
    state, encoder = small_generator(), small_encoder()
    first = saved(tmp_path / "g.pt", {"g_ema": state, "latent_avg": torch.randn(32)})
    found = snapshots_fase.read(first, toy_fase, saved(tmp_path / "e.pth", encoder))
    weights.save(tmp_path / "weights", found)
    again = weights.load(tmp_path / "weights")
    network = create(toy_fase.network, spots.size)
    assert weights.apply(again, network, spots) == ["ITL", "ITL.lin"]
    own = network.state_dict()
    assert torch.equal(own["G.convs.5.conv.weight"], state["convs.5.conv.weight"][0])
    assert torch.equal(own["E.styles.8.weight"], encoder["styles.8.weight"])
    half = snapshots_fase.read(first, toy_fase)
    assert weights.apply(half, network, spots) == ["E.trunk", "E.content_layer", "E.styles", "ITL", "ITL.lin"]


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


def test_code_is_never_run(toy_fase: Preset, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    good = saved(tmp_path / "good.pt", {"g_ema": small_generator(), "latent_avg": torch.zeros(32)})
    bad = saved(tmp_path / "bad.pt", {"g_ema": small_generator(), "latent_avg": torch.zeros(32), "args": Evil(ran)})
    assert "code, which is never run" in refusal(lambda: snapshots_fase.read(bad, toy_fase))
    assert "not an encoder of FASE" in refusal(lambda: snapshots_fase.read(good, toy_fase, bad))
    bad.write_bytes(pickle.dumps(Evil(ran)))
    assert "not a generator of StyleGAN2" in refusal(lambda: snapshots_fase.read(bad, toy_fase))
    assert not ran.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s: s.pop("convs.3.noise.weight"), "of its tensors 1 is missing: convs.3.noise.weight"),
        (
            lambda s: [s.pop(name) for name in list(s) if name.startswith(("convs.2.", "convs.4."))],
            "of its tensors 10 are missing: convs.2.conv.weight, convs.2.conv.modulation.weight, "
            "convs.2.conv.modulation.bias, convs.2.noise.weight, convs.2.activate.bias, convs.4.conv.weight and 4 more",
        ),
        (lambda s: s.update({"mapping.fc0": torch.zeros(1)}), "it has 'mapping.fc0'"),
        (
            lambda s: s.update({"convs.3.conv.weight": torch.zeros(1, 9, 32, 3, 3)}),
            "G.convs.3.conv.weight is (9, 32, 3, 3), not (32, 32, 3, 3)",
        ),
        (
            lambda s: s.update({"convs.3.activate.bias": torch.full((32,), torch.nan)}),
            "G.convs.3.activate.bias has values that are no number",
        ),
    ],
)
def test_other_generators(
    toy_fase: Preset, tmp_path: Path, change: Callable[[dict[str, Tensor]], object], said: str
) -> None:
    state = small_generator()
    change(state)
    path = saved(tmp_path / "g.pt", {"g_ema": state, "latent_avg": torch.zeros(32)})
    assert said in refusal(lambda: snapshots_fase.read(path, toy_fase))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s: s.pop("styles.4.bias"), "of its tensors 1 is missing: styles.4.bias"),
        (lambda s: s.update({"block_1.1.bn1.weight": torch.zeros(4)}), "E.block_1.1.bn1.weight is (4,), not known"),
        (lambda s: s.update({"encoder.x": torch.zeros(1)}), "it has 'encoder.x'"),
        (lambda s: s.update({"conv.0.weight": 3}), "'conv.0.weight' is no tensor"),
        (lambda s: s.clear(), "are missing: conv.0.weight"),
    ],
)
def test_other_encoders(
    toy_fase: Preset, tmp_path: Path, change: Callable[[dict[str, Tensor]], object], said: str
) -> None:
    first = saved(tmp_path / "g.pt", {"g_ema": small_generator(), "latent_avg": torch.zeros(32)})
    state = small_encoder()
    change(state)
    assert said in refusal(lambda: snapshots_fase.read(first, toy_fase, saved(tmp_path / "e.pth", state)))


def test_generators_of_another_resolution_or_width(fase: Preset, toy_fase: Preset, tmp_path: Path) -> None:
    small = saved(tmp_path / "64.pt", {"g_ema": hollow(generator(64)), "latent_avg": torch.zeros(512)})
    assert "the generator draws 64 pixels, and preset 'fase' needs its layers up to 128" in refusal(
        lambda: snapshots_fase.read(small, fase)
    )
    said = refusal(lambda: snapshots_fase.read(small, toy_fase))
    assert f"has latent vectors of 512 numbers, and preset '{toy_fase.name}' of 32" in said
    assert "--preset" in said
    narrow = hollow(generator(256, channels=lambda side: min(512, 16384 // side)))
    path = saved(tmp_path / "f.pt", {"g_ema": narrow, "latent_avg": torch.zeros(512)})
    assert "(256, 512, 3, 3), not (512, 512, 3, 3)" in refusal(lambda: snapshots_fase.read(path, fase))


def test_a_generator_without_latent_avg_and_mapping(toy_fase: Preset, tmp_path: Path) -> None:
    state = {name: tensor for name, tensor in small_generator().items() if not name.startswith("style.")}
    path = saved(tmp_path / "g.pt", {"g_ema": state})
    said = refusal(lambda: snapshots_fase.read(path, toy_fase))
    assert "no latent_avg, nor the mapping network to compute it from: style.1.weight, style.1.bias" in said
    saved(path, {"g_ema": state, "latent_avg": torch.zeros(3)})
    assert "its latent_avg is (3,), not (32,)" in refusal(lambda: snapshots_fase.read(path, toy_fase))


def test_files_that_are_none(toy_fase: Preset, toy: Preset, tmp_path: Path) -> None:
    path = tmp_path / "g.pt"
    assert "a generator of StyleGAN2 cannot be read" in refusal(lambda: snapshots_fase.read(path, toy_fase))
    whole = saved(path, {"g_ema": small_generator()}).read_bytes()
    for bad in (b"", whole[:100], whole[: len(whole) // 2], os.urandom(3000)):
        path.write_bytes(bad)
        assert "not a generator of StyleGAN2" in refusal(lambda: snapshots_fase.read(path, toy_fase))
    for held, said in (
        ([1], "it has no g_ema or state_dict"),
        ({"g": {}}, "it has no g_ema or state_dict"),
        ({"state_dict": {"encoder.x": torch.zeros(1)}}, "its state_dict has no decoder"),
        ({"g_ema": {}}, "the generator draws 4 pixels"),
    ):
        saved(path, held)
        assert said in refusal(lambda: snapshots_fase.read(path, toy_fase))
    assert "this is for FASE" in refusal(lambda: snapshots_fase.read(path, toy))
