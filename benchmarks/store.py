"""How the store holds up with 100,000 faces, next to sqlite3 by hand doing the same work on the same file.

    python benchmarks/store.py [--faces 100000] [--labels 300] [--folder FOLDER]

Both sides run the store's durable settings (WAL, synchronous=FULL): a label is on the disk before it counts as saved.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table as Printed
from sqlalchemy import insert

from facelabel import schemes
from facelabel.store import faces, labels, predictions, versions
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image

EMBEDDED = 2_000


def build(project: Project, count: int) -> int:
    """``count`` faces, one an image, all scored; shapes and embeddings for a bounded part. Returns the version's id."""
    rng, size = np.random.default_rng(0), project.scheme.size
    with project.writing() as s:
        s.execute(
            insert(Image),
            [
                {
                    "path": f"photos/{n:06d}.jpg",
                    "relative": True,
                    "sha256": f"{n:064x}",
                    "width": 640,
                    "height": 480,
                    "bytes_": 1,
                }
                for n in range(count)
            ],
        )
        box = {"left": 1.0, "top": 2.0, "width": 100.0, "height": 100.0, "box_source": "detector"}
        s.execute(insert(Face), [{"image_id": n + 1, **box} for n in range(count)])
        version = versions.add(
            s, preset="scaf-tiny", seed=0, labels=10, data_hash="", parent_id=None, seconds=1.0, metrics={}
        )
        ids = list(range(1, count + 1))
        for function in ("nnm", "entropy"):
            predictions.save_scores(s, version.id, function, ids, rng.random(count))
        some, part = ids[:EMBEDDED], min(EMBEDDED, count)
        shapes = rng.random((part, size, 2)).astype(np.float32)
        predictions.save(s, version.id, some, shapes, rng.random((part, size)).astype(np.float32))
        predictions.save_embeddings(s, version.id, some, rng.random((part, 99)).astype(np.float32))
    return version.id


def milliseconds(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def through_the_store(project: Project, version_id: int, repeats: int, count: int) -> dict[str, list[float]]:
    size = project.scheme.size
    record = LabelRecord(np.ones((size, 2)), ("visible",) * size, ("accepted",) * size, np.zeros(size), {})
    todo = iter(range(1, count + 1))

    def read(query: Callable[..., object], *arguments: object) -> Callable[[], object]:
        def run() -> object:
            with project.reading() as s:
                return query(s, *arguments)

        return run

    def accept() -> None:
        with project.writing() as s:
            labels.add(s, next(todo), record, author="bench", origin="desk", seconds=1.0)

    return {
        "counts": milliseconds(read(faces.counts), 20),
        "open_ids": milliseconds(read(faces.open_ids), 20),
        "scores of all faces": milliseconds(read(predictions.scores, version_id, "nnm"), 5),
        "accept one label (commit)": milliseconds(accept, repeats),
        "newest labels of all labelled": milliseconds(read(labels.newest_of, None), 5),
    }


@contextmanager
def by_hand(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            plain.execute(f"pragma {pragma}").close()
        yield plain


def through_sqlite3(path: Path, version_id: int, repeats: int, count: int, size: int) -> dict[str, list[float]]:
    todo, moment = iter(range(count // 2 + 1, count + 1)), "2026-01-01 00:00:00.000000"
    with by_hand(path) as plain:

        def read(query: str, *arguments: object) -> Callable[[], object]:
            return lambda: plain.execute(query, arguments).fetchall()

        def accept() -> None:
            face_id = next(todo)
            plain.execute("begin immediate")
            plain.execute("update face set state = 'labelled', reason = null where id = ?", (face_id,))
            made = plain.execute(
                "insert into revision (face_id, number, author, created_at, origin, attributes, seconds) "
                "select ?, coalesce(max(number), 0) + 1, 'bench', ?, 'desk', '{}', 1.0 from revision where face_id = ?",
                (face_id, moment, face_id),
            )
            plain.executemany(
                "insert into landmark values (?, ?, ?, ?, 'visible', 'accepted', 0)",
                [(made.lastrowid, i, 1.0, 1.0) for i in range(size)],
            )
            plain.execute("delete from draft where face_id = ?", (face_id,))
            plain.execute("commit")

        return {
            "counts": milliseconds(read("select state, count(*) from face group by state"), 20),
            "open_ids": milliseconds(read("select id from face where state = 'open' order by id"), 20),
            "scores of all faces": milliseconds(
                read("select face_id, value from score where model_version_id = ? and function = 'nnm'", version_id), 5
            ),
            "accept one label (commit)": milliseconds(accept, repeats),
            "newest labels of all labelled": milliseconds(
                read(
                    "select * from landmark join revision r on r.id = revision_id where (r.face_id, r.number) in "
                    '(select face_id, max(number) from revision group by face_id) order by r.face_id, "index"'
                ),
                5,
            ),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=int, default=100_000)
    parser.add_argument("--labels", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="where to build the project; a temporary folder when left out")
    given = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        start = time.perf_counter()
        with Project.create(Path(folder) / "p", scheme=schemes.load("300w-68")) as project:
            version_id = build(project, given.faces)
            built, path = time.perf_counter() - start, project.folder / "project.sqlite"
            ours = through_the_store(project, version_id, given.labels, given.faces)
            size = project.scheme.size
        hand = through_sqlite3(path, version_id, given.labels, given.faces, size)
        megabytes = path.stat().st_size / 1e6
    console.print(f"{given.faces:,} faces with two scores each, built in {built:.1f} s, {megabytes:.0f} MB")
    table = Printed("work", "store p50", "store p99", "sqlite3 p50", "sqlite3 p99", title="milliseconds")
    for name, times in ours.items():
        row = [f"{value:.2f}" for taken in (times, hand[name]) for value in (statistics.median(taken), _p99(taken))]
        table.add_row(name, *row)
    console.print(table)


def _p99(times: list[float]) -> float:
    return float(np.quantile(times, 0.99))


if __name__ == "__main__":
    main()
