"""Do corrections that spread save corrections? A simulated annotator on real faces, with spreading and without.

    FACELABEL_FACES=... python -m benchmarks.corrections [--json] [--write docs/results/corrections.md]

A model of 50 and one of 200 random labels of the pool predict 100 random faces of ``devtest`` (true boxes). The
annotator puts the worst point where it belongs, again and again, until all 68 are within 5 % (3 %) of the inter-ocular
distance of theirs. Without spreading only that point moves; with it, all points that were not touched do, by a shape
prior of the same 50 or 200 labels. Trained models lie in ``--out``; the same command goes on where it was stopped.
``--split pool`` measures on faces of the pool that no model was trained on, for designing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

# Before torch is imported: one thread, as all measurements here.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import numpy.typing as npt
import torch

import facelabel
from benchmarks.faces import FACES, SCHEME, load_faces
from benchmarks.fewshot import VALIDATION
from facelabel import schemes
from facelabel.learning import checkpoints, presets, weights
from facelabel.learning.faces import FaceToPredict, LabelledFace
from facelabel.learning.prediction import predict
from facelabel.learning.training import train
from facelabel.metrics.nme import normaliser
from facelabel.schemes import Scheme
from facelabel.shapes import fusion
from facelabel.shapes.fusion import Belief
from facelabel.shapes.prior import ShapePrior

Float64 = npt.NDArray[np.float64]
LABELS = (50, 200)
LIMITS = (0.05, 0.03)
CLICKS = (0, 1, 3, 5, 8)
PRESET = "scaf-tiny"


@dataclass(frozen=True)
class Case:
    """A face as the annotator meets it: what the model said, what the truth is, and the inter-ocular distance."""

    predicted: Float64
    belief: Belief
    truth: Float64
    size: float
    confidence: Float64


def prior(labels: Float64 | None, scheme: Scheme = SCHEME) -> ShapePrior:
    return ShapePrior(scheme.template_shape * [scheme.template_aspect, 1.0], scheme.flip_index, labels)


def drawn(count: int, pool: list[LabelledFace], seed: int) -> list[LabelledFace]:
    """The faces that ``benchmarks.fewshot`` trains its model of that many labels on."""
    return [pool[i] for i in np.random.default_rng(1000 + seed).permutation(len(pool))[:count]]


def cases(count: int, test: list[LabelledFace], pool: list[LabelledFace], options: argparse.Namespace) -> list[Case]:
    """The test faces under a model of ``count`` labels and the prior of the same."""
    labels = drawn(count, pool, options.seed)
    folder = options.out / f"{PRESET}-{count}-{options.seed}"
    if not (folder / checkpoints.CARD).is_file():
        preset = presets.load(PRESET)
        begun = weights.shipped(preset)
        checkpoints.save(folder, train(preset, SCHEME, labels, seed=options.seed, pretrained=begun))
    model = checkpoints.load(folder)
    found = predict(model, [FaceToPredict(face.id, face.image, face.box) for face in test], scores=())
    if found.failures:
        raise SystemExit(f"{len(found.failures)} faces cannot be read")
    truths = np.stack([face.shape for face in test])
    shapes = prior(np.stack([face.shape for face in labels]))
    share = model.preset.margin * model.preset.sigma / model.preset.network.heatmap_size
    sizes = normaliser(SCHEME, truths, "inter-ocular")
    made = []
    for row, face in enumerate(test):
        shape, sure = found.shapes[row].astype(np.float64), found.confidence[row].astype(np.float64)
        belief = fusion.predicted(shapes, shape, sure, share * max(face.box.width, face.box.height))
        made.append(Case(shape, belief, face.shape, float(sizes[row]), sure))
    return made


Next = Callable[[Float64, Belief, set[int]], int]
"""Which landmark the annotator corrects next: (errors (L,) in sizes of the face, belief, touched ones) -> landmark."""


def worst(errors: Float64, belief: Belief, touched: set[int]) -> int:
    return int(errors.argmax())


def by_gain(errors: Float64, belief: Belief, touched: set[int]) -> int:
    return int(belief.expected_gains().argmax())


def by_confidence(confidence: Float64) -> Next:
    order = np.argsort(confidence, kind="stable").tolist()
    return lambda errors, belief, touched: next(i for i in order if i not in touched)


def corrections(case: Case, limit: float, spread: bool, choose: Next = worst) -> tuple[int, list[float]]:
    """How many until all points are within ``limit``, and the NME before each."""
    belief, touched, course = case.belief, set[int](), []
    shape = belief.points if spread else case.predicted
    while True:
        errors = np.hypot(*(shape - case.truth).T) / case.size
        course.append(float(errors.mean()))
        if (errors <= limit).all():
            return len(touched), course
        index = choose(errors, belief, touched)
        touched.add(index)
        place = case.truth[index]
        if spread:
            belief = belief.corrected({i: (case.truth[i, 0], case.truth[i, 1]) for i in (*touched,)})
            shape = belief.points
        else:
            shape = shape.copy()
            shape[index] = place


def means(found: list[Case], spread: bool) -> dict[str, float]:
    return {
        f"clicks_{100 * limit:.0f}": float(np.mean([corrections(case, limit, spread)[0] for case in found]))
        for limit in LIMITS
    }


def course(found: list[Case], spread: bool) -> list[float]:
    """Mean NME in per cent after each number of ``CLICKS``; a face that is done keeps its last."""
    lines = [corrections(case, LIMITS[1], spread)[1] for case in found]
    return [float(np.mean([100 * line[min(n, len(line) - 1)] for line in lines])) for n in CLICKS]


def calibration(found: list[Case], clicks: int) -> tuple[float, float]:
    """Root-mean-square error and expected error in per cent of the inter-ocular distance, of the points that nobody
    has touched after so many corrections by expected gain."""
    errors, expected = [], []
    for case in found:
        belief = case.belief
        touched: list[int] = []
        for _ in range(clicks):
            touched.append(int(belief.expected_gains().argmax()))
            belief = belief.corrected({i: (case.truth[i, 0], case.truth[i, 1]) for i in touched})
        free = np.setdiff1d(np.arange(SCHEME.size), touched)
        errors.append(np.hypot(*(belief.points - case.truth)[free].T) / case.size)
        expected.append(belief.expected_errors[free] / case.size)
    return tuple(100 * float(np.sqrt(np.mean(np.square(part)))) for part in (errors, expected))  # type: ignore[return-value]


def without_a_model(test: list[LabelledFace], shapes: ShapePrior, clicks: int) -> float:
    """Mean error in per cent of the inter-ocular distance of the other points, once ``clicks`` chosen by expected gain
    are placed on the mean shape in the face's box."""
    errors = []
    for face in test:
        size = float(normaliser(SCHEME, face.shape[None], "inter-ocular")[0])
        start = SCHEME.template_shape * [face.box.width, face.box.height] + [face.box.left, face.box.top]
        belief = fusion.expected(shapes, start)
        touched: list[int] = []
        for _ in range(clicks):
            touched.append(int(belief.expected_gains().argmax()))
            belief = belief.corrected({i: (face.shape[i, 0], face.shape[i, 1]) for i in touched})
        free = np.setdiff1d(np.arange(SCHEME.size), touched)
        errors.append(100 * float(np.hypot(*(belief.points - face.shape)[free].T).mean()) / size)
    return float(np.mean(errors))


def milliseconds(work: Callable[[], object]) -> float:
    """The processor's time of one call, the least of 50."""
    spent = []
    for _ in range(50):
        before = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - before))
    return min(spent)


def costs() -> list[str]:
    lines = ["| points | seeing a face for the first time | a drag's update, 1 touched | 10 | 40 | expected gains |"]
    lines.append("|---|---|---|---|---|---|")
    for name in ("300w-68", "wflw-98"):
        scheme = schemes.load(name)
        shapes = prior(None, scheme)
        shape = 200 * shapes.mean + 500
        seen = partial(fusion.predicted, shapes, shape, np.full(scheme.size, 0.7), 20.0)
        belief = seen()
        first = milliseconds(seen)
        touched = [{i: (shape[i, 0] + 3, shape[i, 1]) for i in range(count)} for count in (1, 10, 40)]
        updates = [milliseconds(partial(belief.corrected, places)) for places in touched]
        told = " | ".join(f"{value:.2f} ms" for value in (first, *updates, milliseconds(belief.expected_gains)))
        lines.append(f"| {scheme.size} | {told} |")
    return lines


def report(by_labels: dict[int, list[Case]], test: list[LabelledFace], shapes: ShapePrior, where: str) -> list[str]:
    lines = [
        f"{len(test)} faces of {where}; preset {PRESET}, pretrained weights as shipped; the annotator corrects the "
        "worst point. Means over faces.",
        "",
        "| labels | all points within | corrections without | with | saved |",
        "|---|---|---|---|---|",
    ]
    for count, found in by_labels.items():
        without, spreading = means(found, False), means(found, True)
        for limit in LIMITS:
            one, other = without[f"clicks_{100 * limit:.0f}"], spreading[f"clicks_{100 * limit:.0f}"]
            lines.append(
                f"| {count} | {100 * limit:.0f} % | {one:.1f} | {other:.1f} | {100 * (1 - other / one):.0f} % |"
            )
    lines += ["", "## NME after so many corrections, per cent", ""]
    lines += ["| labels | spreading | " + " | ".join(map(str, CLICKS)) + " |", "|---|---|" + "---|" * len(CLICKS)]
    for count, found in by_labels.items():
        for spread in (False, True):
            values = " | ".join(f"{value:.2f}" for value in course(found, spread))
            lines.append(f"| {count} | {'with' if spread else 'without'} | {values} |")
    lines += ["", "## Following a list of points in doubt instead of seeing which is worst, with spreading", ""]
    lines += ["| labels | all points within | expected gain | confidence |", "|---|---|---|---|"]
    for count, found in by_labels.items():
        for limit in LIMITS:
            gain = np.mean([corrections(case, limit, True, by_gain)[0] for case in found])
            sure = np.mean([corrections(case, limit, True, by_confidence(case.confidence))[0] for case in found])
            lines.append(f"| {count} | {100 * limit:.0f} % | {gain:.1f} | {sure:.1f} |")
    lines += ["", "## Expected error against the true one (root mean square, per cent), points not touched", ""]
    lines += ["| labels | corrections | error | expected |", "|---|---|---|---|"]
    for count, found in by_labels.items():
        for clicks in (0, 3, 8):
            error, expected = calibration(found, clicks)
            lines.append(f"| {count} | {clicks} | {error:.1f} | {expected:.1f} |")
    lines += ["", "## No model yet: mean error of the other points after placing some, per cent", ""]
    lines += ["| prior | 0 | 3 | 5 | 8 | 12 |", "|---|---|---|---|---|---|"]
    for name, given in (("the scheme's template", prior(None)), (f"{LABELS[0]} labels", shapes)):
        values = " | ".join(f"{without_a_model(test, given, clicks):.1f}" for clicks in (0, 3, 5, 8, 12))
        lines.append(f"| {name} | {values} |")
    return [*lines, "", "## What it costs (one thread)", "", *costs()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print only the mean corrections of both models")
    parser.add_argument("--faces", type=Path, default=FACES)
    parser.add_argument("--split", choices=("devtest", "pool"), default="devtest")
    parser.add_argument("--count", type=int, default=100, help="faces to measure on")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("corrections-runs"), help="where trained models are kept")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables there as well")
    options = parser.parse_args()
    torch.set_num_threads(1)
    pool = load_faces(options.faces, "pool")
    order = np.random.default_rng(7).permutation(len(pool)).tolist()
    rest = [pool[i] for i in order[VALIDATION:]]
    held = load_faces(options.faces, "devtest")
    if options.split == "pool":
        held = [pool[i] for i in order[:VALIDATION]]
    test = [held[i] for i in np.random.default_rng([options.seed, 1]).permutation(len(held))[: options.count]]
    by_labels = {count: cases(count, test, rest, options) for count in LABELS}
    if options.json:
        everyone = [case for found in by_labels.values() for case in found]
        print(json.dumps({"with": means(everyone, True), "without": means(everyone, False)}))
        return
    shapes = prior(np.stack([face.shape for face in drawn(LABELS[0], rest, options.seed)]))
    lines = [
        "# Corrections that spread",
        "",
        f"Written by `python -m benchmarks.corrections --split {options.split} --count {options.count} --seed "
        f"{options.seed}` (facelabel {facelabel.__version__}, {platform.machine()}, load average "
        f"{os.getloadavg()[0]:.1f}).",
        "",
        *report(by_labels, test, shapes, options.split),
        "",
    ]
    print("\n".join(lines))
    if options.write is not None:
        options.write.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
