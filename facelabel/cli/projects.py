"""Commands on a project: make it, fill it, look at it, take the labels out."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from facelabel.cli.console import JsonOption, ProjectArgument, counted, existing, note, progress, result
from facelabel.errors import FacelabelError


class Labels(StrEnum):
    pts = "pts"
    wflw = "wflw"
    none = "none"


class Origin(StrEnum):
    one_based = "one-based"
    zero_based = "zero-based"


class Format(StrEnum):
    w300 = "300w"
    wflw = "wflw"


class Unset(StrEnum):
    ask = "ask"
    zero = "zero"
    leave_out = "leave-out"


def new(
    project: ProjectArgument,
    scheme: Annotated[
        str, typer.Option(help="A scheme's id (see `facelabel formats`), or the path of a .toml file.")
    ] = "300w-68",
    preset: Annotated[str, typer.Option(help="The model to train (see `facelabel models`).")] = "scaf-tiny",
    copy_photos: Annotated[bool, typer.Option("--copy-photos", help="Copy photos into the project at import.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make an empty project."""
    from facelabel import schemes, settings
    from facelabel.campaign.loop import Campaign
    from facelabel.campaign.settings import checked
    from facelabel.store.project import Project

    chosen = checked({"preset": preset})
    with Project.create(project, scheme=schemes.load(scheme), copy_photos=copy_photos) as made:
        Campaign(made).change(chosen, settings.load().author)
    data = {"project": str(project), "scheme": made.scheme.id, "landmarks": made.scheme.size, "preset": preset}
    result(data, as_json, lambda: print(f"{project}: {made.scheme.title}, {made.scheme.size} landmarks, {preset}"))


def import_(
    project: ProjectArgument,
    folder: Annotated[Path, typer.Argument(help="A folder of photos; subfolders count.", show_default=False)],
    labels: Annotated[
        Labels, typer.Option(help="Labels that lie beside the photos; they count as human.")
    ] = Labels.none,
    detect: Annotated[bool, typer.Option("--detect", help="Find faces in photos that have none.")] = False,
    detector: Annotated[
        Path | None,
        typer.Option(help="Find them by this YuNet file (.onnx), about four times faster; you bring it."),
    ] = None,
    boxes: Annotated[
        Path | None, typer.Option(help="A boxes file: CSV or JSON with image,left,top,width,height.")
    ] = None,
    origin: Annotated[
        Origin, typer.Option(help="What .pts coordinates count from; 300-W counts from one.")
    ] = Origin.one_based,
    min_face: Annotated[float | None, typer.Option(help="Smallest face to find, in pixels.", min=8)] = None,
    as_json: JsonOption = False,
) -> None:
    """Add photos, and the faces in them. Importing again adds only what is new."""
    searched = detect or detector is not None
    if detector is not None and min_face is not None:
        raise FacelabelError("YuNet takes no smallest face", cure="give --detector or --min-face")
    if detector is not None and not detector.is_file():
        raise FacelabelError("there is no such detector file", where=detector, cure="name YuNet's .onnx file")
    from facelabel import settings
    from facelabel.cli.loop import run_job
    from facelabel.exchange.importing import import_folder
    from facelabel.store import faces
    from facelabel.store.project import Project

    with Project.open(existing(project)) as opened:
        with progress() as bar:
            report = import_folder(
                opened,
                folder,
                labels=labels.value,
                boxes=boxes,
                origin=origin.value,
                author=settings.load().author,
                progress=lambda stage, done, total: bar(stage, done, total, None),
            )
        for _, why in report.refused:
            note(f"refused: {why}")
        data: dict[str, Any] = asdict(report)
        if searched:
            found = run_job(opened, "detect", min_face=min_face, detector=detector)
            data["detected"] = found.faces
            data["refused"] += [(None, why) for why in found.failures]
        with opened.reading() as session:
            total = sum(faces.counts(session).values())
        data["faces_in_project"] = total

    def say() -> None:
        parts = [counted(report.images, "photo"), counted(report.faces, "face"), counted(report.labels, "label")]
        parts += [f"{counted(data['detected'], 'face')} found by the detector"] if searched else []
        parts += [f"{report.known} known already"] if report.known else []
        parts += [counted(report.duplicates, "duplicate")] if report.duplicates else []
        parts += [f"{report.relinked} found again at a new place"] if report.relinked else []
        parts += [f"{len(data['refused'])} refused"] if data["refused"] else []
        print(", ".join(parts))
        if total == 0:
            print("No face yet: import with --detect, --boxes or --labels, or draw boxes in the window.")

    result(data, as_json, say)
    if report.refused and not (report.images or report.known or report.relinked or report.duplicates):
        raise typer.Exit(2)


def status(project: ProjectArgument, as_json: JsonOption = False) -> None:
    """What is labelled, what the model has learnt, what comes next."""
    from facelabel.campaign.loop import Campaign
    from facelabel.campaign.overview import Overview
    from facelabel.store import faces, images
    from facelabel.store.project import Project

    with Project.open(existing(project), read_only=True) as opened:
        campaign = Campaign(opened)
        now = campaign.status()
        ahead = campaign.outlook(min(now.budget_left, 100) or 100)
        doubt = Overview(opened).calibration()
        with opened.reading() as session:
            counts, photos = faces.counts(session), images.count(session)
        scheme = opened.scheme.id
    data = asdict(now) | {"project": str(project), "scheme": scheme, "photos": photos, "faces": counts}
    data["outlook"] = {
        "forecast": ahead.text,
        "stop": ahead.stop.text,
        "budget": ahead.budget.text,
        "counts": ahead.budget.counts,
        "audit_faces": ahead.audit_faces,
        "audit_wanted": ahead.audit_wanted,
        "in_part": asdict(ahead.in_part),
    }
    data["expected_errors"] = {
        "calibrated": doubt.ready,
        "audit_faces": doubt.faces,
        "audit_faces_wanted": doubt.wanted,
        "text": doubt.text if doubt.reliability is None else doubt.reliability.text,
        "reliability": None if doubt.reliability is None else asdict(doubt.reliability),
    }

    def say() -> None:
        print(f"{project}: {scheme}, {counted(photos, 'photo')}, {counted(sum(counts.values()), 'face')}")
        print("  faces    " + ", ".join(f"{number} {state}" for state, number in counts.items() if number))
        print(f"  round    {now.round}, {now.phase}: {now.batch_done} of {now.batch_size} labelled, by {now.function}")
        print(f"  budget   {ahead.budget.text}")
        print(f"           {ahead.budget.counts}")
        print(f"  audit    {ahead.audit_faces} of {counted(ahead.audit_wanted, 'face')} labelled to measure the model")
        model = (
            "none yet" if now.version is None else f"v{now.version:04d}, trained on {counted(now.trained_on, 'face')}"
        )
        print(f"  model    {model}")
        for point in now.measured:
            if point.nme is not None:
                interval = f"{point.low:.2f} – {point.high:.2f}"
                measured = f"NME {point.nme:.2f} % ({interval}) on {counted(point.faces, 'audit face')}"
                final = ", the long schedule" if point.finish else ""
                print(f"           v{point.version:04d}: {counted(point.labels, 'label')}{final}, {measured}")
        if ahead.in_part.text:
            print(f"           {ahead.in_part.text}")
        print(f"  doubt    {data['expected_errors']['text']}")
        print(f"  ahead    {ahead.text}")
        print(f"           {ahead.stop.text}")
        if ahead.in_part.caution:
            print(f"           {ahead.in_part.caution}")
        for line in (now.notice or "").splitlines():
            print(f"  {line}")

    result(data, as_json, say)


def export(
    project: ProjectArgument,
    out: Annotated[Path, typer.Argument(help="The folder to write: new, or empty.", show_default=False)],
    format: Annotated[Format, typer.Option(help="300-W .pts files or a WFLW list.")] = Format.w300,
    predictions: Annotated[
        bool, typer.Option("--predictions", help="Also faces that only the model has seen.")
    ] = False,
    fill_predicted: Annotated[
        bool,
        typer.Option("--fill-predicted", help="Faces labelled in part: the model's points where nobody confirmed any."),
    ] = False,
    unset_attributes: Annotated[
        Unset, typer.Option(help="WFLW: what an attribute that nobody set becomes.")
    ] = Unset.ask,
    origin: Annotated[
        Origin, typer.Option(help="What .pts coordinates count from; 300-W counts from one.")
    ] = Origin.one_based,
    convert: Annotated[
        bool, typer.Option("--convert", help="wflw-98 to the 68 points of 300-W, by the subset map.")
    ] = False,
    photos: Annotated[bool, typer.Option("--photos", help="Copy the photos too.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an earlier export.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write the labelled set, with a manifest of what is in it and what was left out."""
    from facelabel.exchange.export_faces import ExportOptions
    from facelabel.exchange.exporting import export as write
    from facelabel.store.project import Project

    options = ExportOptions(
        format=format.value,
        predictions=predictions,
        confirmed_only=not fill_predicted,
        unset=unset_attributes.value,
        origin=origin.value,
        convert=convert,
        photos=photos,
        overwrite=overwrite,
    )
    with Project.open(existing(project), read_only=True) as opened:
        report = write(opened, out, options)
    left_out = [item.model_dump() for item in report.left_out]
    data = {"out": str(out), "format": format.value, "faces": report.faces, "left_out": left_out}

    def say() -> None:
        print(f"{out}: {counted(report.faces, 'face')}")
        for item in report.left_out[:20]:
            print(f"  left out: face {item.face} of {item.image}: {item.why}")
        if len(report.left_out) > 20:
            print(f"  … and {len(report.left_out) - 20} more, all in manifest.json")

    result(data, as_json, say)
