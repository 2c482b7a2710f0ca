"""Accuracy from few labels: recipes compared inside the pool of real faces, and the final table on its devtest.

    python benchmarks/fewshot.py try --labels 50 --seeds 2 --set training.lr=2e-3      one recipe on validation faces
    python benchmarks/fewshot.py study --out FOLDER                                     every recipe of RECIPES, a table
    python benchmarks/fewshot.py table --out FOLDER --write docs/results/fewshot.md     devtest; look at it once
    python benchmarks/fewshot.py table --preset scaf-tiny fase-tiny --seeds 5           and what the second one changes

``try`` and ``study`` train on random faces of the pool and measure on 300 others of it. ``table`` trains on random
faces of the pool and measures on ``devtest``, from the true boxes and from the detector's, with and without pretrained
weights. NME is inter-ocular, in per cent, of faces as their crops are. Every finished run lies in ``--out``; the same
command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tomllib
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import numpy.typing as npt
import torch
from scipy.stats import ttest_rel

from benchmarks.faces import FACES, SCHEME, load_faces
from facelabel import pretrained
from facelabel.geometry import Box
from facelabel.images.decode import read
from facelabel.learning import checkpoints, devices, presets, weights
from facelabel.learning.checkpoints import TrainedModel
from facelabel.learning.detection import FaceDetector, landmark_box
from facelabel.learning.faces import FaceToPredict, LabelledFace
from facelabel.learning.prediction import predict
from facelabel.learning.training import train
from facelabel.metrics.nme import nme, normaliser

VALIDATION = 300
"""Faces of the pool that the studies measure on and never train on."""
PAPER: dict[str, Any] = {"training.encoder_lr": 2e-5, "training.generator_lr": 0.0, "training.frozen_statistics": True}
PAPER |= {"training.lr": 1e-3, "training.betas": [0.9, 0.999], "training.weight_decay": 0.0}
PAPER |= {
    "training.schedule": "constant",
    "training.average": 0.0,
    "training.foreground": 0.0,
    "training.coordinates": 0.0,
}
PAPER |= {"decoding.flip": False}
PAPER |= {f"augmentation.{name}": value for name, value in presets.Augmentation().model_dump().items()}
RECIPES: dict[str, dict[str, Any]] = {
    "default": {},
    "from scratch": {"pretrained": None},
    "the paper's recipe": PAPER,
    "the paper's augmentation": {key: value for key, value in PAPER.items() if key.startswith("augmentation")},
    "learning rate / 4": {"training.lr": 1e-3},
    "learning rate / 2": {"training.lr": 2e-3},
    "encoder at a tenth": {"training.encoder_lr": 4e-4},
    "frozen batch norm": {"training.frozen_statistics": True},
    "constant rate": {"training.schedule": "constant"},
    "no average of weights": {"training.average": 0.0},
    "plain mean square": {"training.foreground": 0.0},
    "bfloat16": {"training.precision": "bfloat16"},
    "heatmaps alone": {"training.coordinates": 0.0},
    "coordinates count 1": {"training.coordinates": 1.0},
    "last layer from chance": {"head": "chance"},
    "on from half the labels": {"warm": True},
    "argmax decoding": {"decoding.method": "argmax"},
    "soft-argmax decoding": {"decoding.method": "softargmax"},
    "no mirrored second look": {"decoding.flip": False},
    "half the steps": {"steps": 0.5},
    "twice the steps": {"steps": 2.0},
    "four times the steps": {"steps": 4.0},
}
"""By name: values of the preset that differ. ``steps`` multiplies the preset's number for so many labels, ``head`` of
"chance" takes the last layer off the weights, ``warm`` goes on from a model of half the labels, as a round may."""


@dataclass(frozen=True)
class Trial:
    """One training. ``labels`` of 0 means all there are; ``test`` says on which faces it is measured. Other weights to
    start from make it another trial, wherever they lie."""

    preset: str
    changes: dict[str, Any]
    labels: int
    seed: int
    test: str
    faces: str
    weights: str

    @property
    def start(self) -> Path | None:
        """The folder of the weights that it starts from."""
        named = self.changes.get("pretrained", self.weights)
        return weights.shipped(presets.load(self.preset)) if named == "shipped" else named and Path(named)

    @property
    def key(self) -> str:
        values = {name: value for name, value in asdict(self).items() if name != "faces"}
        begun = self.start
        values["weights"] = "" if begun is None else (begun / pretrained.CARD).read_text(encoding="utf-8")
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Outcome:
    """NME in per cent from true and from detected boxes (faces that the detector missed left out), and the cost."""

    true: float
    detected: float | None
    missed: int
    seconds: float
    steps: int


def run(trial: Trial, out: Path) -> Outcome:
    """Train, unless a trial that differs in decoding only has done so, and measure."""
    torch.set_num_threads(1)
    faces = Path(trial.faces)
    pool = load_faces(faces, "pool")
    order = np.random.default_rng(7).permutation(len(pool)).tolist()
    if trial.test == "validation":
        test, rest = [pool[i] for i in order[:VALIDATION]], [pool[i] for i in order[VALIDATION:]]
    else:
        test, rest = load_faces(faces, "devtest"), [pool[i] for i in order]
    drawn = np.random.default_rng(1000 + trial.seed).permutation(len(rest))[: trial.labels or None]
    decoding = {name: value for name, value in trial.changes.items() if name.startswith("decoding.")}
    basis = replace(trial, changes={name: value for name, value in trial.changes.items() if name not in decoding})
    folder = out / "models" / basis.key
    if not (folder / checkpoints.CARD).is_file():
        checkpoints.save(folder, trained(basis, [rest[i] for i in drawn], folder.with_suffix(".parts")))
    model = checkpoints.load(folder)
    preset = model.preset.model_copy(update={"decoding": presets.load(trial.preset, nested(decoding)).decoding})
    model = replace(model, card=model.card.model_copy(update={"preset": preset}))
    detected = None if trial.test == "validation" else boxes_of(test)
    missed = 0 if detected is None else sum(box is None for box in detected)
    return Outcome(
        float(errors(model, test, [face.box for face in test]).mean()),
        None if detected is None else float(errors(model, test, detected).mean()),
        missed,
        model.card.seconds,
        model.card.steps,
    )


def trained(trial: Trial, faces: list[LabelledFace], parts: Path) -> TrainedModel:
    """The model of a trial; what it is made of besides faces is put into ``parts``."""
    changes = dict(trial.changes)
    share, head, warm = changes.pop("steps", 1.0), changes.pop("head", None), changes.pop("warm", False)
    changes.pop("pretrained", None)
    preset = presets.load(trial.preset, nested(changes))
    begun = trial.start
    if begun is not None and head == "chance":
        full = weights.load(begun)
        weights.save(parts, replace(full, heads={}, card=full.card.model_copy(update={"heads": []})))
        begun = parts

    def model(some: list[LabelledFace], before: Path | None) -> TrainedModel:
        steps = max(1, round(share * preset.training.steps.for_labels(len(some), warm=before is not None)))
        device = devices.choose("auto")
        return train(
            preset, SCHEME, some, seed=trial.seed, steps=steps, start_from=before, pretrained=begun, device=device
        )

    if not warm:
        return model(faces, None)
    checkpoints.save(parts, model(faces[: len(faces) // 2], None))
    return model(faces, parts)


def errors(model: TrainedModel, test: list[LabelledFace], boxes: Iterable[Box | None]) -> npt.NDArray[np.float64]:
    """NME in per cent of the faces that have a box."""
    asked = [(face, box) for face, box in zip(test, boxes, strict=True) if box is not None]
    found = predict(model, [FaceToPredict(face.id, face.image, box) for face, box in asked])
    truth = np.stack([face.shape for face, _ in asked])
    return 100 * nme(found.shapes, truth, normaliser(SCHEME, truth, "inter-ocular"))


def boxes_of(faces: list[LabelledFace]) -> list[Box | None]:
    """Of each face the detected box that covers it best, None where none covers half of it."""
    detector = FaceDetector()
    found: list[Box | None] = []
    for face in faces:
        boxes = [landmark_box(seen) for seen in detector.detect(read(face.image))]
        best = max(boxes, key=lambda box: iou(box, face.box), default=None)
        found.append(best if best is not None and iou(best, face.box) >= 0.5 else None)
    return found


def iou(a: Box, b: Box) -> float:
    across = min(a.left + a.width, b.left + b.width) - max(a.left, b.left)
    down = min(a.top + a.height, b.top + b.height) - max(a.top, b.top)
    common = max(0.0, across) * max(0.0, down)
    return common / (a.width * a.height + b.width * b.height - common)


def nested(changes: dict[str, Any]) -> dict[str, Any]:
    """Dotted names to tables within tables."""
    tables: dict[str, Any] = {}
    for name, value in changes.items():
        *path, last = name.split(".")
        table = tables
        for part in path:
            table = table.setdefault(part, {})
        table[last] = value
    return tables


def finished(trials: list[Trial], out: Path, jobs: int) -> list[Outcome]:
    """The outcomes of all trials, in their order; those that lie in ``out`` are not run again."""
    out.mkdir(parents=True, exist_ok=True)
    missing = [trial for trial in trials if not (out / f"{trial.key}.json").is_file()]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as executor:
        for trial, outcome in zip(missing, executor.map(run, missing, repeat(out)), strict=True):
            (out / f"{trial.key}.json").write_text(json.dumps({"trial": asdict(trial), "outcome": asdict(outcome)}))
            print(trial.labels or "all", trial.changes, "seed", trial.seed, outcome, flush=True)
    return [Outcome(**json.loads((out / f"{trial.key}.json").read_text())["outcome"]) for trial in trials]


def spread(values: list[float]) -> str:
    """Mean and standard deviation."""
    return f"{np.mean(values):.2f}" + (f" ± {np.std(values, ddof=1):.2f}" if len(values) > 1 else "")


def study(options: argparse.Namespace) -> list[str]:
    lines = ["| labels | recipe | NME % (validation) | steps | seconds |", "|---|---|---|---|---|"]
    (preset,) = options.preset
    for labels in options.labels:
        for name in options.recipes or RECIPES:
            asked = trials(options, preset, RECIPES[name], labels, "validation")
            lines.append(row(labels, name, finished(asked, options.out, options.jobs)))
            print(lines[-1], flush=True)
    return lines


def table(options: argparse.Namespace) -> list[str]:
    lines = [
        "| labels | preset | start | NME % from true boxes | from detected boxes | missed | steps | seconds |",
        "|---|---|---|---|---|---|---|---|",
    ]
    compared = []
    for labels in options.labels:
        for name in options.recipes or ("default", "from scratch"):
            of_first: list[Outcome] = []
            for preset in options.preset:
                asked = trials(options, preset, RECIPES[name], labels, "devtest")
                outcomes = finished(asked, options.out, options.jobs)
                detected = spread([outcome.detected for outcome in outcomes if outcome.detected is not None])
                lines.append(
                    f"| {labels or 'all'} | {preset} | {'pretrained' if name == 'default' else name} "
                    f"| {spread([outcome.true for outcome in outcomes])} | {detected} | {outcomes[0].missed} "
                    f"| {outcomes[0].steps} | {np.mean([outcome.seconds for outcome in outcomes]):.0f} |"
                )
                print(lines[-1], flush=True)
                if of_first and options.seeds > 1:
                    what = f"{labels or 'all'} labels, {name}: {preset} against {options.preset[0]}"
                    compared.append(f"- {what} {paired(of_first, outcomes)}")
                of_first = of_first or outcomes
    return [*lines, "", *compared] if compared else lines


def paired(first: list[Outcome], second: list[Outcome]) -> str:
    """The same labels drawn by the same seeds: what the second changes."""
    one, other = ([outcome.true for outcome in outcomes] for outcomes in (first, second))
    differences = [b - a for a, b in zip(one, other, strict=True)]
    p = float(ttest_rel(one, other).pvalue)
    return f"{np.mean(differences):+.2f} points (seed by seed {spread(differences)}), paired t-test p = {p:.2g}"


def row(labels: int, name: str, found: list[Outcome]) -> str:
    seconds = np.mean([outcome.seconds for outcome in found])
    nmes = spread([outcome.true for outcome in found])
    return f"| {labels or 'all'} | {name} | {nmes} | {found[0].steps} | {seconds:.0f} |"


def trials(options: argparse.Namespace, preset: str, changes: dict[str, Any], labels: int, test: str) -> list[Trial]:
    return [
        Trial(preset, changes, labels, seed, test, str(options.faces), options.weights) for seed in range(options.seeds)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("try", "study", "table"))
    parser.add_argument("--preset", nargs="+", default=["scaf-tiny"], help="table takes several")
    parser.add_argument("--weights", default="shipped", help="a folder of pretrained weights")
    parser.add_argument("--labels", type=int, nargs="+", default=[50], help="how many; 0: all")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--recipes", nargs="+", choices=list(RECIPES), metavar="NAME")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a value of the preset")
    parser.add_argument("--out", type=Path, default=Path("fewshot-runs"))
    parser.add_argument("--faces", type=Path, default=FACES)
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table there as well")
    options = parser.parse_args()
    options.faces = options.faces.resolve()
    if options.what != "table" and len(options.preset) > 1:
        parser.error("only a table takes several presets")
    load = os.getloadavg()[0]
    if options.what == "try":
        changes = {}
        for word in options.set:
            name, _, value = word.partition("=")
            changes[name] = tomllib.loads(f"value = {value}")["value"]
        lines = [
            row(
                labels,
                str(changes),
                finished(trials(options, options.preset[0], changes, labels, "validation"), options.out, options.jobs),
            )
            for labels in options.labels
        ]
    else:
        lines = (study if options.what == "study" else table)(options)
    print("\n".join(lines))
    if options.write is not None:
        command = f"python benchmarks/fewshot.py {options.what} --preset {' '.join(options.preset)} --labels "
        head = [
            f"Printed by `{command}{' '.join(map(str, options.labels))} --seeds {options.seeds}`, {os.cpu_count()} "
            f"cores of a CPU, one thread a training, load average at the start {load:.1f}.",
            "",
        ]
        options.write.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
