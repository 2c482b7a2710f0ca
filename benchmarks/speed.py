"""How much faster training and scoring are than the same in plain PyTorch (``benchmarks/plain.py``).

    python -m benchmarks.speed [--turns 7] [--threads 1 2] [--write docs/results/speed.md]

Faces are rendered and saved as JPEG: as photos of 1,000 x 600 pixels with a face of about 250, as crops of 320, and as
the same photos enlarged to what a phone takes (the first number of threads only). Each side is a process of its own
that waits until it is told to take a turn; the sides take turns, so that whatever else runs on the machine meets both.
A turn of training is ``STEPS`` steps of the preset's batch, a turn of scoring ``FACES`` faces, both from the files on
the disk to the weights, or to shapes, confidence, NNM and entropy, with the mirrored face averaged in. What facelabel
keeps of an earlier turn (decoded crops) is kept as it is from round to round; ``first`` are turns with nothing kept.

Medians of the turns. ``ratio`` is the median of the ratios of turns that follow each other, by the clock; ``CPU ratio``
the same by processor time, which other work on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PRESET, SCHEME = "scaf-tiny", "300w-68"
FACES, STEPS = 64, 10
SIDES = ("facelabel", "first", "plain")
KINDS = {"photos": "photos of 1,000 x 600", "crops": "crops of 320 x 320", "phone": "photos of 4,000 x 2,400"}


def render(folder: Path) -> None:
    import cv2
    import numpy as np

    from facelabel.rendering import render_face, render_scene

    for kind in KINDS:
        (folder / kind).mkdir()
    for seed in range(FACES):
        photo, (face, *_) = render_scene(seed, (1000, 600), 1)
        small = render_face(seed, 320)
        large = cv2.resize(photo, (4000, 2400), interpolation=cv2.INTER_CUBIC)
        for kind, image, shape in (
            ("photos", photo, face.shape68),
            ("crops", small.image, small.shape68),
            ("phone", large, 4 * face.shape68 + 1.5),
        ):
            path = folder / kind / f"{seed:03}.jpg"
            cv2.imwrite(str(path), image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
            np.save(path.with_suffix(".npy"), shape)


def work(side: str, what: str, folder: Path, threads: int) -> None:
    """A side's process: a turn for each line read, its seconds and processor seconds in a line written."""
    import cv2
    import numpy as np
    import torch

    from benchmarks import plain
    from facelabel import schemes
    from facelabel.geometry import Box
    from facelabel.learning import presets
    from facelabel.learning.faces import LabelledFace
    from facelabel.learning.prediction import predict
    from facelabel.learning.training import train
    from facelabel.networks import Scaf

    torch.set_num_threads(threads)
    cv2.setNumThreads(threads)
    preset, scheme = presets.load(PRESET), schemes.load(SCHEME)
    shapes = [np.load(path) for path in sorted(folder.glob("*.npy"))]
    images = sorted(folder.glob("*.jpg"))
    faces = [
        LabelledFace(index, image, Box.around(shape), shape)
        for index, (image, shape) in enumerate(zip(images, shapes, strict=True))
    ]
    model = train(preset, scheme, faces, seed=0, steps=2)
    cache = folder / f"cache-{what}-{threads}" if side == "facelabel" else None
    turn: Callable[[], object]
    if side == "plain":
        network = Scaf(preset.network, scheme.size)
        network.load_state_dict(model.network.state_dict())
        trainer = plain.Trainer(network, preset)
        batches = plain.endless(plain.TrainingFaces(faces, preset, scheme, seed=0), preset.training.batch, seed=0)
        if what == "train":
            turn = lambda: [trainer.step(*next(batches)) for _ in range(STEPS)]  # noqa: E731
        else:
            turn = lambda: plain.score(network, faces, preset, scheme)  # noqa: E731
    elif what == "train":
        turn = lambda: train(preset, scheme, faces, seed=0, steps=STEPS, cache=cache)  # noqa: E731
    else:
        turn = lambda: predict(model, faces, cache=cache, scores=("nnm", "entropy"))  # noqa: E731
    turn()
    print("ready", flush=True)
    for _ in sys.stdin:
        clock, cpu = time.perf_counter(), time.process_time()
        turn()
        print(time.perf_counter() - clock, time.process_time() - cpu, flush=True)


class Side:
    """One process; ``turn`` waits for it."""

    def __init__(self, side: str, what: str, folder: Path, threads: int) -> None:
        command = [sys.executable, "-m", "benchmarks.speed", "--work", side, what, str(folder), str(threads)]
        environment = os.environ | {"OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "PASSIVE"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self._read()

    def _read(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("a side of the race has ended: see its message above")
        return line

    def turn(self) -> tuple[float, float]:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        wall, cpu = self._read().split()
        return float(wall), float(cpu)

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def race(what: str, folder: Path, threads: int, turns: int) -> dict[str, list[tuple[float, float]]]:
    """(seconds, processor seconds) of every turn of every side."""
    sides = {side: Side(side, what, folder, threads) for side in SIDES}
    times: dict[str, list[tuple[float, float]]] = {side: [] for side in SIDES}
    for _ in range(turns):
        for side, process in sides.items():
            times[side].append(process.turn())
    for process in sides.values():
        process.end()
    return times


def row(what: str, kind: str, threads: int, times: dict[str, list[tuple[float, float]]]) -> str:
    from statistics import median

    from facelabel.learning import presets

    images = FACES if what == "score" else STEPS * presets.load(PRESET).training.batch
    speed = {side: images / median(wall for wall, _ in taken) for side, taken in times.items()}

    def ratio(side: str, clock: int) -> float:
        return median(slow[clock] / fast[clock] for fast, slow in zip(times[side], times["plain"], strict=True))

    cells = [
        {"train": "training", "score": "scoring"}[what],
        KINDS[kind],
        str(threads),
        *(f"{speed[side]:.1f}" for side in ("plain", "first", "facelabel")),
        f"{ratio('first', 0):.2f}",
        f"**{ratio('facelabel', 0):.2f}**",
        f"{ratio('facelabel', 1):.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--what", nargs="+", choices=["train", "score"], default=["train", "score"])
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--write", type=Path)
    parser.add_argument("--work", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        side, what, folder, threads = options.work
        work(side, what, Path(folder), int(threads))
        return
    folder = Path(tempfile.mkdtemp(prefix="facelabel-speed-"))
    before = os.getloadavg()[0]
    try:
        render(folder)
        lines = [
            "| | pictures | threads | plain, images/s | facelabel first | facelabel "
            "| ratio first | ratio | CPU ratio |",
            "|---|---|---|---|---|---|---|---|---|",
        ]
        print("\n".join(lines), flush=True)
        for what in options.what:
            for kind in options.kinds:
                for threads in options.threads[:1] if kind == "phone" else options.threads:
                    lines.append(row(what, kind, threads, race(what, folder / kind, threads, options.turns)))
                    print(lines[-1], flush=True)
    finally:
        shutil.rmtree(folder)
    if options.write:
        options.write.write_text(report(lines, options.turns, before), encoding="utf-8")


def report(lines: list[str], turns: int, before: float) -> str:
    import platform

    import torch

    table = "\n".join(lines)
    return f"""# Training and scoring against plain PyTorch

Written by `python -m benchmarks.speed --turns {turns} --write docs/results/speed.md`, which says how it is measured;
`tests/learning/test_plain.py` holds losses and scores of both sides together to 1e-4.

{table}

- preset {PRESET}, {SCHEME}; training: {STEPS} steps a turn, loading included; scoring: {FACES} faces a turn
- {turns} turns a side, in alternation; medians. Several threads of scoring take a batch each
- `first`: nothing kept of earlier rounds, so every picture is decoded once; later rounds find the crops on the disk
- {os.cpu_count()} cores ({platform.machine()}), load average before and after: {before:.1f}, {os.getloadavg()[0]:.1f};
  torch {torch.__version__}, Python {platform.python_version()}
"""


if __name__ == "__main__":
    main()
