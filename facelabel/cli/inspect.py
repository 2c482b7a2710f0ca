"""Commands that look: how good is the model, what can be picked, is this machine ready."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from facelabel.cli.console import JsonOption, ProjectArgument, existing, note, progress, result, to_progress
from facelabel.cli.projects import Origin


class Norm(StrEnum):
    inter_ocular = "inter-ocular"
    inter_pupil = "inter-pupil"
    box = "box"
    diagonal = "diagonal"


class Against(StrEnum):
    pts = "pts"
    wflw = "wflw"


def evaluate(
    project: ProjectArgument,
    against: Annotated[
        Path, typer.Option(help="A folder of labelled photos that the project never saw.", show_default=False)
    ],
    labels: Annotated[Against, typer.Option(help="How they are labelled.")] = Against.pts,
    norm: Annotated[
        Norm | None, typer.Option(help="What the error is divided by; inter-ocular where the scheme has it.")
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Of AUC and failure rate, in per cent; 10, or 7 for a box.")
    ] = None,
    origin: Annotated[Origin, typer.Option(help="What .pts coordinates count from.")] = Origin.one_based,
    boxes: Annotated[
        Path | None, typer.Option(help="Predict from the boxes of this file (CSV or JSON) instead of the labels' own.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Write the CED curve to this PNG, PDF or SVG.")] = None,
    as_json: JsonOption = False,
) -> None:
    """NME, CED, AUC and failure rate of the newest model version on a labelled folder."""
    from facelabel.exchange.evaluating import evaluate as measure
    from facelabel.store.project import Project

    with Project.open(existing(project), read_only=True) as opened, progress() as bar:
        found = measure(
            opened,
            against,
            labels=labels.value,
            norm=None if norm is None else norm.value,
            threshold=None if threshold is None else threshold / 100,
            origin=origin.value,
            boxes=boxes,
            on_message=to_progress(bar),
        )
    for line in found.left_out:
        note(f"left out: {line}")
    if plot is not None:
        from facelabel.metrics.plot import save_ced

        save_ced(plot, {f"v{found.version:04d}": found.errors}, found.threshold)
    data: dict[str, Any] = {
        "version": found.version,
        "faces": len(found.errors),
        "norm": found.norm,
        "nme": found.nme,
        "nme_interval": list(found.interval),
        "threshold": 100 * found.threshold,
        "auc": found.auc,
        "failure_rate": found.failure_rate,
        "left_out": found.left_out,
        "per_face": [{"image": i, "nme": 100 * float(e)} for i, e in zip(found.images, found.errors, strict=True)],
    }

    def say() -> None:
        print(f"v{found.version:04d} on {len(found.errors)} faces of {against} ({found.norm}):")
        print(f"  NME {found.nme:.3f} %  (95 %: {found.interval[0]:.3f} to {found.interval[1]:.3f})")
        print(
            f"  AUC@{100 * found.threshold:g} {found.auc:.4f}   FR@{100 * found.threshold:g} {found.failure_rate:.2f} %"
        )
        if plot is not None:
            print(f"  CED curve: {plot}")

    result(data, as_json, say)


def models(as_json: JsonOption = False) -> None:
    """The models that can be picked, and what their training starts from."""
    from facelabel.campaign.settings import presets

    listed = presets()
    data = {"models": [{"id": preset.id, "title": preset.title, "text": preset.text} for preset in listed]}

    def say() -> None:
        for preset in listed:
            print(f"{preset.id:<12s} {preset.title}\n{'':<12s} {preset.text}")

    result(data, as_json, say)


def formats(as_json: JsonOption = False) -> None:
    """The file formats that are read and written, and the landmark schemes."""
    from facelabel import schemes
    from facelabel.formats import FORMATS

    data = {
        "formats": [{"id": f.id, "title": f.title, "reads": f.reads, "writes": f.writes} for f in FORMATS.values()],
        "schemes": [{"id": s.id, "title": s.title, "landmarks": s.size} for s in schemes.shipped().values()],
    }

    def say() -> None:
        for f in FORMATS.values():
            how = " and ".join(word for word, can in (("reads", f.reads), ("writes", f.writes)) if can)
            print(f"{f.id:<10s} {f.title} ({how})")
        print()
        for s in schemes.shipped().values():
            print(f"{s.id:<10s} {s.title}, {s.size} landmarks")

    result(data, as_json, say)


def doctor(as_json: JsonOption = False) -> None:
    """Is this machine ready? Names what is missing and the cure."""
    from facelabel.cli.doctor import examine

    findings = examine()
    data = {"ready": all(f.ok for f in findings), "findings": [f.__dict__ for f in findings]}

    def say() -> None:
        for f in findings:
            print(f"{'ok  ' if f.ok else 'MISS'}  {f.what}: {f.found}")
            if f.cure:
                print(f"      {f.cure}")

    result(data, as_json, say)
    if not data["ready"]:
        raise typer.Exit(2)
