"""The main job on whole photos of real people, by the same doors that a person has, compared with human labels.

    FACELABEL_FACES=... python benchmarks/whole_photos.py [--train-on N] [--preset NAME] [--steps N] [--seed N]
                                                         [--write] [--keep FOLDER] [--overlays FOLDER]

The photos of ``originals/helen_300w`` and ``originals/afw_300w`` (68 points a face) are copied without their labels;
files with identical bytes are one photo with several faces. Then, by the command line: ``new``, ``import --detect``,
``import --labels pts`` of N faces of the pool of ``300w`` (none from a photo that is measured here), ``train``,
``score``. The prediction of every found face that a person has annotated is accepted at the desk as it stands, and
``export --format 300w --photos`` writes the set, which menpo reads back and which is compared with the store.

A face counts as found when the box of a detection, which is that of its landmarks, overlaps the tight box of the human
landmarks by at least one half (intersection over union), each used once, the best overlaps first. NME is inter-ocular.
``--overlays`` writes pictures of the people: keep that folder, and ``--keep``, out of the repository.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from facelabel import schemes
from facelabel.desk.desk import Desk
from facelabel.formats import pts
from facelabel.formats.manifest import Manifest
from facelabel.geometry import Box
from facelabel.images.decode import read
from facelabel.metrics.nme import nme, normaliser
from facelabel.store import faces, images, labels, predictions
from facelabel.store.project import Project

SOURCES = ("helen_300w", "afw_300w")
RESULTS = Path(__file__).parent.parent / "docs" / "results" / "whole-photos.md"
FOUND = 0.5
SCHEME = schemes.load("300w-68")

Shape = npt.NDArray[np.float64]


@dataclass
class Photo:
    """A photo and what people annotated on it: shape (68, 2) by the name of its .pts file."""

    path: Path
    source: str
    name: str
    truth: dict[str, Shape] = field(default_factory=dict)

    @property
    def taken_from(self) -> str:
        """The photo's name in its data set, without the number of a face."""
        return self.name.rsplit("_", 1)[0]


@dataclass(frozen=True)
class Face:
    """A face that a person annotated. ``found`` is the face of the project that matches it, if any."""

    photo: Photo
    label: str
    truth: Shape
    found: int | None = None
    overlap: float = 0.0
    predicted: Shape | None = None


def facelabel(*words: str | Path) -> dict[str, object]:
    """A command of the command line; what it says with ``--json``. Its progress goes to this terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "facelabel", *map(str, words), "--json"], stdout=subprocess.PIPE, text=True, check=True
    )
    document: dict[str, object] = json.loads(done.stdout)
    return document


def photos_of(originals: Path) -> list[Photo]:
    by_content: dict[str, Photo] = {}
    for source in SOURCES:
        for points in sorted((originals / source).glob("*.pts")):
            picture = next(p for p in (points.with_suffix(".jpg"), points.with_suffix(".png")) if p.exists())
            digest = hashlib.sha256(picture.read_bytes()).hexdigest()
            photo = by_content.setdefault(digest, Photo(picture, source, points.stem))
            photo.truth[f"{source}/{points.name}"] = pts.read(points, points=SCHEME.size)
    return list(by_content.values())


def copy_photos(photos: Iterable[Photo], folder: Path) -> None:
    for photo in photos:
        target = folder / photo.source / f"{photo.name}{photo.path.suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(photo.path, target)
        photo.path = target


def copy_training_faces(root: Path, folder: Path, count: int, seed: int, measured: set[str]) -> None:
    """``count`` crops of the pool with their labels, none from a photo that is measured."""
    with (root / "faces.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "pool" and row["photo"] not in measured]
    folder.mkdir()
    for index in np.random.default_rng(seed).choice(len(rows), size=count, replace=False):
        for name in ("image", "points"):
            file = root / rows[index][name]
            shutil.copyfile(file, folder / f"{rows[index]['source']}-{file.name}")


def match(project: Project, photos: list[Photo]) -> tuple[list[Face], dict[str, int]]:
    """Every annotated face with the face of the project that overlaps it most; detections by source."""
    matched, detected = [], dict.fromkeys(SOURCES, 0)
    with project.reading() as session:
        for photo in photos:
            image = images.by_hash(session, hashlib.sha256(photo.path.read_bytes()).hexdigest())
            assert image is not None
            present = {face.id: faces.box_of(face) for face in faces.of_image(session, image.id)}
            detected[photo.source] += len(present)
            pairs = sorted(
                ((box.overlap(Box.around(shape)), label, face_id) for label, shape in photo.truth.items()
                 for face_id, box in present.items()),
                reverse=True,
            )  # fmt: skip
            free, taken = set(photo.truth), {}
            for overlap, label, face_id in pairs:
                if overlap >= FOUND and label in free and face_id in present:
                    free.remove(label)
                    del present[face_id]
                    taken[label] = (face_id, overlap)
            for label, shape in photo.truth.items():
                face_id, overlap = taken.get(label, (None, 0.0))
                known = None if face_id is None else predictions.get(session, face_id)
                matched.append(Face(photo, label, shape, face_id, overlap, None if known is None else known[1]))
    return matched, detected


def from_true_boxes(project: Path, originals: Path) -> dict[str, float]:
    """NME in per cent of each annotated face, predicted from the tight box of its human landmarks."""
    errors = {}
    for source in SOURCES:
        found = facelabel("evaluate", project, "--against", originals / source, "--norm", "inter-ocular")
        for face in found["per_face"]:  # type: ignore[attr-defined]
            errors[f"{source}/{Path(face['image']).stem}.pts"] = face["nme"]
    return errors


def accept(project: Project, matched: list[Face]) -> None:
    """As the desk does when a person finds nothing to correct."""
    desk = Desk(project, "benchmark")
    for face in matched:
        if face.found is not None:
            opened = desk.open(face.found)
            desk.accept(face.found, opened.session.record(), version_id=opened.version_id, seconds=0.0)


def read_back(project: Project, out: Path) -> tuple[int, float, int]:
    """Files that menpo reads, the largest difference from the store in pixels, and photos that are not as they were."""
    from menpo.io import import_landmark_file

    manifest = Manifest.model_validate_json((out / "manifest.json").read_bytes())
    worst, changed = 0.0, 0
    with project.reading() as session:
        stored = labels.newest_of(session, None)
        for entry in manifest.faces:
            read_points = import_landmark_file(out / entry.file)
            if isinstance(read_points, dict):
                (read_points,) = read_points.values()
            # menpo holds (y, x) and counts from 0 as well.
            shape = read_points.points[:, ::-1]
            printed = np.round(stored[entry.face][1].shape + 1, 3) - 1
            worst = max(worst, float(np.abs(shape - printed).max()))
            changed += hashlib.sha256((out / entry.photo).read_bytes()).hexdigest() != entry.sha256
    return len(manifest.faces), worst, changed


def error_of(face: Face) -> float:
    assert face.predicted is not None
    return 100 * float(nme(face.predicted[None], face.truth[None], normaliser(SCHEME, face.truth, "inter-ocular"))[0])


def table(matched: list[Face], detected: dict[str, int], true_boxes: dict[str, float]) -> list[str]:
    lines = [
        "| photos of | photos | annotated faces | found (recall) | detections | precision, raw | IoU of the box"
        " | NME % from detected boxes: mean, median | NME % from true boxes, same faces | NME % from true boxes, all |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, sources in (*((source, (source,)) for source in SOURCES), ("all", SOURCES)):
        every = [face for face in matched if face.photo.source in sources]
        found = [face for face in every if face.predicted is not None]
        errors = np.array([error_of(face) for face in found])
        total = sum(detected[source] for source in sources)
        same = np.mean([true_boxes[face.label] for face in found])
        lines.append(
            f"| {name} | {len({face.photo.path for face in every})} | {len(every)} | {len(found)}"
            f" ({len(found) / len(every):.1%}) | {total} | {len(found) / total:.1%}"
            f" | {np.mean([face.overlap for face in found]):.3f} | {errors.mean():.2f}, {np.median(errors):.2f}"
            f" | {same:.2f} | {np.mean([true_boxes[face.label] for face in every]):.2f} |"
        )
    return lines


def overlay(folder: Path, matched: list[Face]) -> None:
    """Each photo with the predictions (green), the human points (red) and the boxes of its found faces."""
    folder.mkdir(parents=True, exist_ok=True)
    for photo in {face.photo.path: face.photo for face in matched}.values():
        picture = Image.fromarray(read(photo.path))
        draw = ImageDraw.Draw(picture)
        size = max(1, round(max(picture.size) / 600))
        for face in (face for face in matched if face.photo is photo):
            for shape, colour in ((face.truth, "red"), (face.predicted, "lime")):
                for x, y in [] if shape is None else shape.tolist():
                    draw.ellipse((x - size, y - size, x + size, y + size), fill=colour)
        picture.save(folder / f"{photo.source}-{photo.name}.jpg")


def said(arguments: argparse.Namespace, rows: list[str], steps: dict[str, float], facts: list[str]) -> str:
    seconds = ", ".join(f"{name} {value:.0f} s" for name, value in steps.items())
    return "\n".join(
        [
            "# The main job on whole photos",
            "",
            "Written by `python benchmarks/whole_photos.py --write`, which says how faces are matched and counted.",
            f"`{arguments.preset}`, trained from scratch on {arguments.train_on} faces of the `300w` pool"
            f" (seed {arguments.seed}), none of them from these photos; CPU.",
            "",
            *rows,
            "",
            "Precision is raw: AFW's photos show more faces than are annotated, and what was detected without an"
            " annotation counts against it here (`detection.md` tells after a look which of them are faces).",
            "",
            *facts,
            "",
            f"Time on this machine, two cores shared with other work: {seconds}.",
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train-on", type=int, default=100, metavar="N", help="labelled faces to train on")
    parser.add_argument("--preset", default="scaf-tiny")
    parser.add_argument("--steps", default="none", help="training steps; the preset's own by default")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", action="store_true", help="write docs/results/whole-photos.md")
    parser.add_argument("--keep", type=Path, help="a new folder outside the repository for the project and the export")
    parser.add_argument("--overlays", type=Path, help="a folder outside the repository for pictures to look at")
    arguments = parser.parse_args()
    root = Path(os.environ["FACELABEL_FACES"])
    with TemporaryDirectory(prefix="facelabel-whole-photos-") as scratch:
        work = arguments.keep or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        run(arguments, root, work)


def run(arguments: argparse.Namespace, root: Path, work: Path) -> None:
    project, out, steps = work / "project", work / "export", {}

    def timed(name: str, *words: str | Path) -> dict[str, object]:
        start = time.monotonic()
        document = facelabel(*words)
        steps[name] = time.monotonic() - start
        return document

    photos = photos_of(root / "originals")
    copy_photos(photos, work / "photos")
    copy_training_faces(
        root / "300w", work / "train", arguments.train_on, arguments.seed, {photo.taken_from for photo in photos}
    )
    facelabel("new", project, "--preset", arguments.preset)
    facelabel("campaign", project, f"steps={arguments.steps}", f"seed={arguments.seed}")
    timed("import and detect", "import", project, work / "photos", "--detect")
    timed("import labels", "import", project, work / "train", "--labels", "pts")
    trained = timed("train", "train", project)
    scored = timed("score", "score", project)
    true_boxes = from_true_boxes(project, root / "originals")
    with Project.open(project) as opened:
        matched, detected = match(opened, photos)
        accept(opened, matched)
    accepted = sum(face.found is not None for face in matched)
    exported = timed("export", "export", project, out, "--format", "300w", "--photos")
    with Project.open(project, read_only=True) as opened:
        files, worst, changed = read_back(opened, out)
    rows = table(matched, detected, true_boxes)
    facts = [
        f"- `train`: {trained['labels']} labels, {len(trained['failures'])} left out; `score`: {scored['faces']} faces,"  # type: ignore[arg-type]
        f" {len(scored['failures'])} left out.",  # type: ignore[arg-type]
        f"- Accepted at the desk as predicted: {accepted} faces. `export --format 300w --photos`: {exported['faces']}"
        f" faces ({arguments.train_on} imported ones with them), {len(exported['left_out'])} left out.",  # type: ignore[arg-type]
        f"- Read back by menpo: {files} of {exported['faces']} files; largest difference from the store, rounded to the"
        f" three printed decimals: {worst:.1e} px. Photos that are not byte for byte as they were: {changed}.",
    ]
    text = said(arguments, rows, steps, facts)
    print(text)
    if arguments.overlays is not None:
        overlay(arguments.overlays, matched)
    if arguments.write:
        RESULTS.parent.mkdir(parents=True, exist_ok=True)
        RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
