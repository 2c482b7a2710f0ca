"""What to pretrain on: the same number of updates under each objective, then the same few labels.

    python -m benchmarks.pretraining --out FOLDER [--steps 1200] [--write docs/results/pretraining.md]

Every variant pretrains ``scaf-tiny`` on the unlabelled faces of ``mtfl`` and is then trained on random labels of the
``300w`` pool as ``benchmarks.fewshot`` does, measured on 300 other faces of the pool (inter-ocular NME in per cent).
Finished runs lie in ``--out``; the same command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch

from benchmarks.faces import FACES
from benchmarks.fewshot import Trial, finished, spread
from facelabel.learning.pretraining import Photos, pretrain, resolved

VARIANTS: dict[str, dict[str, Any] | None] = {
    "none": None,
    "five points of real faces": {"rendered": 0, "reconstruct_every": 0},
    "five points, and reconstruction": {"rendered": 0},
    "five points, 98 of rendered faces, and reconstruction": {"precision": "float32"},
    "98 points of rendered faces alone, and reconstruction": {"real": False},
    "adversarial auto-encoder, as published": {"objective": "autoencoder", "batch": 16},
    "adversarial auto-encoder, ten times the rate": {"objective": "autoencoder", "batch": 16, "lr": 2e-4},
    "five points, rendered faces and reconstruction, in bfloat16": {"precision": "bfloat16"},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--labels", type=int, default=50)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--faces", type=Path, default=FACES)
    parser.add_argument("--write", type=Path, metavar="FILE")
    options = parser.parse_args()
    torch.set_num_threads(1)
    faces = options.faces.resolve()
    lines = ["| pretraining | seconds | NME % |", "|---|---|---|"]
    for number, (name, variant) in enumerate(VARIANTS.items()):
        weights, seconds = "none", 0.0
        if variant is not None:
            given = dict(variant)
            photos = Photos(folders=(faces / "mtfl",) if given.pop("real", True) else ())
            out = options.out / f"variant-{number}"
            out.mkdir(parents=True, exist_ok=True)
            settings = resolved({"preset": "scaf-tiny", "steps": options.steps} | given)
            folder, _ = pretrain(out, settings, photos)
            assert folder is not None
            weights = str(folder)
            seconds = torch.load(out / "state.pt", weights_only=True)["seconds"]
        changes = {"pretrained": None} if variant is None else {}
        trials = [
            Trial("scaf-tiny", changes, options.labels, seed, "validation", str(faces), weights)
            for seed in range(options.seeds)
        ]
        found = finished(trials, options.out / "trials", options.jobs)
        lines.append(f"| {name} | {seconds:.0f} | {spread([outcome.true for outcome in found])} |")
        print(lines[-1], flush=True)
    if options.write is not None:
        command = f"python -m benchmarks.pretraining --steps {options.steps} --labels {options.labels}"
        head = (
            f"Printed by `{command} --seeds {options.seeds}`, `scaf-tiny`, one thread of a CPU that other work shared."
        )
        options.write.write_text("\n".join(["# What to pretrain on", "", head, "", *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
