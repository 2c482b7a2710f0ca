"""How long a round takes as a project orders it: train on some labels, score the rest of the pool, in a worker process.

    python -m benchmarks.round --faces FOLDER [--preset scaf-tiny] [--labels 100] [--pool 1600] [--rounds 2]
        [--write docs/results/round.md]

``FOLDER`` holds ``300w/faces.csv`` (image, points, ..., split), of which only the split ``pool`` is used. The worker
has the threads that it has in the product (one core less than there are) and its niceness. The first round finds no
crops kept from before, later ones do; each has a seed of its own. ``processor s`` is what the worker computed: with one
thread the round takes as long where a core is free. NME: inter-ocular, % of the scored faces, from their labels' boxes.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.training import pool
from facelabel import schemes
from facelabel.jobs.messages import FaceInput, JobSpec, LabelInput, Message, Progress, TrainSpec, points_of
from facelabel.jobs.supervisor import Supervisor
from facelabel.learning.faces import LabelledFace
from facelabel.metrics.nme import nme, normaliser

HEADER = """| round | start to end, s | processor s | start | training | steps | scoring | faces/s scored | NME % |
|---|---|---|---|---|---|---|---|---|"""


def described(face: LabelledFace) -> dict[str, object]:
    box = face.box
    return {"id": face.id, "image": str(face.image), "box": (box.left, box.top, box.width, box.height)}


def cpu() -> float:
    """Seconds of the processor that worker processes have had."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(folder: Path, spec: JobSpec, faces: list[LabelledFace], number: int) -> str:
    """One round in a row of the table."""
    begun: dict[str, float] = {}
    steps = 0

    def hear(message: Message) -> None:
        nonlocal steps
        if isinstance(message, Progress):
            begun.setdefault(message.stage, time.perf_counter())
            if message.stage == "train":
                steps = message.total

    start, computed = time.perf_counter(), cpu()
    outcome = Supervisor(folder, spec, hear).run()
    end = time.perf_counter()
    if outcome.state != "done":
        raise SystemExit(f"the round failed: {outcome.message}")
    with np.load(folder / "scores.npz") as found:
        truth = {face.id: face.shape for face in faces}
        shapes = np.stack([truth[int(face)] for face in found["face_ids"]])
        distances = normaliser(schemes.load("300w-68"), shapes, "inter-ocular")
        error = 100 * nme(found["shapes"], shapes, distances).mean()
    scoring = end - begun["score"]
    cells = [
        str(number),
        f"**{end - start:.0f}**",
        f"{cpu() - computed:.0f}",
        f"{begun['load'] - start:.1f}",
        f"{begun['score'] - begun['load']:.1f}",
        str(steps),
        f"{scoring:.1f}",
        f"{len(shapes) / scoring:.0f}",
        f"{error:.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--preset", default="scaf-tiny")
    parser.add_argument("--labels", type=int, default=100)
    parser.add_argument("--pool", type=int, default=1600)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    faces = pool(options.faces)
    labelled, rest = faces[: options.labels], faces[options.labels :][: options.pool]
    scheme = schemes.load("300w-68").model_dump(mode="json")
    before = os.getloadavg()[0]
    rows = [HEADER]
    print(HEADER)
    with tempfile.TemporaryDirectory(prefix="facelabel-round-") as name:
        for number in range(1, options.rounds + 1):
            spec = JobSpec(
                kind="round",
                scheme=scheme,
                train=TrainSpec(preset=options.preset, seed=number),
                labels=[LabelInput(**described(face), shape=points_of(face.shape)) for face in labelled],
                pool=[FaceInput(**described(face)) for face in rest],
                functions=["nnm", "entropy"],
                cache=str(Path(name) / "crops"),
                device=options.device,
            )
            rows.append(run(Path(name) / f"{number:04}", spec, rest, number))
            print(rows[-1], flush=True)
    if options.write:
        table = "\n".join(rows)
        options.write.write_text(
            f"""# A round

Written by `python -m benchmarks.round --faces FOLDER --labels {options.labels} --pool {options.pool} --rounds \
{options.rounds} --write {options.write}`, which says how it is measured. The goal is three minutes.

{table}

- preset {options.preset}, {options.labels} labels, {len(rest)} faces scored with their mirror images, {options.device}
- {os.cpu_count()} cores ({platform.machine()}), load average before and after: {before:.1f}, {os.getloadavg()[0]:.1f}
""",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
