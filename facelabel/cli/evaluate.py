"""The command that measures: how good is a model, or somebody's predictions, on labelled photos."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from math import inf, isfinite, isinf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from facelabel.cli.console import (
    JsonOption,
    ProjectArgument,
    existing,
    note,
    print_table,
    progress,
    result,
    to_progress,
)
from facelabel.cli.projects import Origin
from facelabel.errors import FacelabelError

if TYPE_CHECKING:
    from facelabel.evaluation.comparing import Comparison
    from facelabel.evaluation.measuring import Evaluation
    from facelabel.evaluation.report import Report
    from facelabel.store.project import Project
    from facelabel.store.tables import ModelVersion


class Norm(StrEnum):
    inter_ocular = "inter-ocular"
    inter_pupil = "inter-pupil"
    box = "box"
    diagonal = "diagonal"


class Against(StrEnum):
    pts = "pts"
    wflw = "wflw"
    w300_test = "300w-test"
    wflw_test = "wflw-test"
    aflw_test = "aflw-test"


def evaluate(
    project: ProjectArgument,
    against: Annotated[
        Path, typer.Option(help="A folder of labelled photos that the project never saw.", show_default=False)
    ],
    labels: Annotated[
        Against,
        typer.Option(help="How they are labelled: .pts files, WFLW lists, or a public data set's test faces."),
    ] = Against.pts,
    version: Annotated[int | None, typer.Option(help="The model version; the newest.", min=1)] = None,
    predictions: Annotated[
        Path | None, typer.Option(help="Measure this folder of .pts files instead of a model version.")
    ] = None,
    compare: Annotated[
        str | None,
        typer.Option(
            metavar="VERSION|PRESET|FOLDER",
            help="Another version, the newest of a model preset, or a folder, on the same faces.",
        ),
    ] = None,
    norm: Annotated[
        Norm | None, typer.Option(help="What the error is divided by; inter-ocular where the scheme has it.")
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Of AUC and failure rate, in per cent; 10, or 7 for a box.")
    ] = None,
    origin: Annotated[Origin, typer.Option(help="What .pts coordinates count from.")] = Origin.one_based,
    boxes: Annotated[
        str,
        typer.Option(
            metavar="labels|detector|FILE",
            help="Predict from the labels' own boxes, from a face detector's, or from those of a CSV or JSON file.",
        ),
    ] = "labels",
    subset: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=LIST", help="A subset to report besides: the faces that a list file names."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The seed of the bootstrap intervals.", min=0)] = 0,
    plot: Annotated[Path | None, typer.Option(help="Write the CED curve to this PNG, PDF or SVG.")] = None,
    report: Annotated[
        list[Path] | None, typer.Option(help="Write a report: one .html file, or a .pdf; may be given twice.")
    ] = None,
    write_predictions: Annotated[
        Path | None, typer.Option(help="Write the predictions as .pts files into this folder.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """NME, CED, AUC and failure rate of a model version on labelled photos, by subset and landmark group."""
    from facelabel.evaluation.comparing import compared
    from facelabel.evaluation.evaluate import Boxes, Evaluator, Options, version_of
    from facelabel.evaluation.predicting import write
    from facelabel.evaluation.report import Report, check, save
    from facelabel.store.project import Project

    for file in report or []:
        check(file)
    if write_predictions is not None and write_predictions.exists() and not write_predictions.is_dir():
        raise FacelabelError(
            "predictions need a folder, this is a file", where=write_predictions, cure="choose another"
        )
    if threshold is not None and not 0 < threshold < inf:
        raise FacelabelError("a threshold is a number of per cent above 0", cure="write --threshold 10, say")
    if predictions is not None and (version is not None or boxes != "labels"):
        raise FacelabelError("--predictions has neither a model nor boxes", cure="leave --version and --boxes out")
    at: Boxes = "detector" if boxes == "detector" else "labels" if boxes == "labels" else Path(boxes)
    options = Options(norm.value if norm else None, None if threshold is None else threshold / 100, seed)
    with Project.open(existing(project), read_only=True) as opened, progress() as bar:
        # What is asked for has to be there before the first long step begins.
        model = None if predictions is not None else version_of(opened, version)
        other = _version(opened, compare)
        if compare is not None and (compare == str(predictions) or (other and model and other.id == model.id)):
            raise FacelabelError("these are the same predictions twice", cure="compare with another version or folder")
        faces = Evaluator(
            opened,
            against,
            labels.value,
            origin=origin.value,
            subsets=_lists(subset or []),
            options=options,
            on_message=to_progress(bar),
        )

        def by(chosen: ModelVersion | None, folder: Path | None, where: Boxes) -> Evaluation:
            if chosen is not None:
                return faces.by_version(chosen, where)
            assert folder is not None
            return faces.by_files(folder)

        found = by(model, predictions, at)
        from_labels = by(model, predictions, "labels") if at == "detector" else None
        beside = None if compare is None else by(other, Path(compare), at)
        comparison = None if beside is None else compared(found, beside)
    whole = Report(found, str(against), from_labels, beside, comparison)
    if write_predictions is not None:
        write(write_predictions, found.faces, found.shapes, origin=origin.value)
    if plot is not None:
        from facelabel.metrics.plot import save_ced

        save_ced(plot, {name: drawn.errors for name, drawn in whole.curves.items()}, found.threshold)
    for file in report or []:
        save(file, whole)
    for line in found.left_out:
        note(f"left out: {line}")
    files = [file for file in (plot, *(report or []), write_predictions) if file is not None]
    data = _document(found, from_labels, comparison, None if model is None else model.number)
    data["sides"] = [_side(one) for one in (found, beside) if one is not None and beside is not None]
    result(data | {"files": [str(file) for file in files]}, as_json, lambda: _say(whole, files))


def _version(project: Project, compare: str | None) -> ModelVersion | None:
    """The version that ``--compare`` means: a number, or a preset's newest; None for a folder. Raises FacelabelError
    for what is none of these."""
    from facelabel.campaign.settings import presets
    from facelabel.evaluation.evaluate import version_of
    from facelabel.store import versions

    if compare is None:
        return None
    if compare.isdecimal():
        return version_of(project, int(compare))
    if Path(compare).is_dir():
        return None
    with project.reading() as session:
        known = {one.id for one in presets()} | {version.preset for version in versions.all(session)}
    if compare not in known:
        raise FacelabelError(
            f"'{compare}' is neither a model version, nor a model preset, nor a folder of predictions",
            cure=f"name a number, one of {', '.join(sorted(known))}, or a folder",
        )
    return version_of(project, preset=compare)


def _side(one: Evaluation) -> dict[str, Any]:
    size = one.size
    return {
        "name": one.name,
        "preset": None if size is None else size.preset,
        "nme": one.whole.nme,
        "nme_interval": one.whole.interval,
        "seconds_a_face": one.pace,
        "training_bytes": None if size is None else size.training_bytes,
        "parameters": None if size is None else size.parameters,
    }


def _lists(pairs: list[str]) -> dict[str, Path]:
    named = {}
    for pair in pairs:
        name, equals, file = pair.partition("=")
        if not (name and equals and file):
            raise FacelabelError(f"'{pair}' names no subset", cure="write --subset NAME=LIST")
        named[name] = Path(file)
    return named


def _document(
    found: Evaluation, from_labels: Evaluation | None, comparison: Comparison | None, version: int | None
) -> dict[str, Any]:
    whole = found.whole
    measured = [(face, error) for face, error in zip(found.faces, found.errors, strict=True) if isfinite(error)]
    return {
        "version": version,
        "faces": whole.faces - whole.missed,
        "missed": whole.missed,
        "boxes": found.boxes,
        "norm": found.norm,
        "nme": whole.nme,
        "nme_interval": whole.interval,
        "nme_median": whole.median,
        "nme_by_norm": found.by_norm,
        "threshold": 100 * found.threshold,
        "auc": whole.auc,
        "auc_interval": whole.auc_interval,
        "failure_rate": whole.failure_rate,
        "failure_rate_interval": whole.failure_interval,
        "subsets": [asdict(row) for row in found.subsets],
        "groups": [asdict(part) for part in found.groups],
        "landmarks": [asdict(part) for part in found.landmarks],
        "from_label_boxes": None if from_labels is None else asdict(from_labels.whole),
        "comparison": None if comparison is None else asdict(comparison),
        "left_out": found.left_out,
        "per_face": [{"image": str(face.image), "nme": 100 * float(error)} for face, error in measured],
        "missed_faces": [face.title for face, error in zip(found.faces, found.errors, strict=True) if isinf(error)],
    }


def _say(report: Report, files: list[Path]) -> None:
    from facelabel.evaluation.comparing import table

    found = report.found
    print(report.summary)
    print_table([report.headings, *report.rows])
    by = [f"{kind} {value:.3f} %" for kind, value in found.by_norm.items() if value is not None]
    print(f"NME by {', '.join(by)}")
    print("By group: " + ", ".join(f"{g.name} {g.nme:.3f} %" for g in found.groups if g.nme is not None))
    if report.comparison is not None and report.other is not None:
        print(report.comparison.words)
        print_table(table(found, report.other))
    for file in files:
        print(f"written: {file}")
