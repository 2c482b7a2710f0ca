"""Where predictions on known faces come from: a model in the worker, from one box or another, or a folder of files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from facelabel.errors import FacelabelError, WorkerError
from facelabel.evaluation.faces import KnownFace
from facelabel.exchange.labelled import boxes_by_photo
from facelabel.formats import pts
from facelabel.formats.atomic import write_whole
from facelabel.geometry import Box
from facelabel.jobs.messages import FaceInput, Failure, ImageFaces, ImageInput, JobSpec, Message
from facelabel.jobs.supervisor import Supervisor
from facelabel.schemes import Scheme

Floats = npt.NDArray[np.float64]
OnMessage = Callable[[Message], None]

FOUND = 0.3
"""The least overlap (intersection over union) of a detected box with the landmarks' own for a face to count as found.
It is a landmark box already; a looser one would hand the network another person's face."""


@dataclass(frozen=True)
class Placed:
    """Faces with the box that the network gets; ``missed`` tells those that a detector did not find: they have none."""

    faces: list[KnownFace]
    missed: npt.NDArray[np.bool_]
    left_out: list[str]


def at_labels(faces: Sequence[KnownFace]) -> Placed:
    """The boxes of the labels; a face whose label gives none (a single point, say) is left out."""
    kept = [face for face in faces if face.box is not None]
    why = "no box is known for this face; --boxes names a file that has one"
    left_out = [f"{face.file}: {why}" for face in faces if face.box is None]
    return Placed(kept, np.zeros(len(kept), dtype=np.bool_), left_out)


def at_file(faces: Sequence[KnownFace], file: Path, folder: Path) -> Placed:
    """The box of ``file`` that fits each label best, which is also what a normaliser takes; a face without is left out.

    Raises FormatError for a file that cannot be read or names a photo that is not there.
    """
    given = boxes_by_photo(file, folder)
    fitted = [(face, _fitting(face, [box for box, _ in given.get(face.image.resolve(), [])])) for face in faces]
    kept = [replace(face, box=box, size_box=box) for face, box in fitted if box is not None]
    left_out = [f"{face.file}: {file.name} has no box for this face" for face, box in fitted if box is None]
    return Placed(kept, np.zeros(len(kept), dtype=np.bool_), left_out)


def at_detected(faces: Sequence[KnownFace], scheme: Scheme, on_message: OnMessage) -> Placed:
    """The detector's boxes. A face that it does not find keeps no box and counts as missed.

    Each detection serves one face, that which it overlaps most. Photos that cannot be read leave their faces out.
    """
    placed = at_labels(faces)
    photos = sorted({face.image for face in placed.faces})
    spec = JobSpec(
        kind="detect",
        scheme=scheme.model_dump(),
        images=[ImageInput(id=number, path=str(path.resolve())) for number, path in enumerate(photos)],
    )
    with TemporaryDirectory(prefix="facelabel-evaluate-") as scratch:
        run(Path(scratch), spec, on_message)
        text = (Path(scratch) / "detections.json").read_bytes()
        seen = TypeAdapter(list[ImageFaces]).validate_json(text)
        why = {f.image: f.why for f in _failures(Path(scratch))}
    boxes = {photos[photo.image]: [Box(*face.box) for face in photo.faces] for photo in seen}
    readable = [face for face in placed.faces if face.image in boxes]
    refused = [face for face in placed.faces if face.image not in boxes]
    left_out = [f"{face.title}: {why.get(str(face.image.resolve()), 'cannot be read')}" for face in refused]
    found = _matched(readable, boxes)
    kept = [replace(face, box=found.get(index)) for index, face in enumerate(readable)]
    missed = np.array([face.box is None for face in kept], dtype=np.bool_)
    return Placed(kept, missed, placed.left_out + left_out)


def _matched(faces: Sequence[KnownFace], boxes: dict[Path, list[Box]]) -> dict[int, Box]:
    """Boxes by the index of their face, the best overlaps first, each face and box once."""
    pairs = [
        (box.overlap(face.box), index, number)
        for index, face in enumerate(faces)
        for number, box in enumerate(boxes[face.image])
        if face.box is not None and box.overlap(face.box) >= FOUND
    ]
    found: dict[int, Box] = {}
    used: set[tuple[Path, int]] = set()
    for _, index, number in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        image = faces[index].image
        if index not in found and (image, number) not in used:
            found[index] = boxes[image][number]
            used.add((image, number))
    return found


def _fitting(face: KnownFace, boxes: list[Box]) -> Box | None:
    """The box that overlaps the label's most; of landmarks at a single place, the smallest around it."""
    if (tight := face.box) is not None:
        overlap, best = max(((box.overlap(tight), box) for box in boxes), key=lambda pair: pair[0], default=(0, None))
        return best if overlap else None
    holding = [box for box in boxes if box.holds(face.shape)]
    return min(holding, key=lambda box: box.width * box.height, default=None)


def by_model(weights: Path, scheme: Scheme, placed: Placed, on_message: OnMessage) -> tuple[Placed, Floats]:
    """The shapes (N, L, 2) that the model in the folder ``weights`` predicts, NaN for missed faces.

    Faces whose photo cannot be read are left out of both. Raises WorkerError when the worker fails.
    """
    pool = [
        FaceInput(id=index, image=str(face.image.resolve()), box=(box.left, box.top, box.width, box.height))
        for index, face in enumerate(placed.faces)
        if (box := face.box) is not None and not placed.missed[index]
    ]
    shapes = np.full((len(placed.faces), scheme.size, 2), np.nan)
    read = placed.missed.copy()
    why: dict[int | None, str] = {}
    if pool:
        spec = JobSpec(kind="score", scheme=scheme.model_dump(), pool=pool, weights=str(weights), functions=[])
        with TemporaryDirectory(prefix="facelabel-evaluate-") as scratch:
            run(Path(scratch), spec, on_message)
            ids, found = predictions_of(Path(scratch))
            why = {f.face: f.why for f in _failures(Path(scratch))}
        shapes[ids], read[ids] = found, True
    left_out = [f"{face.title}: {why.get(i, 'cannot be read')}" for i, face in enumerate(placed.faces) if not read[i]]
    return _only(placed, read, left_out), shapes[read]


def by_files(
    folder: Path, scheme: Scheme, faces: Sequence[KnownFace], *, origin: pts.Origin = "one-based"
) -> tuple[Placed, Floats]:
    """The shapes of the ``.pts`` files of ``folder``, as ``write`` names them; a face without a file is missed.

    Raises FacelabelError when there is no such folder or none of the files is there, FormatError for a file that cannot
    be read.
    """
    if not folder.is_dir():
        raise FacelabelError("there is no folder of predictions here", where=folder, cure="check the path")
    shapes = np.full((len(faces), scheme.size, 2), np.nan)
    missed = np.ones(len(faces), dtype=np.bool_)
    names = file_names(faces)
    for index, name in enumerate(names):
        if (folder / name).is_file():
            shapes[index], missed[index] = pts.read(folder / name, points=scheme.size, origin=origin), False
    if missed.all():
        raise FacelabelError(
            f"none of the {len(faces)} predictions is in this folder, the first would be {names[0]}" if names else "",
            where=folder,
            cure="name the files as the photos lie under the labelled folder; --write-predictions writes such a folder",
        )
    return Placed(list(faces), missed, []), shapes


def write(folder: Path, faces: Sequence[KnownFace], shapes: Floats, *, origin: pts.Origin = "one-based") -> None:
    """Write each prediction as a ``.pts``; missed faces have none.

    Raises FacelabelError when the folder cannot be written.
    """
    for name, shape in zip(file_names(faces), shapes, strict=True):
        if not np.isnan(shape).any():
            try:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise FacelabelError(
                    f"no folder can be made here: {error.strerror}", where=folder, cure="choose another folder"
                ) from None
            write_whole(folder / name, pts.dumps(shape, origin=origin))


def file_names(faces: Sequence[KnownFace]) -> list[str]:
    """The path of each photo below the labelled folder with the suffix ``.pts``; several faces of a photo end in
    ``_1.pts`` and so on, in the order of their labels, as 300-W has it."""
    names = []
    for face in faces:
        stem = face.image.stem if Path(face.name).is_absolute() else Path(face.name).with_suffix("").as_posix()
        names.append(f"{stem}_{face.number}.pts" if face.number else f"{stem}.pts")
    return names


def run(folder: Path, spec: JobSpec, on_message: OnMessage) -> None:
    """One worker job in ``folder``. Raises WorkerError when it does not end well."""
    outcome = Supervisor(folder, spec, on_message).run()
    if outcome.state != "done":
        raise WorkerError(outcome.message or "the evaluation was stopped", cure="see the lines above")


def predictions_of(folder: Path) -> tuple[npt.NDArray[np.int64], Floats]:
    """Face ids (N,) and shapes (N, L, 2) that a job left in its folder."""
    with np.load(folder / "scores.npz") as scores:
        return scores["face_ids"], scores["shapes"].astype(np.float64)


def _failures(folder: Path) -> list[Failure]:
    return TypeAdapter(list[Failure]).validate_json((folder / "failures.json").read_bytes())


def _only(placed: Placed, kept: npt.NDArray[np.bool_], left_out: list[str]) -> Placed:
    faces = [face for face, keep in zip(placed.faces, kept, strict=True) if keep]
    return Placed(faces, placed.missed[kept], placed.left_out + left_out)
