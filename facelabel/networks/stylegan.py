"""The generator of StyleGAN2 (Karras et al. 2020) in plain PyTorch.

Names and shapes of parameters and buffers are those of the public PyTorch checkpoints (``style.*``, ``input.input``,
``conv1.*``, ``convs.<i>.*``, ``to_rgbs.<j>.*``, ``noises.noise_<k>``), so that such a file is a state dict of these
modules, with two exceptions: modulated kernels are (o, i, k, k) here and (1, o, i, k, k) there, and the blur kernels,
which are the same everywhere, are not kept. Layer ``convs.<i>`` makes features of side
``side_of(i)``; it takes the latent vector and the noise of number i + 1, ``conv1`` those of number 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import torch
from torch import Tensor, nn
from torch.nn import functional

Channels = Callable[[int], int]
"""The width of the generator where the features' side is so many pixels."""


def side_of(number: int) -> int:
    """The side of what layer ``convs.<number>`` makes: two layers for each power of two from 8 on."""
    return 8 << (number // 2)


def modulated_convolution(
    x: Tensor, kernel: Tensor, scales: Tensor, *, up: bool = False, demodulate: bool = True
) -> Tensor:
    """Convolve each face of x (B, i, H, W) with a kernel (o, i, k, k) of its own: ``kernel`` times that face's
    ``scales`` (B, i) and, with ``demodulate``, divided by the norm of what makes each output (StyleGAN2, equations 1
    and 3). (B, o, H, W), or twice the side with ``up``.

    A kernel scaled by input channel is the input scaled, one scaled by output channel the output: so one ordinary
    convolution serves the whole batch.
    """
    x = x * scales[:, :, None, None]
    if up:
        y = blur(functional.conv_transpose2d(x, kernel.transpose(0, 1), stride=2))
    else:
        y = functional.conv2d(x, kernel, padding=kernel.shape[-1] // 2)
    if demodulate:
        power = scales.square() @ kernel.square().sum(dim=(2, 3)).T
        y = y * (power + 1e-8).rsqrt()[:, :, None, None]
    return y


def blur(x: Tensor) -> Tensor:
    """(B, C, H + 1, W + 1) to (B, C, H, W): smoothed by (1, 3, 3, 1) / 4 along both axes, so that the sum is four times
    that of a mean, as a transposed convolution leaves three of four inputs empty."""
    return functional.conv2d(x, _smoothing(x), padding=1, groups=x.shape[1])


def enlarge(x: Tensor) -> Tensor:
    """(B, C, H, W) to (B, C, 2 H, 2 W), by the same smoothing."""
    return functional.conv_transpose2d(x, _smoothing(x), stride=2, padding=1, groups=x.shape[1])


def _smoothing(x: Tensor) -> Tensor:
    line = torch.tensor([0.25, 0.75, 0.75, 0.25], dtype=x.dtype, device=x.device)
    return torch.outer(line, line).expand(x.shape[1], 1, 4, 4)


def activate(x: Tensor) -> Tensor:
    """Leaky ReLU that keeps the variance."""
    return functional.leaky_relu(x, 0.2) * math.sqrt(2)


class EqualLinear(nn.Module):
    """A linear layer whose parameters are stored larger than they work, so that all layers learn at one pace.

    ``rate`` multiplies that pace; biases begin at ``bias``.
    """

    def __init__(self, i: int, o: int, *, bias: float = 0.0, rate: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(o, i) / rate)
        self.bias = nn.Parameter(torch.full((o,), bias))
        self._gain, self._rate = rate / math.sqrt(i), rate

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x, self.weight * self._gain, self.bias * self._rate)


class Mapping(nn.Sequential):
    """Unit normal vectors to latent vectors w: normalised, then eight layers; the first entry has no parameters."""

    def __init__(self, style: int) -> None:
        super().__init__(nn.Identity(), *(EqualLinear(style, style, rate=0.01) for _ in range(8)))

    def forward(self, z: Tensor) -> Tensor:
        """(B, d) to (B, d)."""
        x = z * (z.square().mean(dim=1, keepdim=True) + 1e-8).rsqrt()
        for layer in self:
            x = x if isinstance(layer, nn.Identity) else activate(layer(x))
        return x

    @torch.no_grad()
    def average(self, samples: int = 16384, *, seed: int = 0) -> Tensor:
        """The mean latent vector (d,) of that many random ones: the ``latent_avg`` that some files lack."""
        first = next(self.parameters())
        z = torch.randn(samples, first.shape[1], generator=torch.Generator().manual_seed(seed))
        mean: Tensor = self(z.to(first)).mean(dim=0)
        return mean


class ModulatedConv(nn.Module):
    """A modulated convolution whose scales an affine layer makes of a latent vector."""

    def __init__(self, i: int, o: int, side: int, style: int, *, up: bool = False, demodulate: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(o, i, side, side))
        self.modulation = EqualLinear(style, i, bias=1.0)
        self._gain, self._up, self._demodulate = 1 / math.sqrt(i * side * side), up, demodulate

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        scales = self.modulation(w) * self._gain
        return modulated_convolution(x, self.weight, scales, up=self._up, demodulate=self._demodulate)


class _Noise(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))


class _Activate(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(channels))


class StyledConv(nn.Module):
    """A modulated 3x3 convolution, noise, bias, activation: what FASE calls a block."""

    def __init__(self, i: int, o: int, style: int, *, up: bool = False) -> None:
        super().__init__()
        self.conv = ModulatedConv(i, o, 3, style, up=up)
        self.noise = _Noise()
        self.activate = _Activate(o)

    def forward(self, x: Tensor, w: Tensor, noise: Tensor) -> Tensor:
        """x (B, i, H, W), latent (B, d) and noise (1 or B, 1, H', W') to (B, o, H', W'); H' is H, or 2 H with
        ``up``."""
        shift = self.noise.weight * noise + self.activate.bias[:, None, None]
        return activate(self.conv(x, w) + shift)


class ToRgb(nn.Module):
    """Features to colours, added to the enlarged colours of the side before."""

    def __init__(self, i: int, style: int) -> None:
        super().__init__()
        self.conv = ModulatedConv(i, 3, 1, style, demodulate=False)
        self.bias = nn.Parameter(torch.zeros(1, 3, 1, 1))

    def forward(self, x: Tensor, w: Tensor, before: Tensor | None) -> Tensor:
        colours: Tensor = self.conv(x, w) + self.bias
        return colours if before is None else colours + enlarge(before)


class Synthesis(nn.Module):
    """Some of a generator's layers ``convs.<i>``, with the noise of each, which is fixed: the same face gives the same
    features every time. Only while it learns to draw, each picture gets noise of its own (``fresh_noise``)."""

    fresh_noise = False

    def __init__(self, numbers: Iterable[int], style: int, channels: Channels) -> None:
        super().__init__()
        self.convs = nn.ModuleDict()
        self.noises = nn.Module()
        for number in numbers:
            side = side_of(number)
            up = number % 2 == 0
            i = channels(side // 2 if up else side)
            self.convs[str(number)] = StyledConv(i, channels(side), style, up=up)
            self._fix_noise(number + 1, side)

    def _fix_noise(self, number: int, side: int) -> None:
        self.noises.register_buffer(f"noise_{number}", torch.randn(1, 1, side, side))

    def noise(self, number: int, faces: int) -> Tensor:
        """(1, 1, H, H), or with ``fresh_noise`` (faces, 1, H, H) from torch's global generator."""
        fixed = self.noises.get_buffer(f"noise_{number}")
        return torch.randn_like(fixed.expand(faces, -1, -1, -1)) if self.fresh_noise else fixed

    def layer(self, number: int, x: Tensor, w: Tensor) -> Tensor:
        """Layer ``convs.<number>`` on x (B, i, H, W) with its latent vectors w (B, d)."""
        out: Tensor = self.convs[str(number)](x, w, self.noise(number + 1, len(x)))
        return out


class _Constant(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.input = nn.Parameter(torch.randn(1, channels, 4, 4))


class Generator(Synthesis):
    """The whole of it, for pictures of ``size`` pixels."""

    def __init__(self, size: int, style: int, channels: Channels) -> None:
        self.layers = 2 * int(math.log2(size)) - 4
        super().__init__(range(self.layers), style, channels)
        self.latents = self.layers + 2
        self.style = Mapping(style)
        self.input = _Constant(channels(4))
        self.conv1 = StyledConv(channels(4), channels(4), style)
        self._fix_noise(0, 4)
        self.to_rgb1 = ToRgb(channels(4), style)
        self.to_rgbs = nn.ModuleList(ToRgb(channels(side_of(i)), style) for i in range(1, self.layers, 2))

    def forward(self, w: Tensor, features: Tensor | None = None, at: int | None = None, share: float = 1.0) -> Tensor:
        """Latent vectors w (B, latents, d) to pictures (B, 3, size, size), about -1 to 1.

        ``features`` (B, C, H, H) take the place of what goes into layer ``convs.<at>``, or ``share`` of it: the code f
        of the Feature-Style encoder.
        """
        x = self.conv1(self.input.input.expand(len(w), -1, -1, -1), w[:, 0], self.noise(0, len(w)))
        colours: Tensor = self.to_rgb1(x, w[:, 1], None)
        for number in range(self.layers):
            if features is not None and number == at:
                x = torch.lerp(x, features.to(x), share)
            x = self.layer(number, x, w[:, number + 1])
            if number % 2:
                colours = self.to_rgbs[number // 2](x, w[:, number + 2], colours)
        return colours
