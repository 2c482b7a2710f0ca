"""The process that learns: ``python -m facelabel.jobs.worker FOLDER``, started by a Supervisor.

Reads ``spec.json`` in the folder and leaves the result there, ``result.json`` last. A job that fails leaves no
``result.json``; the reason goes up the pipe, the traceback of a bug to stderr, which is the job's ``log.txt``.

torch is imported inside the functions: the pipe has to stand before the seconds that this takes, so that a cancel or
the parent's death meanwhile is noticed.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import BaseModel

from facelabel import pretrained
from facelabel.errors import CancelledError, FacelabelError, from_machine
from facelabel.images import heatmaps
from facelabel.jobs.messages import (
    Detected,
    Done,
    Failed,
    Failure,
    ImageFaces,
    JobSpec,
    Log,
    Result,
    Started,
    TrainSpec,
)
from facelabel.jobs.pipe import Meter, Pipe
from facelabel.schemes import Scheme

if TYPE_CHECKING:
    import torch

    from facelabel.learning.checkpoints import TrainedModel
    from facelabel.learning.faces import Failure as LeftOut
    from facelabel.learning.faces import Progress

NICENESS = 5
"""Below the window and whatever else the person does; Windows gets a priority class from the supervisor instead."""


def main(folder: Path) -> int:
    """Run the job in ``folder``; the exit code is 0 when its result is complete."""
    pipe = Pipe()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        Job(folder, JobSpec.model_validate_json((folder / "spec.json").read_bytes()), pipe).run()
    except CancelledError:
        pipe.send(Failed(reason="cancelled", text="cancelled"))
    except FacelabelError as error:
        pipe.send(Failed(reason="user", text=_one_line(error)))
    except Exception as error:
        traceback.print_exc()
        if (told := from_machine(error)) is not None:
            pipe.send(Failed(reason="user", text=_one_line(told)))
        elif _is_out_of_memory(error):
            pipe.send(Failed(reason="out-of-memory", text="the memory was not enough"))
        else:
            pipe.send(Failed(reason="bug", text=_one_line(f"{type(error).__name__}: {error}")))
    else:
        pipe.send(Done())
        return 0
    return 1


class Job:
    """One job from its spec to its files."""

    def __init__(self, folder: Path, spec: JobSpec, pipe: Pipe) -> None:
        self._folder = folder
        self._spec = spec
        self._pipe = pipe
        self._meter = Meter(pipe)
        self._scheme = Scheme.model_validate(spec.scheme) if spec.scheme else None
        self._failures: list[Failure] = []
        self._facts: dict[str, Any] = {}
        self._cache = None if spec.cache is None else Path(spec.cache)

    def run(self) -> None:
        import cv2
        import torch

        from facelabel.learning import devices

        start = time.monotonic()
        if self._spec.threads is not None:
            torch.set_num_threads(self._spec.threads)
            cv2.setNumThreads(self._spec.threads)
        device = devices.choose(self._spec.device)
        name = devices.describe(device)
        self._pipe.send(Started(device=name, pid=os.getpid()))
        self._pipe.checkpoint()
        if self._spec.kind in ("round", "train"):
            model = self._train(device)
            if self._spec.kind == "round":
                self._score(model, device)
        elif self._spec.kind == "score":
            self._score(self._load() if self._spec.weights is not None else self._untrained(), device)
        elif self._spec.kind == "detect":
            self._detect(device)
        elif self._spec.kind == "pretrain":
            self._pretrain(device)
        elif self._spec.kind == "import":
            self._import()
        _write_models(self._folder / "failures.json", self._failures)
        seconds = time.monotonic() - start
        result = Result(kind=self._spec.kind, device=name, seconds=seconds, torch=torch.__version__, **self._facts)
        _sync_files(self._folder)
        _write(self._folder / "result.json", result.model_dump_json())

    def _train(self, device: torch.device) -> TrainedModel:
        from facelabel.learning import checkpoints, presets, room
        from facelabel.learning.faces import LabelledFace
        from facelabel.learning.training import train

        spec = self._spec.train
        assert spec is not None
        assert self._scheme is not None
        preset = presets.load(spec.preset, spec.changes)
        if not spec.allow_slow:
            warm, faces = spec.start_from is not None, len(self._spec.labels)
            steps = spec.steps or preset.training.steps.for_labels(faces, warm=warm, finish=spec.finish)
            room.check_time(preset, steps, min(spec.batch or preset.training.batch, faces), device)
        start = time.monotonic()
        model = train(
            preset,
            self._scheme,
            [LabelledFace(face.id, Path(face.image), face.to_box(), face.to_shape()) for face in self._spec.labels],
            seed=spec.seed,
            start_from=None if spec.start_from is None else Path(spec.start_from),
            pretrained=self._pretrained(spec),
            steps=spec.steps,
            finish=spec.finish,
            batch=spec.batch,
            portions=self._spec.portions,
            device=device,
            cache=self._cache,
            on_progress=self._on_progress,
        )
        self._leave_out(model.failures)
        checkpoints.save(self._folder / "model", model)
        self._facts |= {
            "train_seconds": time.monotonic() - start,
            "loss": model.card.loss,
            "steps": model.card.steps,
            "batch": model.card.batch,
            "labels": model.card.labels,
        }
        return model

    def _pretrained(self, spec: TrainSpec) -> Path | None:
        """The folder of the weights that training begins with; says on the way which they are."""
        if spec.start_from is not None:
            return None
        folder = pretrained.choose(spec.preset, spec.pretrained)
        said = "scratch" if folder is None else f"weights {pretrained.named(pretrained.read(folder))}"
        self._pipe.send(Log(text=f"starts from {said}"))
        print(f"starts from {said}", file=sys.stderr)
        return folder

    def _import(self) -> None:
        from facelabel.learning import presets, snapshots, snapshots_fase, weights

        spec = self._spec.snapshot
        assert spec is not None
        preset, file = presets.load(spec.preset), Path(spec.file)
        encoder = None if spec.encoder is None else Path(spec.encoder)
        if preset.network.system == "fase":
            if self._scheme is not None:
                raise FacelabelError(
                    "a landmark head is for SCAF: the files for FASE have none", where=file, cure="leave --scheme out"
                )
            found = snapshots_fase.read(file, preset, encoder, command=spec.command)
        elif encoder is not None:
            raise FacelabelError(
                f"a file of an encoder is for FASE, and the preset '{preset.name}' is not",
                where=encoder,
                cure="leave --encoder out, or name a preset of FASE",
            )
        else:
            found = snapshots.read(file, preset, self._scheme, command=spec.command)
        weights.save(Path(spec.out), found)
        self._facts |= {"weights": spec.out, "steps": found.card.steps}

    def _load(self) -> TrainedModel:
        from facelabel.learning import checkpoints

        assert self._spec.weights is not None
        model = checkpoints.load(Path(self._spec.weights))
        if self._scheme is not None and model.scheme.size != self._scheme.size:
            raise FacelabelError(
                f"the model has {model.scheme.size} landmarks, the project {self._scheme.size}",
                where=self._spec.weights,
                cure="train a model in this project",
            )
        return model

    def _untrained(self) -> TrainedModel:
        """Pretrained weights as a model of their own, which has seen no label."""
        from facelabel.learning import checkpoints, presets
        from facelabel.learning.training import untrained

        spec = self._spec.train
        assert spec is not None
        assert self._scheme is not None
        folder = self._pretrained(spec)
        assert folder is not None
        model = untrained(presets.load(spec.preset, spec.changes), self._scheme, folder, seed=spec.seed)
        checkpoints.save(self._folder / "model", model)
        self._facts |= {"steps": 0, "labels": 0}
        return model

    def _score(self, model: TrainedModel, device: torch.device) -> None:
        from facelabel.learning.faces import FaceToPredict
        from facelabel.learning.prediction import predict

        found = predict(
            model,
            [FaceToPredict(face.id, Path(face.image), face.to_box()) for face in self._spec.pool],
            device=device,
            batch=max(1, model.preset.decoding.batch // self._spec.portions),
            cache=self._cache,
            scores=self._spec.functions,
            keep_heatmaps=True,
            on_progress=self._on_progress,
        )
        self._leave_out(found.failures)
        heatmaps.write(self._folder / "heatmaps", found.ids, model.scheme.size, found.heatmap_places, found.heatmaps)
        scores = {f"score_{name}": values.astype(np.float32) for name, values in found.scores.items()}
        _save_arrays(
            self._folder / "scores.npz",
            {
                "face_ids": np.asarray(found.ids, dtype=np.int64),
                "shapes": found.shapes.astype(np.float32),
                "confidence": found.confidence.astype(np.float32),
                "embeddings": found.embeddings.astype(np.float32),
                **scores,
            },
        )

    def _detect(self, device: torch.device) -> None:
        """One image in memory at a time; one that cannot be read is a failure of its own."""
        from facelabel.images.decode import read
        from facelabel.learning.detection import FaceDetector, landmark_box
        from facelabel.learning.yunet import YuNetDetector

        brought, least = self._spec.detector, self._spec.min_face
        detector: FaceDetector | YuNetDetector
        if brought is not None:
            name, detector = "yunet", YuNetDetector(Path(brought))
        else:
            name, detector = "mtcnn", FaceDetector(min_face=None if least is None else round(least), device=device)
        found: list[ImageFaces] = []
        for number, image in enumerate(self._spec.images, start=1):
            try:
                pixels = read(Path(image.path))
            except FacelabelError as error:
                self._failures.append(Failure(image=image.path, why=_one_line(error)))
            else:
                faces = [
                    Detected(box=_four(landmark_box(face)), score=face.score, points=face.points.tolist())
                    for face in detector.detect(pixels)
                ]
                found.append(ImageFaces(image=image.id, detector=name, faces=faces))
            self._meter.step("detect", number, len(self._spec.images))
        _write_models(self._folder / "detections.json", found)

    def _pretrain(self, device: torch.device) -> None:
        """Leaves the folder of the weights in the log, or that the run waits to be gone on with."""
        from facelabel.learning import presets, room
        from facelabel.learning.faces import LabelledFace
        from facelabel.learning.pretraining import Photos, pretrain, resolved

        spec = self._spec.pretrain
        assert spec is not None
        settings = resolved(spec.settings)
        preset, batch = presets.load(settings.preset), max(2, settings.batch // self._spec.portions)
        if spec.seconds is None and not spec.allow_slow:
            room.check_time(preset, settings.steps, batch, device, pretraining=True)
        room.check_memory(preset, batch, device)
        absent = np.full((5, 2), np.nan)
        faces = [(face, face.to_points()) for face in self._spec.pool]
        photos = Photos(
            tuple(Path(folder) for folder in spec.folders),
            tuple(
                LabelledFace(face.id, Path(face.image), face.to_box(), absent if points is None else points)
                for face, points in faces
            ),
            tuple(
                LabelledFace(face.id, Path(face.image), face.to_box(), face.to_shape()) for face in self._spec.labels
            ),
            self._scheme,
        )
        weights, failures = pretrain(
            Path(spec.out),
            settings.model_copy(update={"batch": batch}),
            photos,
            device=device,
            workers=0 if device.type == "cpu" else 8,
            seconds=spec.seconds,
            command=spec.command,
            on_progress=self._on_progress,
        )
        self._leave_out(failures)
        self._facts |= {"weights": None if weights is None else str(weights), "steps": settings.steps}

    def _on_progress(self, progress: Progress) -> None:
        self._meter.step(progress.stage, progress.done, progress.total, progress.loss)

    def _leave_out(self, failures: Iterable[LeftOut]) -> None:
        self._failures += [Failure(face=f.face, image=str(f.image), why=_one_line(f.why)) for f in failures]


def _is_out_of_memory(error: Exception) -> bool:
    import torch

    said = str(error).lower()
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or (
        isinstance(error, RuntimeError) and ("out of memory" in said or "not enough memory" in said)
    )


def _one_line(what: object) -> str:
    return " ".join(str(what).split())


def _four(box: Any) -> tuple[float, float, float, float]:
    return box.left, box.top, box.width, box.height


def _write(path: Path, text: str) -> None:
    """Whole or not at all, also after a power cut."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)


def _write_models(path: Path, models: Iterable[BaseModel]) -> None:
    _write(path, json.dumps([model.model_dump() for model in models]))


def _save_arrays(path: Path, arrays: Mapping[str, np.ndarray[Any, Any]]) -> None:
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def _sync_files(folder: Path) -> None:
    """Everything that the result vouches for is on the disk before the result is."""
    for path in [*folder.glob("model/*"), *folder.glob("*.npz")]:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
