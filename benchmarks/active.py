"""Does choosing help? Learning curves of acquisition functions on real faces, drawn by the campaign's own rules.

    FACELABEL_FACES=... python benchmarks/active.py --out FOLDER --seeds 3 --jobs 2 --write docs/results/active-300w.md

The pool of ``300w`` plays the unlabelled faces, its ground truth the annotator. Each seed draws the first batch at
random, once for all functions; after that every function draws its own by ``facelabel.acquisition``, trains and
is measured on ``devtest`` (inter-ocular NME, ground-truth boxes). Nothing is held out of the batches: the test set
measures. Every finished round lies in ``--out``; the same command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

# Before torch is imported, here and in the processes that inherit it: one thread a process.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import numpy.typing as npt

import facelabel
from facelabel import pretrained, schemes
from facelabel.acquisition import discard_top, k_center_greedy, random_order, take
from facelabel.campaign.settings import CampaignSettings
from facelabel.formats import pts
from facelabel.geometry import Box
from facelabel.learning import checkpoints, devices, presets
from facelabel.learning.checkpoints import TrainedModel
from facelabel.learning.faces import LabelledFace
from facelabel.learning.prediction import predict
from facelabel.learning.training import train
from facelabel.metrics.nme import nme, normaliser

SCHEME = schemes.load("300w-68")
SHARED = "first-batch"
NEEDS = {"nnm": "scores", "entropy": "scores", "k-center": "embeddings", "random": "nothing"}


@dataclass(frozen=True)
class Study:
    """What is compared. Two studies with equal fields give equal figures on the same machine."""

    preset: str
    functions: tuple[str, ...]
    first_batch: int
    batch: int
    budget: int
    discard: float
    start_from: str
    steps: int | None
    pool: int | None
    test: int | None

    @property
    def rounds(self) -> int:
        """Rounds after the shared first one."""
        return -(-(self.budget - self.first_batch) // self.batch)


@dataclass(frozen=True)
class Finished:
    """A round: the pool indices labelled so far, the devtest NME in per cent, seconds of training and scoring."""

    seed: int
    function: str
    round: int
    labelled: list[int]
    nme: float
    seconds: float
    loss: float


def load_faces(folder: Path, split: str, limit: int | None) -> list[LabelledFace]:
    """Faces of ``300w`` in the order of its table; the box is the tight one of the true landmarks."""
    with (folder / "300w" / "faces.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row["split"] == split]
    found = []
    for number, row in enumerate(rows[:limit]):
        shape = pts.read(folder / "300w" / row["points"], points=SCHEME.size)
        found.append(LabelledFace(number, folder / "300w" / row["image"], Box.around(shape), shape))
    return found


class Runner:
    """The rounds of one seed; made anew in each process."""

    def __init__(self, study: Study, faces: Path, out: Path, seed: int, device: str) -> None:
        self._study = study
        self._seed = seed
        self._out = out / f"seed-{seed}"
        self._device = devices.choose(device)
        self._preset = presets.load(study.preset)
        self._pool = load_faces(faces, "pool", study.pool)
        self._test = load_faces(faces, "devtest", study.test)

    def first_round(self) -> Finished:
        rng = np.random.default_rng([self._seed, 1, 0])
        labelled = random_order(len(self._pool), rng)[: self._study.first_batch].tolist()
        needs = {NEEDS[function] for function in self._study.functions}
        return self._round(SHARED, 0, labelled, None, score=needs != {"nothing"})

    def curve(self, function: str) -> list[Finished]:
        done = [self.first_round()]
        parent = self._folder(SHARED, 0)
        for number in range(1, self._study.rounds + 1):
            drawn = self._draw(function, number, done[-1].labelled, parent)
            score = NEEDS[function] != "nothing" and number < self._study.rounds
            done.append(self._round(function, number, done[-1].labelled + drawn, parent, score=score))
            parent = self._folder(function, number)
        return done

    def _draw(self, function: str, number: int, labelled: list[int], last: Path) -> list[int]:
        """The next batch."""
        k = min(self._study.batch, self._study.budget - len(labelled))
        taken = set(labelled)
        waiting = [i for i in range(len(self._pool)) if i not in taken]
        needs = NEEDS[function]
        if needs == "nothing":
            rng = np.random.default_rng([self._seed, number + 1, 0])
            order = random_order(len(waiting), rng)
        else:
            with np.load(last / "pool.npz") as found:
                said = found[function] if needs == "scores" else found["embeddings"]
            if needs == "scores":
                kept = discard_top(said[waiting], self._study.discard)
                order = take(np.where(kept, said[waiting], -np.inf), k)
            else:
                centres = range(len(waiting), len(waiting) + len(labelled))
                order = k_center_greedy(said[waiting + labelled], centres, min(k, len(waiting)))
        return [waiting[i] for i in order[:k]]

    def _round(self, function: str, number: int, labelled: list[int], parent: Path | None, *, score: bool) -> Finished:
        """Train on ``labelled``, measure, and keep what the next draw needs; read back if that was done before."""
        folder = self._folder(function, number)
        record = folder / "finished.json"
        if record.is_file():
            return Finished(**json.loads(record.read_text(encoding="utf-8")))
        start = time.monotonic()
        model = train(
            self._preset,
            SCHEME,
            [self._pool[i] for i in labelled],
            seed=1000 * self._seed + number,
            start_from=parent / "model" if parent is not None and self._study.start_from == "last" else None,
            pretrained=None if self._study.start_from == "scratch" else "shipped",
            steps=self._study.steps,
            device=self._device,
        )
        checkpoints.save(folder / "model", model)
        if score:
            said = predict(model, self._pool, device=self._device)
            np.savez(folder / "pool.npz", embeddings=said.embeddings, allow_pickle=False, **said.scores)
        seconds = time.monotonic() - start
        error = 100 * float(self._errors(model).mean())
        done = Finished(self._seed, function, number, labelled, error, seconds, model.card.loss)
        fresh = folder / "finished.new"
        fresh.write_text(json.dumps(asdict(done)), encoding="utf-8")
        fresh.replace(record)
        print(
            f"seed {self._seed}  {function:<12s} {len(labelled):4d} labels  NME {error:6.3f} %  {seconds:4.0f} s",
            flush=True,
        )
        return done

    def _errors(self, model: TrainedModel) -> npt.NDArray[np.float64]:
        found = predict(model, self._test, device=self._device)
        if found.failures:
            raise OSError(f"{found.failures[0].image}: {found.failures[0].why}")
        truth = np.stack([face.shape for face in self._test])
        return nme(found.shapes, truth, normaliser(SCHEME, truth, "inter-ocular"))

    def _folder(self, function: str, number: int) -> Path:
        return self._out / function / f"round-{number:02d}"


def first_round(*task: Any) -> Finished:
    return Runner(*task).first_round()


def curve(function: str, *task: Any) -> list[Finished]:
    return Runner(*task).curve(function)


def run(
    study: Study, faces: Path, out: Path, seeds: Sequence[int], jobs: int, device: str
) -> dict[str, list[list[Finished]]]:
    """Curves by function, one a seed. ``out`` has to be new or of the same study."""
    out.mkdir(parents=True, exist_ok=True)
    known = out / "study.json"
    said = json.loads(json.dumps(asdict(study)))
    if known.is_file() and json.loads(known.read_text(encoding="utf-8")) != said:
        raise SystemExit(f"{out} holds another study; give another --out")
    known.write_text(json.dumps(said, indent=2), encoding="utf-8")
    tasks = [(study, faces, out, seed, device) for seed in seeds]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        list(pool.map(first_round, *zip(*tasks, strict=True)))
        waiting = {(f, task[3]): pool.submit(curve, f, *task) for task in tasks for f in study.functions}
        return {f: [waiting[f, seed].result() for seed in seeds] for f in study.functions}


def report(study: Study, curves: dict[str, list[list[Finished]]], seeds: Sequence[int], device: str) -> str:
    """Markdown: means and spreads by labels, paired differences to the last function named, every single figure."""
    values = {f: np.array([[one.nme for one in curve] for curve in curves[f]]) for f in study.functions}
    labels = [len(one.labelled) for one in curves[study.functions[0]][0]]
    *others, yardstick = study.functions
    spread = 1 if len(seeds) > 1 else 0
    lines = [
        "| labels | " + " | ".join(study.functions) + " | " + " | ".join(f"{f} − {yardstick}" for f in others) + " |",
        "|---" * (1 + len(study.functions) + len(others)) + "|",
    ]

    def row(name: str, columns: dict[str, npt.NDArray[np.float64]]) -> str:
        cells = [f"{v.mean():.2f} ± {v.std(ddof=spread):.2f}" for v in columns.values()]
        for f in others:
            gap = columns[f] - columns[yardstick]
            cells.append(
                f"{gap.mean():+.2f} ± {gap.std(ddof=spread):.2f} ({int((gap < 0).sum())} of {len(gap)} better)"
            )
        return f"| {name} | " + " | ".join(cells) + " |"

    lines += [row(str(n), {f: v[:, i] for f, v in values.items()}) for i, n in enumerate(labels)]
    lines += [row("mean of the curve", {f: v[:, 1:].mean(axis=1) for f, v in values.items()})]
    lines += ["", "Every figure (NME in per cent):", "", "| function | seed | " + " | ".join(map(str, labels)) + " |"]
    lines += ["|---" * (2 + len(labels)) + "|"]
    for f in study.functions:
        lines += [
            f"| {f} | {s} | " + " | ".join(f"{e:.2f}" for e in v) + " |" for s, v in zip(seeds, values[f], strict=True)
        ]
    seconds = [one.seconds for every in curves.values() for c in every for one in c[1:]]
    where = devices.describe(devices.choose(device))
    lines += ["", f"Training and scoring took {np.mean(seconds):.0f} s a round on average ({where})."]
    return "\n".join(lines) + "\n"


def page(study: Study, table: str, pool: int, test: int, seeds: int) -> str:
    options = f"--preset {study.preset} --functions {','.join(study.functions)} --seeds {seeds}"
    steps = "the preset's number of steps" if study.steps is None else f"{study.steps} steps a round"
    start = f"the pretrained weights ({pretrained.start_of(study.preset).text})"
    weights = {
        "last": f"the last round's weights, the first round from {start}",
        "pretrained": f"{start} in every round",
        "scratch": "scratch in every round",
    }[study.start_from]
    return f"""# Active selection on 300-W faces

Written by `python benchmarks/active.py {options} --out FOLDER --write FILE`,
which says how faces are drawn and measured (facelabel {facelabel.__version__}, {platform.machine()}).

- `{study.preset}`, {steps}; training starts from {weights}.
- A pool of {pool:,} faces; {study.first_batch} at random, then {study.batch} a round up to {study.budget} labels.
- NNM and entropy leave the top {100 * study.discard:g} % of the scores out as likely outliers.
- Inter-ocular NME in per cent on {test:,} devtest faces, mean ± standard deviation over {seeds} seeds.
- Differences are paired by seed, negative is better. The mean of the curve leaves the shared first round out.

{table}"""


def main() -> None:
    defaults = CampaignSettings()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder of the finished rounds; not in the repository")
    parser.add_argument("--functions", default="nnm,random", help="the last one is what the others are compared with")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2, help="processes, one thread each")
    parser.add_argument("--preset", default=defaults.preset)
    parser.add_argument("--first-batch", type=int, default=defaults.first_batch)
    parser.add_argument("--batch", type=int, default=defaults.batch)
    parser.add_argument("--budget", type=int, default=90)
    parser.add_argument("--discard", type=float, default=defaults.discard)
    parser.add_argument("--start-from", choices=["last", "pretrained", "scratch"], default=defaults.start_from)
    parser.add_argument("--steps", type=int, help="training steps a round; the preset's own by default")
    parser.add_argument("--pool", type=int, help="only the first so many faces of the pool")
    parser.add_argument("--test", type=int, help="only the first so many faces of devtest")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--write", type=Path, help="Markdown file for the result")
    given = parser.parse_args()
    functions = tuple(given.functions.split(","))
    if unknown := set(functions) - set(NEEDS):
        parser.error(f"no acquisition function {', '.join(unknown)}; there are {', '.join(NEEDS)}")
    faces = Path(os.environ.get("FACELABEL_FACES") or Path(__file__).resolve().parents[2] / "shared" / "faces")
    study = Study(**{name: getattr(given, name) for name in Study.__annotations__} | {"functions": functions})
    seeds = range(given.seeds)
    curves = run(study, faces, given.out, seeds, given.jobs, given.device)
    table = report(study, curves, seeds, given.device)
    print(table)
    if given.write is not None:
        pool, test = (len(load_faces(faces, split, n)) for split, n in (("pool", study.pool), ("devtest", study.test)))
        given.write.parent.mkdir(parents=True, exist_ok=True)
        given.write.write_text(page(study, table, pool, test, len(seeds)), encoding="utf-8")


if __name__ == "__main__":
    main()
