"""How long a model takes to train and to score, and how well it does, for given numbers of labels.

    python benchmarks/training.py --faces FOLDER [--preset scaf-tiny] [--labels 10 50 100] [--seeds 0 1 2] [--steps N]

``FOLDER`` holds ``300w/faces.csv`` (image, points, ..., split). Only the split ``pool`` is used: a fixed 200 faces of
it validate, the labels are drawn from the rest by the seed. Face boxes are those of the labels; ``noisy`` repeats the
validation with boxes moved by 4 % and scaled by 6 % (standard deviations), as a detector's are. One torch
thread; all times are seconds of the processor, which other work on the machine disturbs little.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import numpy.typing as npt
import torch

from facelabel import schemes
from facelabel.formats import pts
from facelabel.geometry import Box
from facelabel.learning import devices, presets
from facelabel.learning.faces import FaceToPredict, LabelledFace
from facelabel.learning.prediction import predict
from facelabel.learning.training import train
from facelabel.metrics.nme import nme, normaliser

VALIDATION = 200


def pool(folder: Path) -> list[LabelledFace]:
    """The labelled faces of the split ``pool``, in one fixed chance order."""
    root = folder / "300w"
    with (root / "faces.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "pool"]
    faces = []
    for index in np.random.default_rng(123).permutation(len(rows)).tolist():
        shape = pts.read(root / rows[index]["points"])
        faces.append(LabelledFace(index, root / rows[index]["image"], Box.around(shape), shape))
    return faces


def noisy(faces: list[LabelledFace]) -> list[FaceToPredict]:
    rng = np.random.default_rng(0)
    moved = []
    for face in faces:
        box, side = face.box, max(face.box.width, face.box.height)
        dx, dy = rng.normal(0, 0.04, 2) * side
        box = Box(box.left + dx, box.top + dy, box.width, box.height).scaled(math.exp(rng.normal(0, 0.06)))
        moved.append(FaceToPredict(face.id, face.image, box))
    return moved


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--preset", default="scaf-tiny", choices=presets.names())
    parser.add_argument("--labels", type=int, nargs="+", default=[10, 50, 100])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--steps", type=int)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    device = devices.choose(options.device)
    scheme, preset = schemes.load("300w-68"), presets.load(options.preset)
    faces = pool(options.faces)
    validation, rest = faces[:VALIDATION], faces[VALIDATION:]
    truth = np.stack([face.shape for face in validation])
    distances = normaliser(scheme, truth, "inter-ocular")

    def error(given: list[LabelledFace] | list[FaceToPredict]) -> npt.NDArray[np.float64]:
        return 100 * nme(predict(model, given, device=device).shapes, truth, distances)

    print(f"{preset.name} on {devices.describe(device)}; NME: inter-ocular, % of {VALIDATION} pool faces")
    print("labels  seed  steps  s/step  train s  image ms    NME  median  noisy boxes")
    for labels in options.labels:
        for seed in options.seeds:
            chosen = [rest[index] for index in np.random.default_rng(seed).permutation(len(rest))[:labels]]
            start = time.process_time()
            model = train(preset, scheme, chosen, seed=seed, steps=options.steps, device=device)
            trained = time.process_time()
            plain = error(validation)
            scored = time.process_time()
            took = trained - start
            print(
                f"{labels:6}  {seed:4}  {model.card.steps:5}  {took / model.card.steps:6.3f}  {took:7.1f}"
                f"  {1000 * (scored - trained) / VALIDATION:8.1f}  {plain.mean():5.2f}  {np.median(plain):6.2f}"
                f"  {error(noisy(validation)).mean():11.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
