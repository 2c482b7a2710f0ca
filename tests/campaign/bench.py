"""Projects without pictures, and a worker that is only files: what the loop can be tested on in milliseconds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from facelabel import schemes
from facelabel.campaign.loop import Campaign, Ingested
from facelabel.campaign.settings import CampaignSettings
from facelabel.geometry import Box
from facelabel.images.decode import ImageInfo
from facelabel.jobs.messages import JobSpec, Result
from facelabel.store import faces, images, labels
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project

SCHEME = schemes.load("face-5")


def truth_of(face_id: int) -> LabelRecord:
    """The one right label of a face: the scheme's template in its box."""
    size = SCHEME.size
    shape = np.array(SCHEME.template_shape) * 80 + 10 + face_id
    return LabelRecord(shape, ("visible",) * size, ("placed",) * size, np.zeros(size))


def answer(spec: JobSpec, face_id: int) -> npt.NDArray[np.float64]:
    """What a perfect model says of a face, in the job's own scheme."""
    scheme = schemes.Scheme.model_validate(spec.scheme)
    return np.array(scheme.template_shape) * 80 + 10 + face_id


def fake_result(
    folder: Path,
    spec: JobSpec,
    *,
    score: Callable[[int], float] = float,
    embedding: Callable[[int], list[float]] = lambda i: [float(i), 0.0],
    shift: float = 1.0,
    failures: list[dict[str, object]] | None = None,
) -> None:
    """What a worker leaves: predictions are the truth moved by ``shift`` pixels in x."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "spec.json").write_text(spec.model_dump_json())
    if spec.kind in ("round", "train") or (spec.kind == "score" and spec.weights is None):
        (folder / "model").mkdir(exist_ok=True)
        (folder / "model" / "weights.safetensors").write_bytes(b"weights" * 100)
        (folder / "model" / "model.json").write_text(json.dumps({"labels": len(spec.labels)}))
    if spec.kind in ("round", "score"):
        ids = [face.id for face in spec.pool]
        shapes = np.stack([answer(spec, i) for i in ids])
        scores = {f"score_{name}": np.array([score(i) for i in ids], np.float32) for name in spec.functions}
        np.savez(
            folder / "scores.npz",
            face_ids=np.array(ids),
            shapes=(shapes + np.array([shift, 0.0])).astype(np.float32),
            confidence=np.full(shapes.shape[:2], 0.5, np.float32),
            embeddings=np.array([embedding(i) for i in ids], np.float32),
            **scores,
        )
    (folder / "failures.json").write_text(json.dumps(failures or []))
    result = Result(
        kind=spec.kind, device="CPU", seconds=2.0, train_seconds=1.5, loss=0.25, labels=len(spec.labels), torch="2"
    )
    (folder / "result.json").write_text(result.model_dump_json())


@dataclass
class Bench:
    """A project with its campaign, and shorthands for what people and workers do to it."""

    project: Project
    campaign: Campaign
    settings: dict[str, object] = field(default_factory=dict)

    def add_faces(self, count: int, *, per_image: int = 1) -> list[int]:
        made: list[int] = []
        with self.project.writing() as s:
            first = images.count(s)
            for n in range(first, first + -(-count // per_image)):
                sha = hashlib.sha256(str(n).encode()).hexdigest()
                info = ImageInfo(2000, 2000, sha, 1000, 0, "jpeg")
                image = images.add(s, info, self.project.folder.parent / f"{n}.jpg", self.project)
                wanted = min(per_image, count - len(made))
                made += [faces.add(s, image.id, Box(10, 10, 80, 80), source="file").id for _ in range(wanted)]
        return made

    def change(self, **values: object) -> None:
        self.settings |= values
        self.campaign.change(CampaignSettings.model_validate(self.settings), "tester")

    def label(
        self,
        face_id: int,
        *,
        origin: str = "desk",
        seconds: float | None = 8.0,
        author: str = "tester",
        record: LabelRecord | None = None,
        version: int | None = None,
    ) -> None:
        """``version`` is the id of the model version whose prediction it began with."""
        with self.project.writing() as s:
            given = truth_of(face_id) if record is None else record
            labels.add(s, face_id, given, author=author, origin=origin, seconds=seconds, model_version_id=version)

    def set_state(self, face_id: int, state: str) -> None:
        with self.project.writing() as s:
            faces.set_state(s, face_id, state)

    def batch(self) -> list[int]:
        return [item.face_id for item in self.campaign.queue() if not item.ahead]

    def ahead(self) -> list[int]:
        return [item.face_id for item in self.campaign.queue() if item.ahead]

    def label_batch(self) -> list[int]:
        done = self.batch()
        with self.project.writing() as s:
            for face_id in done:
                labels.add(s, face_id, truth_of(face_id), author="tester", origin="desk", seconds=8.0)
        return done

    def work(self, kind: str = "round", **how: object) -> Ingested:
        """Prepare, let the fake worker do it, ingest."""
        job_id, folder, spec = self.campaign.prepare(kind)  # type: ignore[arg-type]
        fake_result(folder, spec, **how)  # type: ignore[arg-type]
        return self.campaign.ingest(job_id)

    def reopened(self) -> Bench:
        """As after a restart of the program."""
        folder = self.project.folder
        self.project.close()
        self.project = Project.open(folder)
        self.campaign = Campaign(self.project)
        return self

    def states(self, ids: list[int]) -> list[str]:
        with self.project.reading() as s:
            return [faces.get(s, face_id).state for face_id in ids]
