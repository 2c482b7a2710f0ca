"""How well faces are found on whole photos, and the map from a detector's box to the box of its landmarks.

    FACELABEL_FACES=... python benchmarks/detection.py measure [--yunet FILE] [--write] [--doubtful FOLDER]
    FACELABEL_FACES=... python benchmarks/detection.py calibrate [--yunet FILE]

``measure`` runs on the whole photos of ``originals`` (HELEN, LFPW, AFW, dlib; 68 points a face). Photos with identical
bytes are one photo with all their faces. A face is found when the landmark box of a detection overlaps its tight
landmark box by at least one half (intersection over union). Not every face of AFW and dlib's photos is annotated: what
was detected without a matching annotation was looked at once, and the verdicts are kept in
``detection_looked_at.csv``; ``--doubtful FOLDER`` writes crops of detections without a verdict (keep them out of the
repository).

``calibrate`` fits ``facelabel.learning.detection._LANDMARK_BOX`` on the pool of ``300w`` without the photos that
``measure`` uses, so that both held-out sets (``devtest`` and the whole photos) stay unseen.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import platform
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from PIL import Image

from facelabel.formats import pts
from facelabel.geometry import Box
from facelabel.images.crops import crop
from facelabel.images.decode import read
from facelabel.learning.detection import DetectedFace, FaceDetector, landmark_box, landmark_features
from facelabel.learning.yunet import YuNetDetector

SOURCES = ("helen_300w", "lfpw_300w", "afw_300w", "dlib_faces")
HERE = Path(__file__).parent
LOOKED_AT = HERE / "detection_looked_at.csv"
RESULTS = HERE.parent / "docs" / "results" / "detection.md"


class Detector(Protocol):
    def detect(self, image: np.ndarray) -> list[DetectedFace]: ...


@dataclass
class Photo:
    """A picture with the tight landmark boxes of its annotated faces."""

    path: Path
    source: str
    name: str  # of the photo, without the face's number
    boxes: list[Box] = field(default_factory=list)


@dataclass
class Measured:
    """Of one detector on one group of photos."""

    photos: int = 0
    faces: int = 0
    found: int = 0
    raw_extra: int = 0
    not_faces: int = 0
    unseen: int = 0
    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)

    def __add__(self, other: Measured) -> Measured:
        return Measured(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


def whole_photos(faces: Path) -> list[Photo]:
    photos: dict[str, Photo] = {}

    def photo(path: Path, source: str, name: str) -> Photo:
        return photos.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), Photo(path, source, name))

    for source in SOURCES[:3]:
        for points in sorted((faces / "originals" / source).glob("*.pts")):
            picture = next(p for p in (points.with_suffix(".jpg"), points.with_suffix(".png")) if p.exists())
            photo(picture, source, photo_name(points.stem, source)).boxes.append(
                Box.around(pts.read(points, points=68))
            )
    folder = faces / "originals" / SOURCES[3]
    for listing in sorted(folder.glob("*.xml")):
        for image in ET.parse(listing).getroot().iter("image"):
            path = folder / str(image.get("file"))
            for box in image.iter("box"):
                parts = [(float(p.get("x", "nan")), float(p.get("y", "nan"))) for p in box.iter("part")]
                photo(path, SOURCES[3], path.stem).boxes.append(Box.around(np.array(parts)))
    return list(photos.values())


def photo_name(stem: str, source: str) -> str:
    """HELEN and AFW number the faces of a photo (NAME_1, NAME_2); LFPW has one face a photo."""
    return stem if source == "lfpw_300w" else stem.rsplit("_", 1)[0]


def crops_300w(faces: Path, split: str) -> list[Photo]:
    with (faces / "300w" / "faces.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == split]
    folder = faces / "300w"
    return [
        Photo(folder / row["image"], "300w", row["photo"], [Box.around(pts.read(folder / row["points"]))])
        for row in rows
    ]


def matched(detections: list[DetectedFace], boxes: list[Box], least: float = 0.5) -> list[tuple[DetectedFace, Box]]:
    """Each detection, the surest first, with the free annotation that it overlaps most."""
    free, pairs = list(boxes), []
    for face in detections:
        best = max(free, key=landmark_box(face).overlap, default=None)
        if best is not None and landmark_box(face).overlap(best) >= least:
            free.remove(best)
            pairs.append((face, best))
    return pairs


def verdicts() -> dict[str, list[tuple[Box, bool]]]:
    """Photo's hash to the boxes looked at and whether each shows a face."""
    seen: dict[str, list[tuple[Box, bool]]] = {}
    with LOOKED_AT.open(newline="") as file:
        for row in csv.DictReader(file):
            box = Box(*(float(row[name]) for name in ("left", "top", "width", "height")))
            seen.setdefault(row["sha256"], []).append((box, row["verdict"] == "face"))
    return seen


def measure(detector: Detector, photos: Iterable[Photo], doubtful: Path | None) -> tuple[dict[str, Measured], float]:
    looked_at, results, seconds = verdicts(), {source: Measured() for source in SOURCES}, 0.0
    for photo in photos:
        image, result = read(photo.path), results[photo.source]
        start = time.perf_counter()
        detections = detector.detect(image)
        seconds += time.perf_counter() - start
        pairs = matched(detections, photo.boxes)
        result += Measured(1, len(photo.boxes), len(pairs))
        result.before += [face.box.overlap(box) for face, box in pairs]
        result.after += [landmark_box(face).overlap(box) for face, box in pairs]
        sha256 = hashlib.sha256(photo.path.read_bytes()).hexdigest()
        for face in detections:
            if any(face is known for known, _ in pairs):
                continue
            result.raw_extra += 1
            box = landmark_box(face)
            verdict = [is_face for seen, is_face in looked_at.get(sha256, []) if seen.overlap(box) >= 0.5]
            if not verdict:
                result.unseen += 1
                if doubtful is not None:
                    save_doubtful(doubtful, sha256, image, box, face.score)
            elif not any(verdict):
                result.not_faces += 1
        results[photo.source] = result
    return results, seconds


def save_doubtful(folder: Path, sha256: str, image: np.ndarray, box: Box, score: float) -> None:
    """A crop to look at and a line of the file of verdicts to complete."""
    folder.mkdir(parents=True, exist_ok=True)
    place = ",".join(f"{value:.0f}" for value in (box.left, box.top, box.width, box.height))
    with (folder / "to_look_at.csv").open("a") as file:
        file.write(f"{sha256},{place},\n")
    Image.fromarray(crop(image, box.scaled(2), 160)).save(folder / f"{sha256[:8]}_{place}_{score:.2f}.png")


def table(title: str, results: dict[str, Measured], seconds: float) -> str:
    total = sum(results.values(), Measured())
    lines = [
        f"### {title}",
        "",
        "| photos of | photos | annotated faces | found | without annotation | of them no face | not looked at"
        " | false positives a photo | IoU, detector's box | IoU, landmark box |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, r in [*results.items(), ("all", total)]:
        lines.append(
            f"| {name} | {r.photos} | {r.faces} | {r.found} ({r.found / r.faces:.1%}) | {r.raw_extra} | {r.not_faces}"
            f" | {r.unseen} | {(r.not_faces + r.unseen) / r.photos:.2f} | {np.mean(r.before):.3f}"
            f" | {np.mean(r.after):.3f} |"
        )
    found = total.found + total.raw_extra
    lines += [
        "",
        f"Precision {total.found / found:.1%} raw, {1 - (total.not_faces + total.unseen) / found:.1%} looked at.",
        f"{1000 * seconds / total.photos:.0f} ms a photo (detection alone, one thread, {platform.machine()} CPU).",
    ]
    return "\n".join(lines)


def features_and_sides(detector: Detector, photos: Iterable[Photo]) -> tuple[np.ndarray, np.ndarray]:
    """Features (N, 12) and the landmark box's sides (N, 4) in the detector's frame, each face and its mirror image."""
    features, sides = [], []
    for photo in photos:
        truth = photo.boxes[0]
        best = max(detector.detect(read(photo.path)), key=lambda face: face.box.overlap(truth), default=None)
        if best is None or best.box.overlap(truth) < 0.3:
            continue
        for face, box in ((best, truth), mirrored(best, truth)):
            (cx, cy), side = face.box.centre, (face.box.width * face.box.height) ** 0.5
            features.append(landmark_features(face))
            sides.append(np.array([box.left - cx, box.top - cy, box.right - cx, box.bottom - cy]) / side)
    return np.array(features), np.array(sides)


def mirrored(face: DetectedFace, truth: Box) -> tuple[DetectedFace, Box]:
    def flip(box: Box) -> Box:
        return Box(-box.right, box.top, box.width, box.height)

    points = (face.points * [-1, 1])[[1, 0, 2, 4, 3]]
    return DetectedFace(flip(face.box), face.score, points, face.detector), flip(truth)


def fitted(features: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Least absolute residuals by reweighting, slightly damped: a few matches are of a neighbour's face."""
    weights = np.ones(len(features))
    for _ in range(8):
        left = (features * weights[:, None]).T
        answer = np.linalg.solve(left @ features + 1e-3 * np.eye(features.shape[1]), left @ sides)
        weights = 1 / np.maximum(np.linalg.norm(sides - features @ answer, axis=1), 0.05)
    return answer


def calibrate(detector: Detector, faces: Path) -> None:
    unseen = {photo.name for photo in whole_photos(faces)}
    pool = [photo for photo in crops_300w(faces, "pool") if photo.name not in unseen]
    answer = fitted(*features_and_sides(detector, pool))
    print(f"# fitted on {len(pool)} faces; rows: 1, half width, five points; columns: left, top, right, bottom")
    for row in answer:
        print("[" + ", ".join(f"{value:.4f}" for value in row) + "],")
    held_out = [photo for photo in crops_300w(faces, "devtest") if photo.name not in unseen]
    before, after = [], []
    for photo in held_out:
        truth = photo.boxes[0]
        best = max(detector.detect(read(photo.path)), key=lambda face: face.box.overlap(truth), default=None)
        if best is not None:
            before.append(best.box.overlap(truth))
            after.append(landmark_box(best).overlap(truth))
    print(
        f"# held out: {len(before)} of {len(held_out)} faces of devtest, IoU of the detector's box"
        f" {np.mean(before):.3f}, with the constants in the code {np.mean(after):.3f}"
    )


def write(tables: list[str]) -> None:
    said = """# Finding faces on whole photos

Written by `python benchmarks/detection.py measure --yunet FILE --write`, which says how faces are matched and counted.

"Without annotation" are detections that match no annotated face, raw. AFW and dlib's group photos show more faces than
are annotated, so each such detection was looked at once (`benchmarks/detection_looked_at.csv`); "of them no face" are
those that show none: a printed face is one; a doll, a snowman and a dog are not. "IoU" compares the boxes of found
faces with the tight box of their 68 landmarks: the detector's own box, and the one that `landmark_box` makes of it and
that projects keep. None of these photos took part in its fit.

"""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(said + "\n\n".join(tables) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["measure", "calibrate"])
    parser.add_argument("--yunet", type=Path, help="a YuNet .onnx file, to measure as well or to calibrate instead")
    parser.add_argument("--write", action="store_true", help="write docs/results/detection.md")
    parser.add_argument("--doubtful", type=Path, help="a folder outside the repository for crops to look at")
    chosen = parser.parse_args()
    faces = Path(os.environ["FACELABEL_FACES"])
    if chosen.task == "calibrate":
        calibrate(YuNetDetector(chosen.yunet) if chosen.yunet else FaceDetector(), faces)
        return
    detectors: dict[str, Detector] = {"MTCNN, smallest face 5 % of the longer side": FaceDetector()}
    if chosen.yunet:
        detectors["YuNet"] = YuNetDetector(chosen.yunet)
    photos = whole_photos(faces)
    tables = [table(name, *measure(detector, photos, chosen.doubtful)) for name, detector in detectors.items()]
    print("\n\n".join(tables))
    if chosen.write:
        write(tables)


if __name__ == "__main__":
    main()
