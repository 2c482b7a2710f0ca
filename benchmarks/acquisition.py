"""How fast a batch is chosen and heatmaps are scored, beside the implementations that others use, in one run.

    python -m benchmarks.acquisition                              all of it; some minutes on a quiet machine
    python -m benchmarks.acquisition --only maps strategies       parts: peers, maps, strategies, memory-map
    python -m benchmarks.acquisition --only peers --picks 50      k-center in a tenth of the time
    python -m benchmarks.acquisition --write docs/results/acquisition-speed.md

``peers``: k-center greedy, 100,000 x 512 float32, 500 picks; before each peer facelabel takes a turn of its own, and a
ratio is of turns that follow each other. scikit-matter takes part where it is installed (``pip install skmatter``).
``maps``: decoding, NNM and entropy of 16 faces' 98 maps of 128 x 128 against plain PyTorch (``benchmarks/plain.py``)
and against one read of the maps, in alternation, on two threads. ``strategies``: 10 of 100,000 faces by each of them.
``memory-map``: k-center on a million rows of half precision, with the memory that it takes.

Medians of the turns. A machine that has other work shows in the wall time, less in the processor's: read that first.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from facelabel.acquisition import Pool, choose, entropy, k_center_greedy, nnm, strategies, window_for

Features = npt.NDArray[np.floating[Any]]
LANDMARKS = 68
ROWS, WIDTH = 100_000, 512
SIGMA, MAPS = 7.0, (16, 98, 128, 128)
KINDS = {"gaussian": "independent values", "curved": "24 true dimensions, bent, and noise"}


def scikit_learn(features: Features, k: int) -> list[int]:
    """Sener's core-set loop as google/active-learning and the packages after it have it: pairwise_distances a pick."""
    from sklearn.metrics import pairwise_distances

    nearest = pairwise_distances(features, features[:1], metric="euclidean").min(axis=1)
    picks = []
    for _ in range(k):
        picks.append(int(np.argmax(nearest)))
        gaps = pairwise_distances(features, features[picks[-1:]], metric="euclidean")
        nearest = np.minimum(nearest, gaps[:, 0])
    return picks


def scikit_matter(features: Features, k: int) -> list[int]:
    """Farthest point sampling of scikit-matter, begun at the same row."""
    from skmatter.sample_selection import FPS

    selector = FPS(n_to_select=k + 1, initialize=0).fit(features)
    return [int(row) for row in selector.selected_idx_[1:]]


def plain_loop(features: Features, k: int) -> list[int]:
    """The plain loop with one matrix-vector product a pick, all N distances each time."""
    squares = np.einsum("nd,nd->n", features, features)
    nearest = squares + squares[0] - 2 * (features @ features[0])
    picks = []
    for _ in range(k):
        pick = int(np.argmax(nearest))
        picks.append(pick)
        np.minimum(nearest, squares + squares[pick] - 2 * (features @ features[pick]), out=nearest)
    return picks


def ours(features: Features, k: int) -> list[int]:
    return k_center_greedy(features, labelled=[0], k=k)


PEERS: dict[str, tuple[Callable[[Features, int], list[int]], str]] = {
    "scikit-learn pairwise": (scikit_learn, "sklearn"),
    "scikit-matter FPS": (scikit_matter, "skmatter"),
    "NumPy, plain loop": (plain_loop, "numpy"),
}


def embeddings(rows: int, width: int, kind: str) -> npt.NDArray[np.float32]:
    """``gaussian``, independent values; ``curved``, 24 true dimensions bent into ``width`` and a little noise."""
    rng = np.random.default_rng(0)
    if kind == "gaussian":
        return rng.standard_normal((rows, width), dtype=np.float32)
    hidden = rng.standard_normal((rows, 24), dtype=np.float32) * np.geomspace(1, 0.1, 24, dtype=np.float32)
    bent = np.tanh(hidden @ rng.standard_normal((24, 128), dtype=np.float32))
    flat: npt.NDArray[np.float32] = bent @ rng.standard_normal((128, width), dtype=np.float32) / np.float32(11)
    return flat + np.float32(0.1) * rng.standard_normal((rows, width), dtype=np.float32)


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """The result, processor seconds and seconds."""
    wall, busy = time.perf_counter(), time.process_time()
    result = work()
    return result, time.process_time() - busy, time.perf_counter() - wall


def table(head: str, lines: list[list[str]]) -> str:
    columns = [cell.strip() for cell in head.split("|")]
    rule = ["---"] + ["---:"] * (len(columns) - 1)
    return "\n".join(f"| {' | '.join(line)} |" for line in (columns, rule, *lines))


def peers(asked: argparse.Namespace) -> str:
    lines = []
    for kind in asked.embeddings:
        text, features = KINDS[kind], embeddings(ROWS, WIDTH, kind)
        for name, (run, module) in PEERS.items():
            if importlib.util.find_spec(module) is None:
                lines.append([name, text, "not installed: left out", "", "", "", ""])
                continue
            turns = []
            for _ in range(asked.turns):
                picks, busy, wall = timed(partial(ours, features, asked.picks))
                found, their_busy, their_wall = timed(partial(run, features, asked.picks))
                turns.append((busy, wall, their_busy, their_wall))
            middle = [median(column) for column in zip(*turns, strict=True)]
            ratios = [median(turn[2 + i] / turn[i] for turn in turns) for i in range(2)]
            same = "the same" if found == picks else "OTHERS"
            numbers = [f"{middle[i]:.2f}" for i in (0, 2, 1, 3)]
            lines.append([name, text, same, *numbers[:2], f"**{ratios[0]:.1f}**", f"{ratios[1]:.1f}"])
            print(lines[-1], flush=True)
    head = "peer | embeddings | picks | facelabel, CPU s | peer, CPU s | CPU ratio | ratio by the clock"
    return f"""{ROWS:,} x {WIDTH} float32, {asked.picks} picks, {asked.threads} thread(s).
Goals: 40 times the scikit-learn loop, 10 times scikit-matter, with the same picks.

{table(head, lines)}
"""


def heatmaps() -> npt.NDArray[np.float32]:
    """Peaks of every height on a ground that is not quite even, as a network draws them."""
    import cv2

    rng = np.random.default_rng(0)
    count, landmarks, size, _ = MAPS
    grid = np.arange(size, dtype=np.float32)
    maps = np.empty(MAPS, dtype=np.float32)
    for index in np.ndindex(count, landmarks):
        x, y = rng.uniform(10, size - 11, 2)
        across, down = (np.exp(-((grid - at) ** 2) / (2 * SIGMA**2)) for at in (x, y))
        ground = cv2.GaussianBlur(rng.standard_normal((size, size), dtype=np.float32), (0, 0), 2)
        maps[index] = rng.uniform(0.3, 1) * np.outer(down, across) + 0.1 * ground
    return maps


def read_out(maps: npt.NDArray[np.float32]) -> tuple[Features, ...]:
    from facelabel.learning.heatmaps import decode

    points, maxima = decode(maps, SIGMA)
    return points, maxima, nnm(maps, points, window_for(SIGMA)), entropy(maps)


def maps(asked: argparse.Namespace) -> str:
    import cv2
    import torch

    from benchmarks import plain

    threads = 2
    torch.set_num_threads(threads)
    cv2.setNumThreads(1)
    stack = heatmaps()
    tensor = torch.from_numpy(stack)
    with ThreadPoolExecutor(threads) as pool:
        sides: dict[str, Callable[[], Any]] = {
            "facelabel": lambda: list(pool.map(read_out, np.split(stack, len(stack)))),
            "plain PyTorch": lambda: plain.score_maps(tensor, SIGMA),
            "one read of the maps": lambda: list(pool.map(np.max, stack)),
        }
        parts, wanted = sides["facelabel"](), sides["plain PyTorch"]()
        found = [np.concatenate(part) for part in zip(*parts, strict=True)]
        plain_values = (wanted.shapes, wanted.maxima, wanted.nnm, wanted.entropy)
        gaps = [float(np.abs(a / b - 1).max()) for a, b in zip(found[1:], plain_values[1:], strict=True)]
        apart = float(np.abs(found[0] - wanted.shapes).max())
        turns = [[timed(side)[1:] for side in sides.values()] for _ in range(max(asked.turns, 7))]
    lines = []
    for number, name in enumerate(sides):
        cpu, wall = (1000 / len(stack) * median(turn[number][i] for turn in turns) for i in range(2))
        ratios = [median(turn[number][i] / turn[0][i] for turn in turns) for i in range(2)]
        lines.append([name, f"{cpu:.2f}", f"{wall:.2f}", f"**{ratios[0]:.2f}**", f"{ratios[1]:.2f}"])
    reads = 1 / float(lines[2][3].strip("*"))
    head = "| CPU ms a face | ms a face by the clock | CPU ratio to facelabel | ratio by the clock"
    count, landmarks, *size = MAPS
    return f"""{count} faces, {landmarks} maps of {size[0]} x {size[1]} each, {threads} threads.
Goal: 8 times as fast as plain PyTorch. facelabel takes {reads:.1f} times as long as reading the maps once.
Largest differences from plain PyTorch: landmarks {apart:.1e} pixels; maxima {gaps[0]:.1e}, NNM {gaps[1]:.1e},
entropy {gaps[2]:.1e} of the value.

{table(head, lines)}
"""


def every_strategy(asked: argparse.Namespace) -> str:
    rng = np.random.default_rng(0)
    middle = rng.uniform(30, 200, size=(LANDMARKS, 2))
    shapes = (middle + 3 * rng.standard_normal((ROWS, LANDMARKS, 2))).astype(np.float32)
    other = shapes + rng.standard_normal(shapes.shape, dtype=np.float32)
    pool = Pool(
        np.arange(ROWS) < 50,
        scores={"nnm": -rng.random(ROWS), "entropy": rng.random(ROWS), "mirror": rng.random(ROWS)},
        embeddings=embeddings(ROWS, WIDTH, "curved"),
        shapes=shapes,
        committee=other,
        augmented=np.stack([shapes, other], axis=1),
        confidence=rng.random((ROWS, LANDMARKS), dtype=np.float32),
        seconds=rng.uniform(20, 90, ROWS),
        truths=shapes[:50],
    )
    lines, missed = [], []
    for name in strategies():
        turns = [timed(partial(choose, name, pool, 10)) for _ in range(max(asked.turns, 3))]
        cpu, wall = median(turn[1] for turn in turns), median(turn[2] for turn in turns)
        lines.append([f"`{name}`", f"{cpu:.2f}", f"{wall:.2f}", turns[0][0].notice or ""])
        missed += [name] * (cpu >= 1)
        print(lines[-1], flush=True)
    said = f"missed by {', '.join(missed)}" if missed else "held by all"
    return f"""10 of {ROWS:,} faces, embeddings of {WIDTH}, {LANDMARKS} landmarks, {asked.threads} thread(s).
Goal: less than a second; by processor time it is {said}.

{table("strategy | CPU s | s by the clock | notice", lines)}
"""


def memory_map(asked: argparse.Namespace) -> str:
    rows = asked.mapped_rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "features.npy"
        features = np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=(rows, WIDTH))
        rng = np.random.default_rng(0)
        for start in range(0, rows, 20_000):
            portion = features[start : start + 20_000]
            portion[:] = rng.standard_normal(portion.shape, dtype=np.float32)
        features.flush()
        features = np.load(path, mmap_mode="r")
        lines = []
        for name in ("k-center", "typical-k-center", "typiclust"):
            pool = Pool(np.arange(rows) < 1, embeddings=features)
            _, cpu, wall = timed(partial(choose, name, pool, asked.picks))
            tracemalloc.start()
            choose(name, pool, asked.picks)
            peak = tracemalloc.get_traced_memory()[1] / 2**20
            tracemalloc.stop()
            lines.append([f"`{name}`", f"{cpu:.1f}", f"{wall:.1f}", f"{peak:.0f}"])
            print(lines[-1], flush=True)
    return f"""{asked.picks} of {rows:,} faces, embeddings of {WIDTH} in a half-precision memory map.
The file has {rows * WIDTH * 2 / 2**20:,.0f} MiB; the memory is what NumPy and Python had at most beside it.

{table("strategy | CPU s | s by the clock | MiB held", lines)}
"""


PARTS = {
    "peers": ("k-center greedy beside its peers", peers),
    "maps": ("Decoding, NNM and entropy", maps),
    "strategies": ("A batch by every strategy", every_strategy),
    "memory-map": ("A memory map", memory_map),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--embeddings", nargs="+", choices=list(KINDS), default=list(KINDS), help="of the peers' part")
    parser.add_argument("--picks", type=int, default=500)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1, help="of the linear algebra; maps takes two in any case")
    parser.add_argument("--mapped-rows", type=int, default=1_000_000)
    parser.add_argument("--write", type=Path, help="a report; the parts that are not measured now stay in it")
    asked = parser.parse_args()
    threadpool_limits(asked.threads)
    for name in asked.only:
        title, measure = PARTS[name]
        before = os.getloadavg()[0]
        text = f"{measure(asked)}\nLoad average before and after: {before:.1f}, {os.getloadavg()[0]:.1f}."
        print(f"\n{title}\n{text}", flush=True)
        if asked.write:
            write(asked.write, title, text)


def write(path: Path, title: str, text: str) -> None:
    """Put this part into the report, in place of what it said before."""
    there = path.read_text(encoding="utf-8").split("\n## ")[1:] if path.is_file() else []
    parts = dict(part.split("\n", 1) for part in there) | {title: f"{text}\n"}
    said = "\n".join(f"## {one}\n{parts[one].strip()}\n" for one, _ in PARTS.values() if one in parts)
    path.write_text(
        f"""# The speed of choosing
Written by `python -m benchmarks.acquisition --write`, which says how it is measured; {os.cpu_count()} cores
({platform.machine()}), NumPy {np.__version__}, Python {platform.python_version()}. With a load above the
number of cores the clock tells of the other work: compare the ratios of processor time.

{said}""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
