"""What a job is asked to do, and what the two ends of its pipe say to each other.

The supervisor writes a ``JobSpec`` to ``spec.json``; the worker answers with one JSON message a line on its stdout and
listens for commands, one JSON line each, on its stdin. Coordinates are original image pixels, 0-based pixel centres.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from facelabel.geometry import Box

Point = tuple[float, float]
Kind = Literal["round", "train", "score", "detect", "pretrain", "import", "info"]
Stage = Literal["load", "train", "score", "detect"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FaceInput(_Frozen):
    """A face to predict: its image file, its box (left, top, width, height) and the detector's five points, if any."""

    id: int
    image: str
    box: tuple[float, float, float, float]
    points: list[Point] | None = None

    def to_box(self) -> Box:
        return Box(*self.box)

    def to_points(self) -> npt.NDArray[np.float64] | None:
        """(5, 2), or None where the detector gave none."""
        return None if self.points is None else np.array(self.points, dtype=np.float64)


class LabelInput(FaceInput):
    """A face to train on: a landmark that is absent, or that nobody confirmed, is None and counts in no loss."""

    shape: list[Point | None]

    def to_shape(self) -> npt.NDArray[np.float64]:
        """(L, 2), absent = NaN."""
        return np.array([(np.nan, np.nan) if p is None else p for p in self.shape], dtype=np.float64).reshape(-1, 2)


def points_of(shape: npt.NDArray[np.floating[Any]]) -> list[Point | None]:
    """A shape (L, 2) as ``LabelInput`` carries it: NaN becomes None."""
    return [None if np.isnan(p).any() else (float(p[0]), float(p[1])) for p in shape]


class ImageInput(_Frozen):
    """A photo to search for faces."""

    id: int
    path: str


class TrainSpec(_Frozen):
    """How to train. ``start_from`` is the folder of a checkpoint; without one training begins with the weights in
    ``pretrained``: a folder, "shipped" for those that come with the preset, None for none. ``steps`` and ``batch`` of
    None are the preset's. ``changes`` replaces values of the preset, tables within tables, as its file has them.
    ``allow_slow``: even where a processor takes days."""

    preset: str
    seed: int
    start_from: str | None = None
    pretrained: str | None = "shipped"
    steps: int | None = Field(default=None, ge=1)
    finish: bool = False
    """By the preset's long schedule."""
    batch: int | None = Field(default=None, ge=1)
    changes: dict[str, Any] = {}
    allow_slow: bool = False


class PretrainSpec(_Frozen):
    """A pretraining in the folder ``out``: the ``settings`` that a person named, ``folders`` of photos to learn from,
    ``seconds`` after which it stops and waits to be gone on with, and the ``command`` for the card. ``allow_slow``:
    even where a processor takes days at one go."""

    out: str
    settings: dict[str, Any]
    folders: list[str] = []
    seconds: float | None = Field(default=None, gt=0)
    command: str
    allow_slow: bool = False


class ImportSpec(_Frozen):
    """What others published, in ``file``, to become weights for ``preset`` in the folder ``out``; ``command`` is for
    the card. For SCAF a snapshot of 3FabRec; with the job's scheme its landmark head comes along. For FASE a generator
    of StyleGAN2, and in ``encoder`` one for it, if any."""

    file: str
    encoder: str | None = None
    preset: str
    out: str
    command: str


class JobSpec(_Frozen):
    """One job. ``round`` trains on ``labels`` and scores ``pool`` with the new model; ``score`` takes the checkpoint in
    ``weights``, or makes one of the pretrained weights in ``train`` as they are; ``detect`` looks for faces in
    ``images``; ``pretrain`` learns from ``pool`` (their detector's points), ``labels`` and folders; ``import`` turns
    ``snapshot`` into weights; ``info`` only reports the device.

    ``detector`` is a YuNet file to find faces with instead of facelabel's own detector. ``cache`` is the folder where
    crops are kept from job to job. ``portions`` is in how many parts a batch is computed, at least: the supervisor's
    second try takes two. Training learns the same, but for batch norm, which sees the parts; the batches of a
    pretraining are smaller by as much.
    """

    kind: Kind
    scheme: dict[str, Any]
    train: TrainSpec | None = None
    labels: list[LabelInput] = []
    pool: list[FaceInput] = []
    weights: str | None = None
    pretrain: PretrainSpec | None = None
    snapshot: ImportSpec | None = None
    functions: list[str] = []
    images: list[ImageInput] = []
    min_face: float | None = Field(default=None, gt=0)
    detector: str | None = None
    cache: str | None = None
    device: str = "auto"
    threads: int | None = Field(default=None, ge=1)
    portions: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind in {"round", "train"} and (self.train is None or not self.labels):
            raise ValueError(f"a '{self.kind}' job needs train and labels")
        if self.kind == "score" and self.weights is None and self.train is None:
            raise ValueError("a 'score' job needs weights, or pretrained ones in train")
        if self.kind == "pretrain" and self.pretrain is None:
            raise ValueError("a 'pretrain' job needs pretrain")
        if self.kind == "import" and self.snapshot is None:
            raise ValueError("an 'import' job needs snapshot")
        return self


class Started(_Frozen):
    """The worker is up. ``device`` is in words, such as 'CPU, 1 thread'."""

    type: Literal["started"] = "started"
    device: str
    pid: int


class Progress(_Frozen):
    """``done`` of ``total`` steps, faces or images; ``eta_s`` seconds left in the stage; ``loss`` while training."""

    type: Literal["progress"] = "progress"
    stage: Stage
    done: int
    total: int
    eta_s: float | None = None
    loss: float | None = None


class Log(_Frozen):
    type: Literal["log"] = "log"
    text: str


class Done(_Frozen):
    """``result.json`` stands in the job folder: everything else there is complete."""

    type: Literal["done"] = "done"


class Failed(_Frozen):
    """The job ended without a result; ``text`` is one line."""

    type: Literal["failed"] = "failed"
    reason: Literal["out-of-memory", "user", "bug", "cancelled"]
    text: str


Message = Started | Progress | Log | Done | Failed
_messages: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])


class Command(_Frozen):
    """Supervisor to worker."""

    command: Literal["cancel", "pause", "resume"]


def parse(line: str | bytes) -> Message | None:
    """The message of one line of the worker's stdout; None for anything that is not one."""
    try:
        return _messages.validate_json(line)
    except ValidationError:
        return None


class Detected(_Frozen):
    """A face that the detector found: tight landmark box (left, top, width, height), score 0 to 1, five points."""

    box: tuple[float, float, float, float]
    score: float
    points: list[Point] | None = None


class ImageFaces(_Frozen):
    """One entry of ``detections.json``: every face found in an image, possibly none."""

    image: int
    detector: str
    faces: list[Detected]


class Failure(_Frozen):
    """One entry of ``failures.json``: a face (or a whole image) that was left out, and why."""

    face: int | None = None
    image: str
    why: str


class Result(_Frozen):
    """``result.json``, written last: the job's files are complete."""

    kind: Kind
    device: str
    seconds: float
    """Wall time of the whole job."""
    train_seconds: float = 0.0
    loss: float | None = None
    """The mean training loss at the end."""
    steps: int | None = None
    batch: int | None = None
    """The batch size of the training."""
    labels: int = 0
    """Faces that were trained on: those given, less the failures."""
    weights: str | None = None
    """The folder that a finished pretraining or an import left its weights in."""
    torch: str
    """The version of torch that ran it."""
