"""StyleGAN2: sizes as published, and equal to the equations written out."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from benchmarks.modulated import grouped
from facelabel.networks.discriminators import StyleDiscriminator
from facelabel.networks.stylegan import Generator, blur, enlarge, modulated_convolution, side_of


def published(side: int) -> int:
    """Channels of the public FFHQ generators."""
    return min(512, 32768 // side)


def count(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


@pytest.mark.parametrize(("size", "parameters"), [(256, 30_034_338), (1024, 30_370_060)])
def test_sizes_are_the_published_ones(size: int, parameters: int) -> None:
    with torch.device("meta"):
        generator = Generator(size, 512, published)
    assert count(generator) == parameters
    assert generator.latents == {256: 14, 1024: 18}[size]
    layers = [count(generator.convs[str(number)]) for number in range(4, 10)]
    assert layers == [2_622_465, 2_622_465, 2_622_465, 2_622_465, 1_442_561, 721_409]


def test_sides_double_at_every_even_layer() -> None:
    assert [side_of(number) for number in range(10)] == [8, 8, 16, 16, 32, 32, 64, 64, 128, 128]


@pytest.mark.parametrize("up", [False, True])
@pytest.mark.parametrize("demodulate", [False, True])
def test_one_convolution_for_all_is_one_for_each(up: bool, demodulate: bool) -> None:
    chance = torch.Generator().manual_seed(1)
    x = torch.randn(3, 8, 6, 6, generator=chance, dtype=torch.float64, requires_grad=True)
    kernel = torch.randn(5, 8, 3, 3, generator=chance, dtype=torch.float64, requires_grad=True)
    scales = (torch.randn(3, 8, generator=chance, dtype=torch.float64) * 0.3).requires_grad_()
    ours = modulated_convolution(x, kernel, scales, up=up, demodulate=demodulate)
    plain = grouped(x, kernel, scales, up=up, demodulate=demodulate)
    assert ours.shape == (3, 5, 12, 12) if up else (3, 5, 6, 6)
    torch.testing.assert_close(ours, plain)
    pull = torch.randn(ours.shape, generator=chance, dtype=torch.float64)
    for one, other in zip(*(torch.autograd.grad(out, (x, kernel, scales), pull) for out in (ours, plain)), strict=True):
        torch.testing.assert_close(one, other)


def test_each_output_of_a_modulated_convolution_has_unit_spread() -> None:
    """What demodulation is for: whatever the scales, inputs of spread 1 give outputs of spread 1."""
    chance = torch.Generator().manual_seed(2)
    x = torch.randn(2, 32, 64, 64, generator=chance)
    kernel = torch.randn(4, 32, 3, 3, generator=chance)
    scales = torch.rand(2, 32, generator=chance) * torch.tensor([[0.1], [10.0]])
    spread = modulated_convolution(x, kernel, scales)[:, :, 1:-1, 1:-1].std(dim=(2, 3))
    assert ((spread > 0.9) & (spread < 1.1)).all()


def test_smoothing_keeps_a_flat_picture_and_halves_steps() -> None:
    flat = torch.ones(1, 2, 9, 9)
    assert torch.equal(blur(flat)[:, :, 1:-1, 1:-1], 4 * torch.ones(1, 2, 6, 6))
    assert torch.equal(enlarge(flat)[:, :, 1:-1, 1:-1], torch.ones(1, 2, 16, 16))
    ramp = torch.arange(8.0).expand(1, 1, 8, 8)
    between = enlarge(ramp)[0, 0, 5, 1:-1]
    torch.testing.assert_close(between, torch.arange(14) * 0.5 + 0.25)


def drawn(state: dict[str, Tensor], w: Tensor, layers: int) -> Tensor:
    """A generator's picture from latent vectors (B, n, d), by functional calls on the equations of StyleGAN2."""

    def modulated(x: Tensor, name: str, latent: Tensor, *, up: bool = False, demodulate: bool = True) -> Tensor:
        kernel = state[f"{name}.conv.weight"]
        affine = state[f"{name}.conv.modulation.weight"]
        scales = latent @ affine.T / math.sqrt(affine.shape[1]) + state[f"{name}.conv.modulation.bias"]
        faces = []
        for face, scale in zip(x, scales, strict=True):
            own = kernel / math.sqrt(kernel[0].numel()) * scale[None, :, None, None]
            if demodulate:
                own = own * (own.square().sum(dim=(1, 2, 3), keepdim=True) + 1e-8).rsqrt()
            if up:
                wide = F.conv_transpose2d(face[None], own.transpose(0, 1), stride=2)
                line = torch.tensor([1.0, 3.0, 3.0, 1.0])
                taps = (torch.outer(line, line) / 64 * 4).expand(wide.shape[1], 1, 4, 4)
                faces.append(F.conv2d(F.pad(wide, (1, 1, 1, 1)), taps, groups=wide.shape[1]))
            else:
                faces.append(F.conv2d(face[None], own, padding=kernel.shape[-1] // 2))
        return torch.cat(faces)

    def styled(x: Tensor, name: str, number: int, *, up: bool = False) -> Tensor:
        x = modulated(x, name, w[:, number], up=up)
        x = x + state[f"{name}.noise.weight"] * state[f"noises.noise_{number}"]
        x = x + state[f"{name}.activate.bias"][None, :, None, None]
        return F.leaky_relu(x, 0.2) * math.sqrt(2)

    def colours(x: Tensor, name: str, number: int) -> Tensor:
        return modulated(x, name, w[:, number], demodulate=False) + state[f"{name}.bias"]

    x = styled(state["input.input"].expand(len(w), -1, -1, -1), "conv1", 0)
    picture = colours(x, "to_rgb1", 1)
    for number in range(layers):
        x = styled(x, f"convs.{number}", number + 1, up=number % 2 == 0)
        if number % 2:
            line = torch.tensor([1.0, 3.0, 3.0, 1.0])
            taps = (torch.outer(line, line) / 64 * 4).expand(3, 1, 4, 4)
            wide = torch.zeros(len(w), 3, 2 * picture.shape[2], 2 * picture.shape[3])
            wide[:, :, ::2, ::2] = picture
            picture = F.conv2d(F.pad(wide, (2, 1, 2, 1)), taps, groups=3)
            picture = picture + colours(x, f"to_rgbs.{number // 2}", number + 2)
    return picture


def test_a_picture_is_what_the_equations_say() -> None:
    torch.manual_seed(4)
    generator = Generator(32, 16, lambda side: min(12, 256 // side))
    with torch.no_grad():
        for parameter in generator.parameters():
            if parameter.ndim == 1:
                parameter.add_(torch.randn_like(parameter) / 4)
        w = torch.randn(2, generator.latents, 16)
        expected = drawn(generator.state_dict(), w, generator.layers)
        assert expected.shape == (2, 3, 32, 32)
        torch.testing.assert_close(generator(w), expected, rtol=1e-4, atol=1e-4)
        assert torch.equal(generator(w), generator(w)), "the noise is fixed"


def test_features_take_the_place_of_the_layers_below() -> None:
    torch.manual_seed(5)
    generator = Generator(32, 8, lambda side: 8)
    w = torch.randn(1, generator.latents, 8)
    f = torch.randn(1, 8, 8, 8)
    with torch.no_grad():
        x = f
        for number in range(2, 6):
            x = generator.layer(number, x, w[:, number + 1])
        other = w.clone()
        other[:, 3:] += 1
        injected = generator(w, f, 2)
        assert not torch.allclose(injected, generator(w), atol=1e-2)
        assert not torch.allclose(injected, generator(other, f, 2), atol=1e-2)
        before = generator(w, None, None)
    assert before.shape == injected.shape


def test_the_average_latent_vector_is_that_of_the_equations() -> None:
    torch.manual_seed(6)
    mapping = Generator(8, 24, lambda side: 4).style
    z = torch.randn(16384, 24, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        x = z * torch.rsqrt(z.square().mean(dim=1, keepdim=True) + 1e-8)
        for number in range(1, 9):
            weight, bias = (mapping.state_dict()[f"{number}.{part}"] for part in ("weight", "bias"))
            x = math.sqrt(2) * F.leaky_relu(0.01 / math.sqrt(24) * x @ weight.T + 0.01 * bias, 0.2)
    average = mapping.average()
    torch.testing.assert_close(average, x.mean(dim=0), rtol=1e-4, atol=1e-5)
    assert average.abs().max() > 0.02, "else the comparison says little"
    assert torch.equal(average, mapping.average())


def test_noise_is_fixed_but_for_learning_to_draw() -> None:
    torch.manual_seed(5)
    generator = Generator(16, 8, lambda side: 8)
    with torch.no_grad():
        generator.conv1.noise.weight.fill_(1.0)
    w = torch.randn(2, generator.latents, 8)
    assert torch.equal(generator(w), generator(w))
    generator.fresh_noise = True
    one, other = generator(w[:1].expand(2, -1, -1))
    assert not torch.allclose(one, other)


def test_features_take_the_place_of_a_layers_input_or_a_share_of_it() -> None:
    torch.manual_seed(6)
    generator = Generator(16, 8, lambda side: 8)
    w, features = torch.randn(1, generator.latents, 8), torch.randn(1, 8, 8, 8)
    pictures = [generator(w, features, 2, share) for share in (0.0, 0.5, 1.0)]
    torch.testing.assert_close(pictures[0], generator(w))
    torch.testing.assert_close(pictures[2], generator(w, features, 2))
    assert not torch.allclose(pictures[1], pictures[0])
    assert not torch.allclose(pictures[1], pictures[2])


def test_the_critic_sees_whether_pictures_of_a_batch_differ() -> None:
    torch.manual_seed(7)
    critic = StyleDiscriminator(16, lambda side: 8)
    assert [features.shape[1:] for features in critic.features(torch.randn(4, 3, 16, 16))] == [(8, 8, 8), (8, 4, 4)]
    picture = torch.randn(1, 3, 16, 16)
    alone, alike = critic(picture), critic(picture.expand(4, -1, -1, -1))
    torch.testing.assert_close(alike, alone.expand(4))
    among_others = critic(torch.cat([picture, torch.randn(3, 3, 16, 16)]))
    assert not torch.allclose(among_others[:1], alone, atol=1e-3)
    assert critic(torch.randn(6, 3, 16, 16)).shape == (6,)
