"""How good a project's model is on labelled photos that the project never sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from facelabel.campaign.comparing import size_of
from facelabel.errors import FacelabelError
from facelabel.evaluation import faces, layouts, predicting
from facelabel.evaluation.faces import FaceSet
from facelabel.evaluation.measuring import FILES, Evaluation, distances, measure
from facelabel.evaluation.pace import Pace
from facelabel.evaluation.predicting import Placed
from facelabel.formats.pts import Origin
from facelabel.jobs.messages import Message
from facelabel.metrics.nme import Kind
from facelabel.store import versions
from facelabel.store.project import Project
from facelabel.store.tables import ModelVersion

Labels = Literal["pts", "wflw", "300w-test", "wflw-test", "aflw-test"]
"""How a folder is labelled: photos with ``.pts`` beside them, WFLW lists, or the test faces of a public data set."""

Boxes = Literal["labels", "detector"] | Path
OnMessage = Callable[[Message], None]

_SETS: dict[str, layouts.SetName] = {"300w-test": "300w", "wflw-test": "wflw", "aflw-test": "aflw"}
IN_WORDS = {"labels": "the labels' boxes", "detector": "the detector's boxes"}


@dataclass(frozen=True)
class Options:
    """What does not change between the evaluations of one command. ``threshold`` is a fraction; ``norm`` and
    ``threshold`` of None are the scheme's own."""

    norm: Kind | None = None
    threshold: float | None = None
    seed: int = 0


class Evaluator:
    """Labelled faces that a project's models, and other predictions, are measured on one after the other."""

    def __init__(
        self,
        project: Project,
        folder: Path,
        labels: Labels = "pts",
        *,
        origin: Origin = "one-based",
        subsets: Mapping[str, Path] | None = None,
        options: Options | None = None,
        on_message: OnMessage = lambda message: None,
    ) -> None:
        """Read the faces, with a subset for each list file of ``subsets``. Raises FacelabelError when there is none."""
        self._project = project
        self._folder = folder
        self._origin = origin
        self._options = options or Options()
        self._on_message = on_message
        self._placed: dict[Boxes, Placed] = {}
        known = self._read(labels, origin)
        if not known.faces:
            raise FacelabelError(
                f"no face to measure on: {known.left_out[0]}" if known.left_out else "no labelled photo in this folder",
                where=folder,
                cure=None if known.left_out else "photos need their .pts beside them",
            )
        self.known = faces.with_lists(known, subsets or {})

    def _read(self, labels: Labels, origin: Origin) -> FaceSet:
        scheme = self._project.scheme
        if labels in ("pts", "wflw"):
            return faces.from_folder(self._folder, labels, scheme, origin=origin)
        return layouts.read(_SETS[labels], self._folder, scheme).test

    def by_version(self, version: ModelVersion, boxes: Boxes = "labels") -> Evaluation:
        """One model version. Raises FacelabelError when no face has such a box, or no photo can be read."""
        placed = self._place(boxes)
        weights = self._project.models_folder / f"v{version.number:04d}"
        pace = Pace(self._on_message)
        seen, shapes = predicting.by_model(weights, self._project.scheme, placed, pace)
        if not seen.faces:
            raise FacelabelError("none of the photos could be read", where=self._folder, cure="check the photos")
        said = IN_WORDS[boxes] if isinstance(boxes, str) else f"the boxes of {boxes.name}"
        size = size_of(weights, version.preset)
        return replace(self._measured(seen, shapes, f"v{version.number:04d}", said), pace=pace.seconds, size=size)

    def by_files(self, folder: Path) -> Evaluation:
        """Predictions that somebody else made: a folder of ``.pts`` files named as the photos."""
        seen, shapes = predicting.by_files(folder, self._project.scheme, self.known.faces, origin=self._origin)
        return self._measured(seen, shapes, str(folder), FILES)

    def _place(self, boxes: Boxes) -> Placed:
        """A detector looks once, however many models are measured."""
        if boxes not in self._placed:
            known = self.known.faces
            if boxes == "detector":
                placed = predicting.at_detected(known, self._project.scheme, self._on_message)
            elif boxes == "labels":
                placed = predicting.at_labels(known)
            else:
                placed = predicting.at_file(known, boxes, self._folder)
            if not placed.faces:
                raise FacelabelError(f"no face to measure on: {placed.left_out[0]}", where=self._folder)
            # A norm that these faces do not have is refused before the model runs, not after.
            distances(placed.faces, self._project.scheme, self._options.norm)
            self._placed[boxes] = placed
        return self._placed[boxes]

    def _measured(self, seen: Placed, shapes: predicting.Floats, name: str, boxes: str) -> Evaluation:
        return measure(
            replace(self.known, faces=seen.faces, left_out=self.known.left_out + seen.left_out),
            shapes,
            seen.missed,
            self._project.scheme,
            name=name,
            boxes=boxes,
            norm=self._options.norm,
            threshold=self._options.threshold,
            seed=self._options.seed,
        )


def evaluate(project: Project, folder: Path) -> Evaluation:
    """The newest model version on photos with ``.pts`` beside them, from the labels' boxes, by the scheme's own norm.

    Raises FacelabelError when the project has no model or the folder no labels.
    """
    version = version_of(project)
    return Evaluator(project, folder).by_version(version)


def version_of(project: Project, number: int | None = None, preset: str | None = None) -> ModelVersion:
    """The newest model version, of a ``preset`` where one is named, or that of ``number``. Raises FacelabelError when
    there is none."""
    with project.reading() as session:
        known = [one for one in versions.all(session) if preset in (None, one.preset)]
    if not known:
        of = "" if preset is None else f" of preset '{preset}'"
        raise FacelabelError(
            f"there is no model{of} yet", where=project.folder, cure=f"facelabel train {project.folder}"
        )
    found = known[-1] if number is None else next((v for v in known if v.number == number), None)
    if found is None:
        numbers = ", ".join(str(version.number) for version in known)
        raise FacelabelError(f"there is no model version {number}", where=project.folder, cure=f"there are {numbers}")
    return found
