"""How fast a batch is chosen: k-center greedy beside the implementations that others use, and every strategy.

    python benchmarks/acquisition.py                          k-center beside its peers, 100,000 x 512, 500 picks
    python benchmarks/acquisition.py --picks 50               the same in a tenth of the time
    python benchmarks/acquisition.py --strategies             choosing 10 of 100,000 faces, strategy by strategy
    python benchmarks/acquisition.py --memory-map 1000000     a half-precision memory map, with the memory it takes

All run in one process, one after the other, on as many threads as ``--threads`` says. A machine that has other work
shows in the wall time, hardly in the processor's time: the ratios are of the latter, the least of ``--repeats``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from facelabel.acquisition import Pool, choose, k_center_greedy, strategies

Features = npt.NDArray[np.floating[Any]]
LANDMARKS = 68


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
    """Farthest point sampling of scikit-matter."""
    from skmatter.sample_selection import FPS

    selector = FPS(n_to_select=k + 1, initialize=0).fit(features)
    return [int(row) for row in selector.selected_idx_[1:]]


def plain(features: Features, k: int) -> list[int]:
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


PEERS: dict[str, tuple[Callable[[Features, int], list[int]], str | None]] = {
    "facelabel": (ours, None),
    "scikit-learn pairwise": (scikit_learn, "sklearn"),
    "scikit-matter FPS": (scikit_matter, "skmatter"),
    "numpy plain loop": (plain, None),
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


def timed(work: Callable[[], Any], repeats: int) -> tuple[Any, float, float]:
    """The result, the least processor seconds and the least wall seconds."""
    spent = []
    for _ in range(repeats):
        wall, busy = time.perf_counter(), time.process_time()
        result = work()
        spent.append((time.process_time() - busy, time.perf_counter() - wall))
    return result, min(busy for busy, _ in spent), min(wall for _, wall in spent)


def beside_peers(rows: int, width: int, picks: int, repeats: int) -> list[dict[str, Any]]:
    lines = []
    for kind in ("gaussian", "curved"):
        features = embeddings(rows, width, kind)
        reference: list[int] = []
        base = 0.0
        print(f"\nk-center greedy, {rows:,} x {width} float32, {picks} picks, {kind}")
        for name, (run, module) in PEERS.items():
            if module is not None and importlib.util.find_spec(module) is None:
                print(f"  {name:24} not installed")
                continue
            found, busy, wall = timed(partial(run, features, picks), repeats)
            if not reference:
                reference, base = found, busy
            line = {"data": kind, "name": name, "cpu_s": busy, "wall_s": wall, "ratio": busy / base}
            line["same_picks"] = found == reference
            lines.append(line)
            same = "same picks" if found == reference else "OTHER PICKS"
            print(f"  {name:24} {busy:8.2f} s cpu {wall:8.2f} s wall {busy / base:7.1f} x  {same}", flush=True)
    return lines


def every_strategy(rows: int, width: int, k: int, repeats: int) -> list[dict[str, Any]]:
    rng = np.random.default_rng(0)
    middle = rng.uniform(30, 200, size=(LANDMARKS, 2))
    shapes = (middle + 3 * rng.standard_normal((rows, LANDMARKS, 2))).astype(np.float32)
    other = shapes + rng.standard_normal(shapes.shape, dtype=np.float32)
    pool = Pool(
        np.arange(rows) < 50,
        scores={"nnm": -rng.random(rows), "entropy": rng.random(rows)},
        embeddings=embeddings(rows, width, "curved"),
        shapes=shapes,
        mirrored=other,
        committee=other,
        augmented=np.stack([shapes, other], axis=1),
        confidence=rng.random((rows, LANDMARKS), dtype=np.float32),
        seconds=rng.uniform(20, 90, rows),
        truths=shapes[:50],
    )
    print(f"\n{k} of {rows:,} faces, embeddings of {width}, {LANDMARKS} landmarks")
    lines = []
    for name in strategies():
        choice, busy, wall = timed(partial(choose, name, pool, k), repeats)
        lines.append({"strategy": name, "cpu_s": busy, "wall_s": wall})
        print(f"  {name:24} {busy:8.2f} s cpu {wall:8.2f} s wall  {choice.notice or ''}", flush=True)
    return lines


def memory_mapped(rows: int, width: int, picks: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "features.npy"
        features = np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=(rows, width))
        rng = np.random.default_rng(0)
        for start in range(0, rows, 20_000):
            portion = features[start : start + 20_000]
            portion[:] = rng.standard_normal(portion.shape, dtype=np.float32)
        features.flush()
        features = np.load(path, mmap_mode="r")
        _, busy, wall = timed(lambda: ours(features, picks), 1)
        tracemalloc.start()
        ours(features, picks)
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
    print(f"\nk-center greedy on a memory map, {rows:,} x {width} float16, {picks} picks")
    print(f"  {busy:.2f} s cpu {wall:.2f} s wall, {peak:.0f} MiB of {rows * width * 2 / 2**20:.0f} MiB held")
    return {"rows": rows, "width": width, "picks": picks, "cpu_s": busy, "wall_s": wall, "peak_mib": peak}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--width", type=int, default=512)
    parser.add_argument("--picks", type=int, default=500)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--strategies", action="store_true")
    parser.add_argument("--memory-map", type=int, metavar="ROWS")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    asked = parser.parse_args()
    threadpool_limits(asked.threads)
    print(f"{platform.machine()}, {os.cpu_count()} cores, {asked.threads} thread(s), numpy {np.__version__}")
    figures: dict[str, Any] = {"threads": asked.threads, "numpy": np.__version__}
    if asked.strategies:
        figures["strategies"] = every_strategy(asked.rows, asked.width, 10, asked.repeats)
    elif asked.memory_map:
        figures["memory_map"] = memory_mapped(asked.memory_map, asked.width, asked.picks)
    else:
        figures["k_center"] = beside_peers(asked.rows, asked.width, asked.picks, asked.repeats)
    if asked.out:
        asked.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
