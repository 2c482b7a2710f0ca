"""FASE: sizes and arithmetic as published, names as in the public files, only what the heatmaps need."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.lean import Drawing
from facelabel.networks import Fase, FaseShape, create
from facelabel.networks.encoder import FeatureStyleEncoder
from facelabel.networks.stylegan import Generator

FULL = FaseShape()
SMALL = FaseShape(input_size=128, width=0.25, blocks=(2, 2, 2, 2))
TINY = FaseShape(input_size=128, width=0.125, blocks=(1, 1, 1, 1))
TOY = FaseShape(input_size=128, width=1 / 16, blocks=(1, 1, 1, 1))


def count(*modules: nn.Module) -> int:
    return sum(p.numel() for module in modules for p in module.parameters())


def macs(network: nn.Module, side: int) -> float:
    """Multiply-accumulates of one face, counted without computing any."""
    with torch.device("meta"), FlopCounterMode(display=False) as counter:
        network(torch.empty(1, 3, side, side))
    return counter.get_total_flops() / 2


@pytest.fixture(scope="module")
def full() -> Fase:
    with torch.device("meta"):
        return create(FULL, 68)


def test_sizes_are_the_published_ones(full: Fase) -> None:
    trunk = [full.E.conv, full.E.block_1, full.E.block_2, full.E.block_3, full.E.block_4]
    assert count(*trunk) == 30_743_232
    assert count(full.E.content_layer) == 3_542_016
    assert [count(style) for style in full.E.styles.values()] == [4_424_192] * 6
    assert list(full.E.styles) == ["5", "6", "7", "8", "9", "10"]
    assert list(full.G.convs) == ["4", "5", "6", "7", "8", "9"]
    assert count(full.G) == 12_653_830
    # The last transfer layer has no bias: 68 numbers less than in the paper's reading, of 81 million.
    assert count(full.ITL) == 7_826_244 - 68
    assert count(full) == 60_830_400 + 12_653_830 + 7_826_176


@pytest.mark.parametrize(
    ("shape", "parameters", "work"), [(FULL, 81.3e6, 98.4e9), (SMALL, 3.9e6, 1.37e9), (TINY, 0.89e6, 367e6)]
)
def test_presets_are_as_large_as_planned(shape: FaseShape, parameters: float, work: float) -> None:
    with torch.device("meta"):
        network = create(shape, 68)
    assert count(network) == pytest.approx(parameters, rel=0.006)
    assert macs(network, shape.input_size) == pytest.approx(work, rel=0.006)


def test_the_encoder_takes_a_third_of_the_work(full: Fase) -> None:
    assert macs(full.E, 256) == pytest.approx(34.8e9, rel=0.003)


@pytest.mark.parametrize("transfers", range(1, 7))
def test_transfer_layers_follow_the_last_layers(transfers: int) -> None:
    shape = FULL.model_copy(update={"transfer_layers": transfers})
    with torch.device("meta"):
        network = create(shape, 19)
    shapes = {name: tuple(layer.weight.shape) for name, layer in network.ITL.named_children()}
    every = {
        "4": (512, 512, 3, 3),
        "5": (512, 512, 3, 3),
        "6": (512, 512, 3, 3),
        "7": (512, 512, 3, 3),
        "8": (256, 256, 3, 3),
    }
    assert shapes == {n: every[n] for n in list(every)[6 - transfers :]} | {"lin": (256, 19, 3, 3)}


def test_lean_means_a_third_less_work_than_drawing_the_face_too() -> None:
    """The reference of this lineage (3FabRec) draws the whole picture before it looks for landmarks."""
    with torch.device("meta"):
        full = Drawing(create(FULL, 68))
    assert macs(full, 256) / macs(full.lean, 256) > 1.3


@pytest.mark.parametrize("size", [128, 256])
@pytest.mark.parametrize("landmarks", [1, 29])
def test_any_number_of_landmarks_at_both_sizes(size: int, landmarks: int) -> None:
    network = create(TOY.model_copy(update={"input_size": size}), landmarks).eval()
    with torch.no_grad():
        pictures = network.normalise(torch.zeros(2, size, size, 3, dtype=torch.uint8))
        heatmaps, embedding = network(pictures)
        features, again = network.features(pictures)
    assert heatmaps.shape == (2, landmarks, size // 2, size // 2)
    assert embedding.shape == (2, network.shape.embedding) == (2, 32)
    assert torch.equal(network.last(features), heatmaps)
    assert torch.equal(embedding, again), "the noise is fixed"


def test_heatmaps_are_those_of_the_whole_generator_with_transfer_layers_in_between() -> None:
    """From the feature map on; the encoder, written out, is the next test's."""
    torch.manual_seed(7)
    network = create(TOY, 5).eval()
    generator = Generator(128, TOY.style, TOY.channels).eval()
    generator.load_state_dict(network.G.state_dict(), strict=False)
    offset = torch.randn(6, TOY.style)
    with torch.no_grad():
        network.get_buffer("latent_avg").copy_(offset)
        pictures = torch.randn(2, 3, 128, 128)
        f, latents, _ = network.E(pictures)
        x = f
        for number in range(2, 8):
            x = generator.layer(number, x, latents[:, number - 2] + offset[number - 2])
            if number in (3, 4, 5, 6):
                layer = network.ITL.get_submodule(str(number)).state_dict()
                x = F.conv2d(x, layer["weight"], layer["bias"], padding=1)
        expected = F.conv2d(x, network.last.weight.flip(2, 3).transpose(0, 1), padding=1)
        torch.testing.assert_close(network(pictures)[0], expected, rtol=1e-4, atol=1e-5)


def encoded(state: dict[str, Tensor], x: Tensor, blocks: tuple[int, ...]) -> tuple[Tensor, Tensor]:
    """Feature map and latent vectors (B, n, d) from the description of the Feature-Style encoder, by functional
    calls."""

    def norm(x: Tensor, name: str) -> Tensor:
        return F.batch_norm(x, *(state[f"{name}.{part}"] for part in ("running_mean", "running_var", "weight", "bias")))

    def conv(x: Tensor, name: str, stride: int = 1, padding: int = 1) -> Tensor:
        return F.conv2d(x, state[f"{name}.weight"], stride=stride, padding=padding)

    x = F.prelu(norm(conv(x, "conv.0"), "conv.1"), state["conv.2.weight"])
    stages = []
    for stage, depth in enumerate(blocks, start=1):
        for number in range(depth):
            name, stride = f"block_{stage}.{number}", 1 if number else 2
            y = F.prelu(
                norm(conv(norm(x, f"{name}.bn1"), f"{name}.conv1"), f"{name}.bn2"), state[f"{name}.prelu.weight"]
            )
            y = norm(conv(y, f"{name}.conv2", stride), f"{name}.bn3")
            if not number:
                x = norm(conv(x, f"{name}.downsample.0", 2, 0), f"{name}.downsample.1")
            x = x + y
        stages.append(x)
    f = conv(norm(stages[2], "content_layer.0"), "content_layer.1")
    f = F.prelu(norm(f, "content_layer.2"), state["content_layer.3.weight"])
    f = norm(conv(f, "content_layer.4", 2), "content_layer.5")
    pooled = torch.cat([F.adaptive_avg_pool2d(stage, (3, 3)) for stage in stages], dim=1).flatten(1)
    numbers = sorted({int(name.split(".")[1]) for name in state if name.startswith("styles.")})
    latents = [F.linear(pooled, state[f"styles.{n}.weight"], state[f"styles.{n}.bias"]) for n in numbers]
    return f, torch.stack(latents, dim=1)


def test_the_encoder_is_what_the_description_says() -> None:
    torch.manual_seed(8)
    encoder = FeatureStyleEncoder((4, 6, 8, 10), (1, 2, 1, 1), 5, range(9, 12))
    encoder(torch.randn(4, 3, 64, 64))  # once in training mode, so that the running statistics are not trivial
    encoder.eval()
    with torch.no_grad():
        for layer in encoder.modules():
            if isinstance(layer, nn.PReLU | nn.BatchNorm2d):
                layer.weight.add_(torch.rand_like(layer.weight) / 2)
        pictures = torch.randn(2, 3, 64, 64)
        f, latents, embedding = encoder(pictures)
        expected_f, expected_latents = encoded(encoder.state_dict(), pictures, (1, 2, 1, 1))
    assert f.shape == (2, 10, 4, 4)
    assert latents.shape == (2, 3, 5)
    assert embedding.shape == (2, 10)
    torch.testing.assert_close(f, expected_f, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(latents, expected_latents, rtol=1e-4, atol=1e-5)


def test_parameter_names_are_those_of_the_public_encoder() -> None:
    with torch.device("meta"):
        state = FeatureStyleEncoder(FULL.widths, FULL.blocks, 512, range(18)).state_dict()
    assert len(state) == 517
    expected = {
        "conv.2.weight": (64,),
        "block_1.0.downsample.0.weight": (64, 64, 1, 1),
        "block_3.13.conv2.weight": (256, 256, 3, 3),
        "block_4.2.bn3.running_var": (512,),
        "content_layer.4.weight": (512, 512, 3, 3),
        "styles.17.weight": (512, 8640),
    }
    assert {name: tuple(state[name].shape) for name in expected} == expected


def test_the_heatmaps_start_near_zero() -> None:
    torch.manual_seed(0)
    network = create(TINY, 20).eval()
    with torch.no_grad():
        heatmaps, _ = network(torch.rand(2, 3, 128, 128) * 2 - 1)
    assert 1e-4 < float(heatmaps.abs().mean()) < 0.5


def test_pictures_are_normalised_from_minus_one_to_one() -> None:
    pixels = torch.tensor([0, 51, 255], dtype=torch.uint8).expand(1, 4, 4, 3)
    out = create(TOY, 1).normalise(pixels)
    assert out.shape == (1, 3, 4, 4)
    assert out.is_contiguous(memory_format=torch.channels_last)
    torch.testing.assert_close(out[0, :, 0, 0], torch.tensor([-1.0, -0.6, 1.0]))


@pytest.mark.parametrize("wrong", [{"transfer_layers": 0}, {"transfer_layers": 7}, {"width": 0.0}, {"latent": 99}])
def test_shapes_that_are_none(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        FaseShape.model_validate(wrong)
