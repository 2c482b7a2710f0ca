"""One pretraining from its sources to its weights, in a folder that it can go on in after any interruption.

The folder holds ``run.json`` (what the run is), ``cache/`` (cropped faces), ``state.pt`` (where it stands), ``log.csv``
and ``curves.png`` (losses), ``samples/`` (pictures) and, at the end, ``weights/``. A chain of objectives has such a
folder for each, and one cache.
"""

from __future__ import annotations

import hashlib
import json
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
from facelabel.learning import devices, presets, weights
from facelabel.learning.detection import FaceDetector
from facelabel.learning.faces import Failure, LabelledFace, OnProgress
from facelabel.learning.presets import Preset
from facelabel.learning.pretraining import sources, store
from facelabel.learning.pretraining.autoencoder import AutoencoderObjective
from facelabel.learning.pretraining.batches import Batches
from facelabel.learning.pretraining.encoder import EncoderObjective
from facelabel.learning.pretraining.generator import GeneratorObjective
from facelabel.learning.pretraining.landmarks import LandmarkObjective
from facelabel.learning.pretraining.objective import Objective
from facelabel.learning.pretraining.settings import STAGES, PretrainSettings, stage
from facelabel.learning.pretraining.steps import Run
from facelabel.learning.pretraining.store import Source
from facelabel.pretrained import CARD, weight_files
from facelabel.rendering import SUBSET_68
from facelabel.schemes import Scheme

FIVE, DRAWN = "face-5", "wflw-98"
_SETTLE = 100
"""Batches that the statistics of the result are measured on, if the run had as many."""


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
    faces that could not be read. A ``chain`` makes a run of each of its stages, in folders within.

    Ends early after ``seconds``, with its state saved and without weights (None). ``workers`` threads prepare batches.
    Raises FacelabelError when there is nothing to learn from, ``out`` holds another run, or a loss is no number (the
    last sound state stays), and what ``on_progress`` raises, after saving.
    """
    device = device or torch.device("cpu")
    until = None if seconds is None else time.monotonic() + seconds
    if settings.objective != "chain":
        return _one(out, settings, photos, out / "cache", device, workers, until, command, on_progress)
    _claim(out, {"settings": settings.model_dump(mode="json", exclude={"batch"})})
    done: Path | None = None
    failures: list[Failure] = []
    for objective in STAGES:
        own = stage(settings, objective, None if done is None else str(done))
        before = (out / objective / "weights" / CARD).is_file()
        done, failed = _one(out / objective, own, photos, out / "cache", device, workers, until, command, on_progress)
        failures += failed
        late = not before and objective != STAGES[-1] and until is not None and time.monotonic() > until
        if done is None or late:
            return None, failures
    return done, failures


def _one(
    out: Path,
    settings: PretrainSettings,
    photos: Photos,
    cache: Path,
    device: torch.device,
    workers: int,
    until: float | None,
    command: str,
    on_progress: OnProgress | None,
) -> tuple[Path | None, list[Failure]]:
    preset = presets.load(settings.preset)
    begun, before = None, list[str]()
    if settings.start is not None:
        # What is asked for has to be there before faces are searched for, which can take hours.
        begun = _start(Path(settings.start))
        start = weights.load(begun)
        weights.check_fits(start, preset, begun)
        before = start.card.data
    found, told, failures = _sources(cache, settings, preset, photos, on_progress)
    digest = hashlib.sha256(" ".join(source.digest for source in found).encode())
    if begun is not None:
        settings = settings.model_copy(update={"start": str(begun)})
        told += [line for line in before if line not in told]
        for path in weight_files(begun):
            digest.update(path.read_bytes())
    shown = settings.model_dump(mode="json", exclude={"batch", "start"})
    counts = _counts(found, settings)
    objective = _objective(preset, found, settings, device)
    _claim(out, {"settings": shown, "data": digest.hexdigest()})
    run = Run(out, settings, objective)
    batches = Batches(found, counts, preset, settings.augmentation, settings.seed)
    left = None if until is None else max(0.0, until - time.monotonic())
    if not run.go_on(batches, workers, left, on_progress):
        return None, failures
    settled = settings.steps + 1 + min(_SETTLE, settings.steps)
    objective.settle(map(batches.at, range(settings.steps + 1, settled)))
    heads = objective.heads()
    if DRAWN in heads:
        heads.setdefault("300w-68", heads[DRAWN][:, SUBSET_68].clone())
    card = weights.PretrainedCard(
        facelabel=facelabel.__version__,
        preset=preset.name,
        network=preset.network,
        objective=settings.objective,
        data=told,
        data_hash=digest.hexdigest(),
        seed=settings.seed,
        steps=settings.steps,
        batch=settings.batch,
        seconds=round(run.seconds, 1),
        device=devices.describe(device),
        command=command,
        heads=sorted(heads),
    )
    tensors = {name: value.cpu() for name, value in objective.tensors().items()}
    weights.save(out / "weights", weights.Pretrained(tensors, heads, card), half=True)
    objective.leave(out / "weights")
    return out / "weights", failures


def _start(folder: Path) -> Path:
    """The folder of the weights in a run's folder, or the folder itself."""
    within = folder / "weights"
    return within if within.is_dir() else folder


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
            out.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(what, indent=2) + "\n", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise FacelabelError(f"this folder cannot be used: {error}", where=out, cure="name a new folder") from None


def _counts(found: Sequence[Source], settings: PretrainSettings) -> list[int]:
    """Faces of each source in a batch: rendered ones their share, the others by how many they are."""
    if settings.batch < len(found):
        raise FacelabelError(
            f"a batch of {settings.batch} has no face for each of {len(found)} sources",
            cure=f"name --batch {len(found)} or more, or fewer sources",
        )
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
        if settings.objective == "generator":
            return GeneratorObjective(preset, settings, device)
        if settings.objective == "encoder":
            return EncoderObjective(preset, settings, device)
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
