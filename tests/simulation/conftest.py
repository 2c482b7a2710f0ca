"""Labelled faces, and a worker that learns nothing but answers in no time as one would that learns."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from facelabel import schemes
from facelabel.formats import pts
from facelabel.jobs.messages import FaceInput, JobSpec, Message, Result
from facelabel.jobs.supervisor import Outcome
from facelabel.simulation import sets
from facelabel.simulation.plan import Plan, plan, schedules
from facelabel.simulation.sets import Sets
from facelabel.simulation.study import Study
from tests.bad_input.conftest import Command, face, facelabel

__all__ = ["Command", "facelabel"]

SCHEME = schemes.load("300w-68")


class Learner:
    """Errors fall with the number of labels; a face's own difficulty and place among the faces come from its name.

    ``jobs`` are the specs of the jobs that came to their end; ``fails`` decides by its spec whether a job fails.
    """

    def __init__(self, truth: Callable[[FaceInput], np.ndarray[Any, Any]] | None = None) -> None:
        self.jobs: list[JobSpec] = []
        self.fails: Callable[[JobSpec], bool] = lambda spec: False
        self._truth = truth or (lambda face: pts.read(Path(face.image).with_suffix(".pts")))

    def __call__(self, folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> Outcome:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "spec.json").write_text(spec.model_dump_json())
        assert spec.threads == 1
        assert spec.train is not None
        learned_from = len(spec.labels)
        if spec.weights is not None:
            learned_from = json.loads((Path(spec.weights) / "model.json").read_text())["labels"]
            assert learned_from > 0
        if spec.train.start_from is not None:
            assert (Path(spec.train.start_from) / "model.json").is_file()
        if self.fails(spec):
            return Outcome("failed", "the learner is not in the mood")
        self.jobs.append(spec)
        asked = [face for face in spec.pool if "broken" not in face.image]
        rows = [self._said(face, learned_from, spec.train.seed) for face in asked]
        names = ["shapes", "confidence", "embeddings", "score_nnm", "score_entropy", "score_mirror"]
        if "augmentation" in spec.functions:
            names.append("score_augmentation")
        kept = [face.id for face in asked]
        arrays = {name: np.array([row[i] for row in rows], dtype=np.float32) for i, name in enumerate(names)}
        np.savez(folder / "scores.npz", face_ids=np.array(kept, dtype=np.int64), **arrays)
        if spec.weights is None:
            (folder / "model").mkdir(exist_ok=True)
            (folder / "model" / "model.json").write_text(json.dumps({"labels": len(spec.labels)}))
        done = Result(kind=spec.kind, device="none", seconds=2.0, steps=7, batch=4, labels=len(spec.labels), torch="no")
        (folder / "result.json").write_text(done.model_dump_json())
        return Outcome("done")

    def _said(self, face: FaceInput, labels: int, seed: int) -> tuple[Any, ...]:
        name = zlib.crc32(Path(face.image).name.encode())
        own = np.random.default_rng(name)
        hard, place = own.random(), own.normal(size=5)
        rng = np.random.default_rng([name, labels, seed])
        off = rng.normal(0, 6 * (0.5 + hard) * (1 + labels) ** -0.4, (68, 2))
        shape = self._truth(face) + off
        unsure = np.abs(off).mean()
        return shape, np.full(68, 1 - hard), place, hard + rng.normal(0, 0.05), hard, unsure, unsure


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty labelled faces, three of each photograph, as ``list.csv`` says."""
    folder = tmp_path_factory.mktemp("labelled")
    for number in range(30):
        face(number, folder)
    rows = [f"{n}.png,{'dev' if n >= 24 else 'pool'},shot{n // 3}" for n in range(30)]
    (folder / "list.csv").write_text("\n".join(["image,split,photo", *rows]) + "\n")
    return folder


def read(folder: Path, held_out: float = 0.3) -> Sets:
    found = sets.from_folder(folder, "pts", SCHEME)
    own = sets.photographs(found.faces, str(folder / "list.csv"))
    pool, test = sets.split(found.faces, held_out, lambda face: own[face.image])
    return sets.build(found, pool, test, "held out", None, lambda face: own[face.image])


def planned(*strategies: str, budgets: tuple[str, ...] = ("10",), seeds: int = 2, **values: Any) -> Plan:
    return plan(
        strategies or ("random", "nnm"),
        schedules=schedules(budgets, values.pop("first", 4), values.pop("batch", 3)),
        seeds=tuple(range(seeds)),
        presets=("scaf-tiny",),
        **values,
    )


@pytest.fixture
def learner() -> Learner:
    return Learner()


@pytest.fixture
def study(tmp_path: Path, photos: Path, learner: Learner) -> Callable[..., Study]:
    """A study in ``out`` by the learner; what is given goes to the plan, or to the study."""

    def make(*strategies: str, jobs: int = 1, faces: Sets | None = None, out: str = "out", **values: Any) -> Study:
        on_step = values.pop("on_step", lambda step: None)
        asked = values.pop("plan", None) or planned(*strategies, **values)
        return Study(tmp_path / out, faces or read(photos), asked, jobs=jobs, on_step=on_step, run=learner)

    return make


@pytest.fixture
def copied(photos: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(photos, tmp_path / "copied"))
