"""One pretraining from its sources to its weights, in a folder that it can go on in after any interruption.

The folder holds ``run.json`` (what the run is), ``cache/`` (cropped faces), ``state.pt`` (where it stands), ``log.csv``
and ``curves.png`` (losses), ``samples/`` (pictures) and, at the end, ``weights/``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

import facelabel
from facelabel import schemes
from facelabel.errors import FacelabelError
from facelabel.formats.atomic import write_whole
from facelabel.learning import devices, presets, weights
from facelabel.learning.detection import FaceDetector
from facelabel.learning.faces import Clock, Failure, LabelledFace, OnProgress
from facelabel.learning.presets import Preset
from facelabel.learning.pretraining import pictures, sources, store
from facelabel.learning.pretraining.autoencoder import AutoencoderObjective
from facelabel.learning.pretraining.batches import Batches
from facelabel.learning.pretraining.landmarks import LandmarkObjective
from facelabel.learning.pretraining.settings import PretrainSettings
from facelabel.learning.pretraining.store import Source
from facelabel.rendering import SUBSET_68
from facelabel.schemes import Scheme

FIVE, DRAWN = "face-5", "wflw-98"
SAVE_EVERY, LOG_EVERY, SHOW_EVERY = 60.0, 50, 1000
"""Seconds between two saved states; steps between two lines of the log, and between two sheets of samples."""
_WARM_UP, _SETTLE = 100, 100
"""Steps of the rising rate at the beginning, and batches that the statistics of the result are measured on."""
Objective = LandmarkObjective | AutoencoderObjective


@dataclass(frozen=True)
class Photos:
    """What to learn from besides rendered faces: ``folders`` of photos; ``five``, faces with a detector's five points
    (NaN where it gave none); ``labelled`` faces of a project with landmarks of its ``scheme``."""

    folders: tuple[Path, ...] = ()
    five: tuple[LabelledFace, ...] = ()
    labelled: tuple[LabelledFace, ...] = ()
    scheme: Scheme | None = None


def pretrain(
    out: Path,
    settings: PretrainSettings,
    photos: Photos,
    *,
    device: torch.device | None = None,
    workers: int = 0,
    seconds: float | None = None,
    command: str = "",
    on_progress: OnProgress | None = None,
) -> tuple[Path | None, list[Failure]]:
    """Pretrain in ``out``, from the beginning or from where the run there stands: the folder of the weights, and the
    faces that could not be read.

    Ends early after ``seconds``, with its state saved and without weights (None). ``workers`` threads prepare batches.
    Raises FacelabelError when there is nothing to learn from, ``out`` holds another run, or a loss is no number (the
    last sound state stays), and what ``on_progress`` raises, after saving.
    """
    device = device or torch.device("cpu")
    preset = presets.load(settings.preset)
    presets.scaf_shape(preset)
    found, told, failures = _sources(out / "cache", settings, preset, photos, on_progress)
    digest = hashlib.sha256(" ".join(source.digest for source in found).encode()).hexdigest()
    _claim(out, {"settings": settings.model_dump(mode="json", exclude={"batch"}), "data": digest})
    objective = _objective(preset, found, settings, device)
    run = _Run(out, settings, objective)
    batches = Batches(found, _counts(found, settings), preset, settings.augmentation, settings.seed)
    if not run.go_on(batches, preset, device, workers, seconds, on_progress):
        return None, failures
    if isinstance(objective, LandmarkObjective):
        objective.settle(map(batches.at, range(settings.steps + 1, settings.steps + 1 + _SETTLE)))
    heads = objective.heads()
    if DRAWN in heads:
        heads.setdefault("300w-68", heads[DRAWN][:, SUBSET_68].clone())
    tensors = {name: value.cpu() for name, value in objective.averaged.state_dict().items() if name != "LMH.lin.weight"}
    if isinstance(objective, AutoencoderObjective):
        tensors = {name: value for name, value in tensors.items() if name.startswith(("Q.", "P."))}
    card = weights.PretrainedCard(
        facelabel=facelabel.__version__,
        preset=preset.name,
        network=preset.network,
        objective=settings.objective,
        data=told,
        data_hash=digest,
        seed=settings.seed,
        steps=settings.steps,
        batch=settings.batch,
        seconds=round(run.seconds, 1),
        device=devices.describe(device),
        command=command,
        heads=sorted(heads),
    )
    weights.save(out / "weights", weights.Pretrained(tensors, heads, card), half=True)
    return out / "weights", failures


class _Run:
    """Where a run stands: ``step`` updates and ``seconds`` of work are behind it."""

    def __init__(self, out: Path, settings: PretrainSettings, objective: Objective) -> None:
        self._out, self._settings, self._objective = out, settings, objective
        self.step, self.seconds = 0, 0.0
        self._sums: dict[str, list[float]] = {}
        path = out / "state.pt"
        if not path.is_file():
            return
        try:
            state = torch.load(path, map_location="cpu", weights_only=True)
            objective.restore(state["objective"])
            self.step, self.seconds = int(state["step"]), float(state["seconds"])
        except Exception:
            raise FacelabelError(
                "the state of this run is damaged", where=path, cure="remove it to begin again, or name a new folder"
            ) from None

    def go_on(
        self,
        batches: Batches,
        preset: Preset,
        device: torch.device,
        workers: int,
        limit: float | None,
        on_progress: OnProgress | None,
    ) -> bool:
        """Whether the last step is done; False when ``limit`` seconds were up first."""
        steps, begun = self._settings.steps, self.step
        clock = Clock("train", steps - begun, on_progress)
        since = saved = time.monotonic()
        shown = np.concatenate([batch.images[:8] for batch in batches.at(0)])[:12]
        try:
            for ready in batches.ahead(begun + 1, steps, workers):
                losses = self._objective.step(ready, self.step + 1, _rate(self.step, steps))
                if not all(math.isfinite(value) for value in losses.values()):
                    raise _DivergedError(self._out, self.step + 1)
                self.step += 1
                now = time.monotonic()
                self.seconds, since = self.seconds + now - since, now
                self._log(losses, last=self.step == steps)
                if self.step % SHOW_EVERY == 0 or self.step == steps:
                    pictures.samples(
                        self._out / "samples" / f"{self.step:07d}.png", self._objective.averaged, preset, shown, device
                    )
                    pictures.curves(self._out / "log.csv", self._out / "curves.png")
                if now - saved > SAVE_EVERY:
                    self._save()
                    saved = now
                clock.tell(self.step - begun, losses.get("reconstruction", next(iter(losses.values()))))
                if limit is not None and clock.seconds > limit and self.step < steps:
                    return False
        except _DivergedError:
            raise
        except BaseException:
            self._save()
            raise
        else:
            return True
        finally:
            if self.step == steps or limit is not None:
                self._save()

    def _log(self, losses: dict[str, float], *, last: bool) -> None:
        for name, value in losses.items():
            self._sums.setdefault(name, []).append(value)
        if self.step % LOG_EVERY and not last:
            return
        path = self._out / "log.csv"
        fresh = not path.is_file()
        with path.open("a", encoding="utf-8", newline="") as file:
            names = _names(path, file.tell() == 0, list(self._sums))
            writer = csv.writer(file)
            if fresh:
                writer.writerow(["step", "seconds", *names])
            means = [f"{np.mean(self._sums[name]):.5f}" if self._sums.get(name) else "" for name in names]
            writer.writerow([self.step, round(self.seconds, 1), *means])
        self._sums = {}

    def _save(self) -> None:
        state = {"step": self.step, "seconds": self.seconds, "objective": self._objective.state()}
        data = io.BytesIO()
        torch.save(state, data)  # not to the file itself: on a full disk torch speaks of positions
        write_whole(self._out / "state.pt", data.getbuffer())


class _DivergedError(FacelabelError):
    def __init__(self, out: Path, step: int) -> None:
        super().__init__(
            f"a loss of pretraining is no longer a number at step {step}",
            where=out,
            cure="begin again in a new folder with a lower --lr; the last sound state stays",
        )


def _rate(done: int, steps: int) -> float:
    warm_up = min(_WARM_UP, steps // 5)
    if done < warm_up:
        return (done + 1) / (warm_up + 1)
    return 0.5 * (1 + math.cos(math.pi * (done - warm_up) / max(1, steps - warm_up)))


def _names(path: Path, empty: bool, names: list[str]) -> list[str]:
    """The columns of the log; losses that set in later are columns from the beginning."""
    if empty:
        known = ["latent", "latent critic", "picture", "picture critic", "structure"]
        return names if "latent critic" not in names else ["reconstruction", *known]
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))[2:]


def _claim(out: Path, what: dict[str, Any]) -> None:
    path = out / "run.json"
    try:
        if path.is_file():
            if json.loads(path.read_text(encoding="utf-8")) != what:
                raise FacelabelError(
                    "another pretraining stands in this folder: other faces or other settings",
                    where=out,
                    cure="name a new folder, or the same faces and settings to go on",
                )
        else:
            path.write_text(json.dumps(what, indent=2) + "\n", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise FacelabelError(f"this folder cannot be used: {error}", where=out, cure="name a new folder") from None


def _counts(found: Sequence[Source], settings: PretrainSettings) -> list[int]:
    """Faces of each source in a batch: rendered ones their share, the others by how many they are."""
    real = [source for source in found if source.scheme.id != DRAWN or not settings.rendered]
    if len(found) == 1:
        return [settings.batch]
    drawn = 0 if len(real) == len(found) else max(1, round(settings.batch * settings.rendered_share))
    rest = settings.batch - drawn
    total = sum(len(source) for source in real)
    counts = [max(1, round(rest * len(source) / total)) for source in real]
    counts[int(np.argmax(counts))] += rest - sum(counts)
    return counts + ([drawn] if drawn else [])


def _objective(preset: Preset, found: Sequence[Source], settings: PretrainSettings, device: torch.device) -> Objective:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        if settings.objective == "autoencoder":
            return AutoencoderObjective(preset, sum(map(len, found)), settings, device)
        return LandmarkObjective(preset, [source.scheme for source in found], settings, device)


def _sources(
    cache: Path, settings: PretrainSettings, preset: Preset, photos: Photos, on_progress: OnProgress | None
) -> tuple[list[Source], list[str], list[Failure]]:
    """The sources, real ones first and rendered ones last, what each is in words, and the faces left out."""
    side, failures = sources.side(preset), list[Failure]()
    found: list[Source] = []
    told: list[str] = []

    def keep(name: str, scheme: Scheme, make: Any) -> None:
        source, note = store.opened(cache, name, scheme, side), cache / f"{name}.txt"
        if source is None or not note.is_file():
            faces, text = make()
            source, failed = store.written(cache, name, scheme, side, faces)
            note.write_text(text, encoding="utf-8")
            failures.extend(failed)
        found.append(source)
        told.append(note.read_text(encoding="utf-8"))

    if photos.folders or photos.five:

        def five() -> Any:
            detector = FaceDetector()
            lists = [sources.faces_in(folder, detector, on_progress) for folder in photos.folders]
            faces = [*photos.five, *(face for some, _ in lists for face in some)]
            words = [f"{len(photos.five):,} unlabelled faces of projects"] if photos.five else []
            return sources.cropped(preset, faces, on_progress), "; ".join([*words, *(text for _, text in lists)])

        keep("photos", schemes.load(FIVE), five)
    if photos.labelled and photos.scheme is not None:
        text = f"{len(photos.labelled):,} faces of a project, scheme {photos.scheme.id}"
        keep("project", photos.scheme, lambda: (sources.cropped(preset, photos.labelled, on_progress), text))
    if settings.rendered:
        text = f"{settings.rendered:,} faces drawn by facelabel, landmarks exact, scheme {DRAWN}"
        seed = 1_000_000 * (1 + settings.seed)
        keep(
            "rendered",
            schemes.load(DRAWN),
            lambda: (sources.rendered(preset, settings.rendered, seed, on_progress), text),
        )
    if not found:
        raise FacelabelError("there is nothing to learn from", cure="name folders of photos, or --rendered N")
    return found, told, failures
