"""What is told of a model's cost before a job, against what training takes; and the stages of FASE's own pretraining.

    python -m benchmarks.costs [--preset fase-tiny fase-small scaf-tiny scaf-half fase] [--stages fase-tiny]
        [--write FILE]

Each row is a process of its own with one thread: a step of training from pretrained weights on random pixels, the best
of three by processor time, which other work on the machine disturbs less than the clock, and the most memory that the
process ever held. The stages are steps of 16 faces, drawn ones, as ``facelabel pretrain`` makes them, in float32 and
in bfloat16; the rare penalties count as often as they come.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel

from facelabel import costs
from facelabel.learning import presets
from facelabel.learning.dataset import Batch
from facelabel.learning.faces import Progress
from facelabel.learning.losses import LossWeights
from facelabel.learning.pretraining import Photos, monitor, pretrain, resolved
from facelabel.learning.pretraining.settings import STAGES
from facelabel.learning.training import _loss, _optimiser, _training_mode, averaging, parts_taught
from facelabel.networks import create

RUNS = (
    "scaf-tiny 16",
    "scaf-half 16",
    "fase-tiny 16",
    "fase-small 16",
    "fase-small 16 again",
    "fase 2",
    "fase 2 again",
)
"""Preset, faces at once, and whether layers are computed again instead of kept."""
PER_STAGE = 32


def measured(name: str, faces: int, again: bool) -> str:
    torch.set_num_threads(1)
    preset = presets.load(name)
    recipe, side, maps = preset.training, preset.network.input_size, preset.network.heatmap_size
    network = create(preset.network, 68)
    network.checkpointing = again
    average = AveragedModel(network, multi_avg_fn=averaging(recipe.average), use_buffers=True)
    taught = parts_taught(network, fresh=[])
    optimiser = _optimiser(network, recipe, taught)
    rng = np.random.default_rng(0)
    batch = Batch(
        rng.integers(0, 255, (faces, side, side, 3), dtype=np.uint8),
        rng.uniform(0, maps - 1, (faces, 68, 2)).astype(np.float32),
        np.ones((faces, 68), dtype=np.bool_),
    )
    took = []
    for _ in range(3):
        start = time.process_time()
        _training_mode(network, keep_statistics=taught if recipe.frozen_statistics else ())
        optimiser.zero_grad(set_to_none=True)
        loss = _loss(network, batch, LossWeights.of(preset), "float32", torch.device("cpu"))
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        average.update_parameters(network)
        took.append(time.process_time() - start)
    cost = costs.of(name)
    assert cost is not None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    told = cost.training_bytes(faces, checkpointing=again)
    return (
        f"| `{name}` | {faces} | {'yes' if again else 'no'} | {1000 * cost.training_seconds(1, faces):,.0f} ms "
        f"| {1000 * min(took):,.0f} ms | {told / 1e9:.2f} GB | {peak / 1e9:.2f} GB |"
    )


def stages(name: str, precision: str) -> str:
    torch.set_num_threads(1)
    monitor.FACES = 16
    cells = []
    with TemporaryDirectory() as folder:
        start: Path | None = None
        for stage in STAGES:
            marks: list[float] = []

            def tell(progress: Progress, marks: list[float] = marks) -> None:
                if progress.stage == "train":
                    marks.append(time.process_time())

            given = {"preset": name, "objective": stage, "steps": PER_STAGE + 1, "rendered": 64, "precision": precision}
            begun = {} if start is None else {"start": str(start)}
            start, _ = pretrain(Path(folder) / stage, resolved(given | begun), Photos(), on_progress=tell)
            # Without the last step, which also draws the samples.
            cells.append(f"{1000 * (marks[-2] - marks[0]) / (len(marks) - 2):,.0f} ms")
    cost = costs.of(name)
    assert cost is not None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    cells += [f"{size / 1e9:.2f} GB" for size in (cost.pretraining_bytes(16), peak)]
    return f"| `{name}` | {precision} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Costs told before a job against what was measured.")
    parser.add_argument("--preset", nargs="*", help="only these")
    parser.add_argument("--stages", nargs="*", default=["fase-tiny"], help="of FASE's pretraining, by these presets")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    if options.one is not None:
        first, second, *rest = options.one.split()
        print(measured(first, int(second), bool(rest)) if second.isdecimal() else stages(first, second))
        return
    lines = [
        "| preset | faces at once | layers again | a step, told | measured | memory, told | measured |",
        "|---|---|---|---|---|---|---|",
        *(one(run) for run in RUNS if options.preset is None or run.split()[0] in options.preset),
        "",
        "| preset | computed in | generator | encoder | landmarks | memory, told | measured |",
        "|---|---|---|---|---|---|---|",
        *(one(f"{name} {precision}") for name in options.stages for precision in ("float32", "bfloat16")),
    ]
    print("\n".join(lines))
    if options.write is not None:
        options.write.write_text("\n".join(lines) + "\n", encoding="utf-8")


def one(run: str) -> str:
    command = [sys.executable, "-m", "benchmarks.costs", "--one", run]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().splitlines()[-1]
    print(said, file=sys.stderr, flush=True)
    return said


if __name__ == "__main__":
    main()
