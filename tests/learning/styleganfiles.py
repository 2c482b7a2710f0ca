"""Files in the layouts that others published for StyleGAN2 and its encoders, made up here (models.md, 2.1 and 2.2)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor

from tests.learning.fabrec import norm

Sizes = Iterator[tuple[str, tuple[int, ...]]]


def modulated(name: str, i: int, o: int, side: int, style: int) -> Sizes:
    yield f"{name}.conv.weight", (1, o, i, side, side)
    yield f"{name}.conv.modulation.weight", (i, style)
    yield f"{name}.conv.modulation.bias", (i,)


def styled(name: str, i: int, o: int, style: int, *, up: bool) -> Sizes:
    yield from modulated(name, i, o, 3, style)
    if up:
        yield f"{name}.conv.blur.kernel", (4, 4)
    yield f"{name}.noise.weight", (1,)
    yield f"{name}.activate.bias", (o,)


def generator(size: int, style: int = 512, channels: Callable[[int], int] | None = None) -> Sizes:
    """The state dict of a generator of that size; without ``channels`` the published one's."""
    channels = channels or (lambda side: min(512, 32768 // side))
    for number in range(1, 9):
        yield f"style.{number}.weight", (style, style)
        yield f"style.{number}.bias", (style,)
    yield "input.input", (1, channels(4), 4, 4)
    yield from styled("conv1", channels(4), channels(4), style, up=False)
    yield from modulated("to_rgb1", channels(4), 3, 1, style)
    yield "to_rgb1.bias", (1, 3, 1, 1)
    yield "noises.noise_0", (1, 1, 4, 4)
    for level in range(3, int(math.log2(size)) + 1):
        side, j = 2**level, level - 3
        i, o = channels(side // 2), channels(side)
        yield from styled(f"convs.{2 * j}", i, o, style, up=True)
        yield from styled(f"convs.{2 * j + 1}", o, o, style, up=False)
        yield f"to_rgbs.{j}.upsample.kernel", (4, 4)
        yield from modulated(f"to_rgbs.{j}", o, 3, 1, style)
        yield f"to_rgbs.{j}.bias", (1, 3, 1, 1)
        yield f"noises.noise_{2 * j + 1}", (1, 1, side, side)
        yield f"noises.noise_{2 * j + 2}", (1, 1, side, side)


def trunk(widths: Sequence[int], blocks: Sequence[int], stage: str) -> Sizes:
    i = widths[0]
    for level, (o, depth) in enumerate(zip(widths, blocks, strict=True), start=1):
        for number in range(depth):
            name = f"{stage}{level}.{number}"
            yield from norm(f"{name}.bn1", i)
            yield f"{name}.conv1.weight", (o, i, 3, 3)
            yield from norm(f"{name}.bn2", o)
            yield f"{name}.prelu.weight", (o,)
            yield f"{name}.conv2.weight", (o, o, 3, 3)
            yield from norm(f"{name}.bn3", o)
            if not number:
                yield f"{name}.downsample.0.weight", (o, i, 1, 1)
                yield from norm(f"{name}.downsample.1", o)
            i = o


FULL = ((64, 128, 256, 512), (3, 4, 14, 3))


def feature_style(
    widths: Sequence[int] = FULL[0], blocks: Sequence[int] = FULL[1], style: int = 512, styles: int = 18
) -> Sizes:
    """The state dict of a Feature-Style encoder."""
    yield "conv.0.weight", (widths[0], 3, 3, 3)
    yield from norm("conv.1", widths[0])
    yield "conv.2.weight", (widths[0],)
    yield from trunk(widths, blocks, "block_")
    third, fourth = widths[2:]
    yield from norm("content_layer.0", third)
    yield "content_layer.1.weight", (fourth, third, 3, 3)
    yield from norm("content_layer.2", fourth)
    yield "content_layer.3.weight", (fourth,)
    yield "content_layer.4.weight", (fourth, fourth, 3, 3)
    yield from norm("content_layer.5", fourth)
    for number in range(styles):
        yield f"styles.{number}.weight", (style, 9 * sum(widths))
        yield f"styles.{number}.bias", (style,)


def arcface(widths: Sequence[int] = FULL[0], blocks: Sequence[int] = FULL[1]) -> Sizes:
    """The state dict of iresnet50."""
    yield "conv1.weight", (widths[0], 3, 3, 3)
    yield from norm("bn1", widths[0])
    yield "prelu.weight", (widths[0],)
    yield from trunk(widths, blocks, "layer")
    yield from norm("bn2", widths[3])
    yield from [("fc.weight", (512, 49 * widths[3])), ("fc.bias", (512,))]
    yield from norm("features", 512)


def hollow(layout: Sizes) -> dict[str, Tensor]:
    """Tensors of those shapes that are one number each, all different: full size, without the memory or the disk."""
    return {
        name: torch.tensor(1.0 + index / 1000).expand(shape) if shape else torch.tensor(7)
        for index, (name, shape) in enumerate(layout)
    }


def filled(layout: Sizes, seed: int) -> dict[str, Tensor]:
    chance = torch.Generator().manual_seed(seed)
    return {name: torch.randn(shape, generator=chance) if shape else torch.tensor(7) for name, shape in layout}
