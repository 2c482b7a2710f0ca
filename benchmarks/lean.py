"""FASE's lean path to the heatmaps against the full one, which draws the face as well.

    python -m benchmarks.lean [--preset fase-tiny fase-small fase] [--device cpu] [--threads 1] [--turns 3]
        [--write FILE]

The full path is what the reference code of this lineage does (3FabRec): every latent vector, the whole generator from
its constant to the picture, with f put in where it belongs, then the layers and transfer layers of the heatmaps. One
face, forward; both have to give the same heatmaps; the two take turns. On a CPU the times are processor time, which
other work on the machine disturbs less than the clock.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from facelabel.learning import devices, presets
from facelabel.networks import Fase, FaseShape, create
from facelabel.networks.encoder import FeatureStyleEncoder
from facelabel.networks.stylegan import Generator

PRESETS = ("fase-tiny", "fase-small", "fase")


class Drawing(nn.Module):
    """The full path around the networks of the lean one, whose numbers it shares."""

    def __init__(self, lean: Fase) -> None:
        super().__init__()
        shape = lean.shape
        self.lean = lean
        self.generator = Generator(shape.input_size, shape.style, shape.channels)
        self.encoder = FeatureStyleEncoder(shape.widths, shape.blocks, shape.style, range(self.generator.latents))
        self.generator.load_state_dict(lean.G.state_dict(), strict=False)
        self.encoder.load_state_dict(lean.E.state_dict(), strict=False)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Normalised faces to pictures and heatmaps."""
        f, latents, _ = self.encoder(images)
        layers = self.lean.shape.layers
        pictures = self.generator(latents, f, layers[0])
        x = f
        transfers = dict(self.lean.ITL.named_children())
        for number in layers:
            x = self.lean.G.layer(number, x, latents[:, number + 1])
            if str(number) in transfers:
                x = transfers[str(number)](x)
        return pictures, self.lean.last(x)


def macs(network: nn.Module, images: Tensor) -> float:
    """Multiply-accumulates of a forward pass."""
    with FlopCounterMode(display=False) as counter:
        network(images)
    return float(counter.get_total_flops()) / 2


def seconds(network: nn.Module, images: Tensor) -> float:
    on_gpu = images.device.type == "cuda"
    clock = time.perf_counter if on_gpu else time.process_time
    if on_gpu:
        torch.cuda.synchronize()
    start = clock()
    network(images)
    if on_gpu:
        torch.cuda.synchronize()
    return clock() - start


@torch.inference_mode()
def row(name: str, device: torch.device, turns: int) -> str:
    shape = presets.load(name).network
    assert isinstance(shape, FaseShape)
    torch.manual_seed(0)
    lean = create(shape, 68).eval()
    full = Drawing(lean).eval().to(device)
    images = torch.rand(1, 3, shape.input_size, shape.input_size, device=device) * 2 - 1
    images = images.to(memory_format=torch.channels_last)
    (heatmaps, _), (_, same) = lean(images), full(images)
    torch.testing.assert_close(heatmaps, same, rtol=1e-4, atol=1e-4)
    work = [macs(network, images) / 1e9 for network in (lean, full)]
    pairs = [(seconds(lean, images), seconds(full, images)) for _ in range(turns)]
    ours, theirs = (1000 * statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(slow / fast for fast, slow in pairs)
    return (
        f"| {devices.describe(device)} | {name} | {work[1]:.2f} | {work[0]:.2f} | {work[1] / work[0]:.2f} "
        f"| {theirs:,.0f} ms | {ours:,.0f} ms | {ratio:.2f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="FASE's lean path against the full one.")
    parser.add_argument("--preset", nargs="+", default=PRESETS, choices=PRESETS)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--write", type=Path, help="also write the table into this file")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    lines = [
        "| device | preset | GMAC, full | lean | ratio | one face, full | lean | ratio |",
        "|---|---|---|---|---|---|---|---|",
    ]
    print("\n".join(lines))
    for name in options.preset:
        lines.append(row(name, torch.device(options.device), options.turns))
        print(lines[-1], flush=True)
    if options.write is not None:
        options.write.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
