"""The modulated convolution against the plain one, which makes a kernel for each face and convolves in groups.

    python -m benchmarks.modulated [--device cpu cuda] [--threads 1] [--batch 8] [--turns 5]
        [--write FILE]

Forward and backward of the six layers that FASE's heatmaps come from, at the sizes of each preset: with gradients by
input, scales and kernel, as a generator learns, and by input and scales alone, as FASE trains with its generator
frozen. The plain one runs in the network's memory layout (channels last) and in the other, which suits it better. All
run the same numbers and have to agree to 1e-4 of the largest; they take turns, and a figure is the median over the
turns: on a CPU of processor time, which other work on the machine disturbs less than the clock.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from facelabel.learning import devices, presets
from facelabel.networks import FaseShape
from facelabel.networks.stylegan import blur, modulated_convolution, side_of

PRESETS = ("fase-tiny", "fase-small", "fase")
Convolution = Callable[..., Tensor]


def grouped(x: Tensor, kernel: Tensor, scales: Tensor, *, up: bool = False, demodulate: bool = True) -> Tensor:
    """The same as ``modulated_convolution``, face by face as the equations have it: the kernels of all faces are made
    and stacked, their inputs lie side by side as groups of channels."""
    faces, i, height, width = x.shape
    o, _, side, _ = kernel.shape
    own = kernel * scales[:, None, :, None, None]
    if demodulate:
        own = own * (own.square().sum(dim=(2, 3, 4), keepdim=True) + 1e-8).rsqrt()
    x = x.reshape(1, faces * i, height, width)
    if up:
        turned = own.transpose(1, 2).reshape(faces * i, o, side, side)
        wide = functional.conv_transpose2d(x, turned, stride=2, groups=faces)
        return blur(wide.view(faces, o, *wide.shape[2:]))
    out = functional.conv2d(x, own.reshape(faces * o, i, side, side), padding=side // 2, groups=faces)
    return out.view(faces, o, height, width)


class Layer:
    """One of a shape's layers, with numbers to run it on."""

    def __init__(
        self, shape: FaseShape, number: int, faces: int, device: torch.device, layout: torch.memory_format
    ) -> None:
        self.up = number % 2 == 0
        side = side_of(number) // (2 if self.up else 1)
        i, o = shape.channels(side), shape.channels(side_of(number))
        chance = torch.Generator().manual_seed(number)

        def numbers(*size: int) -> Tensor:
            return torch.randn(size, generator=chance).to(device)

        self.x = numbers(faces, i, side, side).to(memory_format=layout).requires_grad_()
        kernel = numbers(o, i, 3, 3).to(memory_format=layout)
        self.kernel = kernel.requires_grad_()
        self.scales = ((1 + 0.5 * numbers(faces, i)) / math.sqrt(9 * i)).detach().requires_grad_()
        self.pull = numbers(faces, o, side_of(number), side_of(number)).to(memory_format=layout)

    def run(self, convolution: Convolution, *, frozen: bool) -> tuple[Tensor, ...]:
        kernel = self.kernel.detach() if frozen else self.kernel
        out = convolution(self.x, kernel, self.scales, up=self.up)
        wanted = (self.x, self.scales) if frozen else (self.x, self.scales, self.kernel)
        return (out.detach(), *torch.autograd.grad(out, wanted, self.pull))


def apart(one: Layer, other: Layer) -> float:
    """How far the two convolutions are apart, of outputs and gradients the worst, as a share of the largest number."""
    both = zip(one.run(modulated_convolution, frozen=False), other.run(grouped, frozen=False), strict=True)
    return max(float((ours - plain).abs().max() / plain.abs().max()) for ours, plain in both)


def seconds(layers: Sequence[Layer], convolution: Convolution, *, frozen: bool) -> float:
    device = layers[0].x.device
    clock = time.process_time if device.type == "cpu" else time.perf_counter
    synchronise = torch.cuda.synchronize if device.type == "cuda" else lambda: None
    synchronise()
    start = clock()
    for layer in layers:
        layer.run(convolution, frozen=frozen)
    synchronise()
    return clock() - start


def compare(name: str, shape: FaseShape, faces: int, device: torch.device, turns: int) -> list[str]:
    """Rows of the table: for a generator that learns and for a frozen one."""
    last, first = (
        [Layer(shape, number, faces, device, layout) for number in shape.layers]
        for layout in (torch.channels_last, torch.contiguous_format)
    )
    worst = max(apart(*pair) for pair in zip(last, first, strict=True))
    if worst > 1e-4:
        raise SystemExit(f"the two differ by {worst:.1e} of the largest number")
    rows = []
    for frozen in (False, True):
        sides = ((last, grouped), (first, grouped), (last, modulated_convolution))
        times = [[seconds(*side, frozen=frozen) for side in sides] for _ in range(turns)]
        medians = [f"{1000 * statistics.median(side):,.0f} ms" for side in zip(*times, strict=True)]
        ratios = [f"{statistics.median(turn[i] / turn[2] for turn in times):.2f}" for i in (0, 1)]
        kind = "frozen" if frozen else "learns"
        rows.append(f"| {' | '.join([devices.describe(device), name, kind, f'{worst:.0e}', *medians, *ratios])} |")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="The modulated convolution against the grouped one.")
    parser.add_argument("--preset", nargs="+", default=PRESETS, choices=PRESETS)
    parser.add_argument("--device", nargs="+", default=["cpu"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--write", type=Path, help="also write the table into this file")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.backends.cudnn.allow_tf32 = False
    lines = [
        f"{options.batch} faces, {options.turns} turns, torch {torch.__version__}, {options.threads} thread(s).",
        "",
        "| device | layers of | generator | difference | grouped | grouped, contiguous | ours | ratio | second ratio |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    print("\n".join(lines))
    for name in options.device:
        for preset in options.preset:
            shape = presets.load(preset).network
            assert isinstance(shape, FaseShape)
            for row in compare(preset, shape, options.batch, torch.device(name), options.turns):
                lines.append(row)
                print(row, flush=True)
    if options.write is not None:
        options.write.write_text("\n".join(["# The modulated convolution", "", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
