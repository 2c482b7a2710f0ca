"""Models of a simulation, each trained once: a folder keeps every training under what it was made of."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import facelabel
from facelabel import assets, pretrained
from facelabel.acquisition import COSTLY, SCORES
from facelabel.campaign import orders
from facelabel.errors import CancelledError, FacelabelError, WorkerError
from facelabel.evaluation.faces import KnownFace
from facelabel.formats.atomic import write_whole
from facelabel.jobs.messages import FaceInput, JobSpec, LabelInput, Message, Result, TrainSpec, points_of
from facelabel.jobs.supervisor import Outcome, Supervisor
from facelabel.metrics.nme import nme
from facelabel.schemes import Scheme
from facelabel.simulation.plan import Plan
from facelabel.simulation.sets import Sets

Floats = npt.NDArray[np.float64]
RECORD = "measured.json"


@dataclass(frozen=True, eq=False)
class Order:
    """A model to train: ``labels`` by pool row, in rising order; ``parent`` is whose weights it goes on from. Without
    labels it is the pretrained weights as they are."""

    preset: str
    seed: int
    labels: Mapping[int, Floats]
    parent: Order | None = None


@dataclass(frozen=True)
class Measured:
    """A trained model on the test faces: ``errors`` NME as fractions, None for a photo that could not be read; empty of
    pretrained weights that know other landmarks.
    ``seconds`` of the job, ``batch`` size that it came through with."""

    labels: int
    errors: list[float | None]
    seconds: float
    steps: int
    batch: int | None
    left_out: int

    @cached_property
    def nme(self) -> float:
        """Of the faces that could be read, in per cent."""
        return 100 * float(np.mean([error for error in self.errors if error is not None]))


@dataclass(frozen=True, eq=False)
class Said:
    """What a model says of the N faces of the pool, NaN for those that it was not asked about; only ``embeddings`` of
    pretrained weights that know other landmarks."""

    scores: dict[str, Floats]
    embeddings: npt.NDArray[np.float32]
    shapes: npt.NDArray[np.float32]
    confidence: npt.NDArray[np.float32]


class Trainings:
    """Trains what is ordered, unless ``folder`` has it already; safe for several threads, one process a folder.

    ``cancel`` ends what runs and refuses what comes: both raise CancelledError. Jobs get one thread each.
    """

    def __init__(
        self,
        folder: Path,
        sets: Sets,
        plan: Plan,
        device: str = "auto",
        on_message: Callable[[Message], None] = lambda message: None,
        run: Callable[[Path, JobSpec, Callable[[Message], None]], Outcome] | None = None,
    ) -> None:
        self._folder, self._sets, self._plan, self._device = folder, sets, plan, device
        self._on_message = on_message
        self._run = run or self._supervise
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._in_use: Counter[str] = Counter()
        self._running: set[Supervisor] = set()
        self._cancelled = False
        self._recipes = {preset: self._recipe_of(preset) for preset in plan.presets}
        self._looks: dict[str, Scheme | None] = {}
        self._keys: dict[Order, str] = {}
        self.trained = 0
        """Jobs that were really run."""

    def key(self, order: Order) -> str:
        """The same for the same training, wherever its faces lie; of the code only the version counts."""
        if order not in self._keys:
            self._keys[order] = self._digest(order)
        return self._keys[order]

    def measured(self, order: Order) -> Measured | None:
        """How good the model is, if that is known already."""
        try:
            return Measured(**json.loads((self._place(order) / RECORD).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def said(self, order: Order) -> Said | None:
        """What the model said of the pool, while that is kept."""
        with self._locked(order):
            return self._read(order) if self.measured(order) is not None else None

    def train(self, order: Order, asked: Sequence[int], costly: Sequence[str] = ()) -> tuple[Measured, Said]:
        """Train, measure, and predict the ``asked`` faces of the pool, with the ``costly`` scores besides the usual;
        what of this was done before is read back.

        Raises WorkerError when a job fails, CancelledError after ``cancel``.
        """
        with self._locked(order):
            known = self.measured(order)
            said = self._read(order) if known is not None and self._covers(order, asked, costly) else None
            if known is not None and said is not None:
                return known, said
            known = self._make(order, asked, costly)
            said = self._read(order)
            assert said is not None
            return known, said

    def forget(self, order: Order) -> None:
        """Keep how good the model is, but neither the model nor what it said, unless a training goes on from it."""
        with self._locked(order):
            if self._in_use[self.key(order)]:
                return
            place = self._place(order)
            shutil.rmtree(place / "model", ignore_errors=True)
            for name in ("scores.npz", "spec.json", "log.txt", "failures.json"):
                with suppress(OSError):
                    (place / name).unlink()

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            running = list(self._running)
        for supervisor in running:
            supervisor.cancel()

    def can_look_first(self, preset: str) -> bool:
        """Whether the pretrained weights say something of faces before any label: features at least."""
        return self._look_by(preset) is not None

    def _digest(self, order: Order) -> str:
        parts = {
            "facelabel": facelabel.__version__,
            "scheme": self._sets.scheme.model_dump(mode="json"),
            "preset": order.preset,
            "recipe": self._recipes[order.preset],
            "steps": self._plan.steps,
            "changes": self._plan.changes,
            "seed": order.seed,
            "labels": [
                [_named(self._sets.pool[face]), np.round(shape, 4).tolist()] for face, shape in order.labels.items()
            ],
            "parent": None if order.parent is None else self.key(order.parent),
            "faces": self._sets.digest,
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]

    def _make(self, order: Order, asked: Sequence[int], costly: Sequence[str]) -> Measured:
        """Under the order's lock. A parent whose weights are gone is trained again: the same seed, the same model."""
        known = self.measured(order)
        if known is not None and order.labels and (self._place(order) / "model" / "model.json").is_file():
            self._work(order, self._spec(order, asked, costly, trained=True))
            write_whole(self._place(order) / RECORD, json.dumps(asdict(known)))
            return known
        with self._held(order.parent):
            self._work(order, self._spec(order, asked, costly))
        return self._measure(order)

    @contextmanager
    def _held(self, parent: Order | None) -> Iterator[None]:
        """The weights of ``parent`` are there, and stay."""
        if parent is None:
            yield
            return
        key = self.key(parent)
        with self._locked(parent):
            if not (self._place(parent) / "model").is_dir():
                self._make(parent, (), ())
            with self._lock:
                self._in_use[key] += 1
        try:
            yield
        finally:
            with self._lock:
                self._in_use[key] -= 1

    def _covers(self, order: Order, asked: Sequence[int], costly: Sequence[str]) -> bool:
        """Whether the model was asked all this before, while that is kept; some photos may have been unreadable."""
        try:
            spec = json.loads((self._place(order) / "spec.json").read_bytes())
            faces = {face["id"] for face in spec["pool"]}
            return faces.issuperset(asked) and set(spec["functions"]).issuperset(costly)
        except (OSError, ValueError, KeyError):
            return False

    def _work(self, order: Order, spec: JobSpec) -> None:
        if self._cancelled:
            raise CancelledError("stopped")
        place = self._place(order)
        with suppress(OSError):
            (place / RECORD).unlink()
        outcome = self._run(place, spec, self._on_message)
        if outcome.state == "cancelled" or self._cancelled:
            raise CancelledError("stopped")
        if outcome.state != "done":
            raise WorkerError(
                outcome.message or "the job ended without a result", where=place, cure="see log.txt there"
            )
        self.trained += 1

    def _spec(self, order: Order, asked: Sequence[int], costly: Sequence[str], *, trained: bool = False) -> JobSpec:
        """Of a training, or, where the model is there, of what is asked of it."""
        plan = self._plan
        first_test = len(self._sets.pool)
        parent = None if order.parent is None else str(self._place(order.parent) / "model")
        scheme = self._sets.scheme if order.labels else self._look_by(order.preset) or self._sets.scheme
        return JobSpec(
            kind="round" if order.labels and not trained else "score",
            weights=str(self._place(order) / "model") if trained else None,
            scheme=scheme.model_dump(mode="json"),
            train=TrainSpec(
                preset=order.preset,
                seed=order.seed,
                start_from=parent,
                pretrained=self._chosen,
                steps=plan.steps if order.labels else None,
                changes=plan.changes,
            ),
            labels=[]
            if trained
            else [
                LabelInput(**_described(face, self._sets.pool[face]), shape=points_of(shape))
                for face, shape in order.labels.items()
            ],
            pool=[
                *(FaceInput(**_described(face, self._sets.pool[face])) for face in asked),
                *(FaceInput(**_described(first_test + i, face)) for i, face in enumerate(self._sets.test)),
            ],
            functions=[*SCORES, *costly],
            cache=str((self._folder / "crops").resolve()),
            device=self._device,
            threads=1,
        )

    def _supervise(self, folder: Path, spec: JobSpec, on_message: Callable[[Message], None]) -> Outcome:
        supervisor = Supervisor(folder, spec, on_message)
        with self._lock:
            if self._cancelled:
                raise CancelledError("stopped")
            self._running.add(supervisor)
        try:
            return supervisor.run()
        finally:
            with self._lock:
                self._running.discard(supervisor)

    def _measure(self, order: Order) -> Measured:
        place, sets = self._place(order), self._sets
        with np.load(place / "scores.npz") as arrays:
            ids, shapes = arrays["face_ids"], arrays["shapes"].astype(np.float64)
        errors = np.empty(0)
        if order.labels or self._look_by(order.preset) == sets.scheme:
            rows = ids >= len(sets.pool)
            found = np.full((len(sets.test), sets.scheme.size, 2), np.nan)
            found[ids[rows] - len(sets.pool)] = shapes[rows]
            errors = nme(found, np.stack([face.shape for face in sets.test]), sets.test_sizes)
            if np.isnan(errors).all():
                what = "none of the test photos could be read"
                raise FacelabelError(what, where=place, cure="see failures.json there")
        result = Result.model_validate_json((place / "result.json").read_bytes())
        measured = Measured(
            labels=len(order.labels),
            errors=[None if np.isnan(error) else round(float(error), 8) for error in errors],
            seconds=result.seconds,
            steps=result.steps or 0,
            batch=result.batch,
            left_out=len(order.labels) - result.labels,
        )
        write_whole(place / RECORD, json.dumps(asdict(measured)))
        return measured

    def _read(self, order: Order) -> Said | None:
        count, landmarks = len(self._sets.pool), self._sets.scheme.size
        try:
            with np.load(self._place(order) / "scores.npz") as arrays:
                ids = arrays["face_ids"]
                rows = ids < count

                def of_pool(name: str, *shape: int) -> npt.NDArray[np.float32]:
                    whole = np.full((count, *shape), np.nan, dtype=np.float32)
                    whole[ids[rows]] = arrays[name][rows]
                    return whole

                embeddings = of_pool("embeddings", arrays["embeddings"].shape[1])
                if not order.labels and self._look_by(order.preset) != self._sets.scheme:
                    blank = np.full((count, landmarks, 2), np.nan, dtype=np.float32)
                    return Said({}, embeddings, blank, blank[..., 0])
                scores = {n: of_pool(f"score_{n}") for n in (*SCORES, *COSTLY) if f"score_{n}" in arrays}
                return Said(
                    {name: values.astype(np.float64) for name, values in scores.items()},
                    embeddings,
                    of_pool("shapes", landmarks, 2),
                    of_pool("confidence", landmarks),
                )
        except (OSError, ValueError, KeyError):
            return None

    @cached_property
    def _chosen(self) -> str | None:
        return None if self._plan.start_from == "scratch" else self._plan.weights

    def _look_by(self, preset: str) -> Scheme | None:
        """The scheme by which the pretrained weights look at faces, another one for its features alone."""
        if preset not in self._looks:
            chosen = self._chosen
            found = None if chosen is None else orders.scheme_to_look_by(preset, chosen, self._sets.scheme)
            self._looks[preset] = found
        return self._looks[preset]

    def _recipe_of(self, preset: str) -> list[str | None]:
        """The preset's file and the weights that it starts from, by their content."""
        files = assets.folder("models").glob(f"*/{preset}.toml")
        folder = pretrained.choose(preset, self._chosen)
        texts = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
        return [texts, None if folder is None else pretrained.read(folder).data_hash]

    def _place(self, order: Order) -> Path:
        return self._folder / "models" / self.key(order)

    def _locked(self, order: Order) -> threading.Lock:
        with self._lock:
            return self._locks.setdefault(self.key(order), threading.Lock())


def without_labels(preset: str) -> Order:
    """The pretrained weights as they are."""
    return Order(preset, 0, {})


def _named(face: KnownFace) -> list[Any]:
    return [face.name, face.number, str(face.box)]


def _described(number: int, face: KnownFace) -> dict[str, Any]:
    box = face.box
    assert box is not None
    return {
        "id": number,
        "image": str(face.image.resolve()),
        "box": (box.left, box.top, box.width, box.height),
    }
