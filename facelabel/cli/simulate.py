"""The command that replays a labelled set: which way of choosing needs the fewest labels?"""

from __future__ import annotations

import shlex
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from facelabel.cli.console import JsonOption, note, print_table, progress, result
from facelabel.cli.evaluate import Norm
from facelabel.cli.projects import Origin
from facelabel.errors import FacelabelError

if TYPE_CHECKING:
    from facelabel.simulation.plan import Plan
    from facelabel.simulation.report import Findings
    from facelabel.simulation.sets import Labelled, Sets
    from facelabel.simulation.study import Step


class Lie(StrEnum):
    pts = "pts"
    wflw = "wflw"
    w300_set = "300w-set"
    wflw_set = "wflw-set"
    aflw_set = "aflw-set"


class StartFrom(StrEnum):
    last = "last"
    pretrained = "pretrained"
    scratch = "scratch"


class ProtocolName(StrEnum):
    scaf_300w = "paper-scaf-300w"
    wflw = "paper-wflw"


def simulate(
    source: Annotated[
        Path,
        typer.Argument(metavar="PROJECT|FOLDER", help="A labelled project, or labelled photos.", show_default=False),
    ],
    protocol: Annotated[
        ProtocolName | None, typer.Option(help="A paper's protocol; what else is given changes it.")
    ] = None,
    labels: Annotated[
        Lie | None,
        typer.Option(
            help="How a folder is labelled: .pts files, WFLW lists, or a whole public data set.  [default: pts]"
        ),
    ] = None,
    scheme: Annotated[str, typer.Option(help="The scheme of a folder's labels.")] = "300w-68",
    origin: Annotated[Origin, typer.Option(help="What .pts coordinates count from.")] = Origin.one_based,
    pool: Annotated[
        str | None,
        typer.Option(metavar="LIST[:COLUMN=VALUE]", help="Only the faces that a list names, or some lines of a CSV."),
    ] = None,
    test: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER|LIST[:COLUMN=VALUE]", help="What to measure on: another labelled folder, or a list."
        ),
    ] = None,
    held_out: Annotated[
        float, typer.Option(help="Without --test: the share of the faces to measure on.", min=0.01, max=0.9)
    ] = 0.2,
    strategies: Annotated[
        str | None,
        typer.Option(
            metavar="[START+]NAME[:PARAMETER=VALUE]…,…",
            help="What to compare.  [default: random,nnm,typical-k-center]",
        ),
    ] = None,
    against: Annotated[str | None, typer.Option(help="The one to compare the others with; random.")] = None,
    cold_start: Annotated[str, typer.Option(help="The strategy of the first batch, where none is named.")] = "random",
    budgets: Annotated[
        str | None,
        typer.Option(metavar="LABELS[:BATCH],…", help="Labels to end with, each a campaign.  [default: 100]"),
    ] = None,
    first_batch: Annotated[int | None, typer.Option(help="Labels of the first batch.  [default: 10]", min=2)] = None,
    batch: Annotated[
        int | None,
        typer.Option(help="Labels of each later batch, where no budget names its own.  [default: 10]", min=1),
    ] = None,
    seeds: Annotated[int | None, typer.Option(help="How many, counting up.  [default: 3]", min=1)] = None,
    seed: Annotated[int, typer.Option(help="The first one.", min=0)] = 0,
    presets: Annotated[str | None, typer.Option(help="Models, with commas between.  [default: scaf-tiny]")] = None,
    start_from: Annotated[
        StartFrom | None, typer.Option(help="What each training begins with.  [default: last]")
    ] = None,
    weights: Annotated[
        str, typer.Option(metavar="shipped|none|FOLDER", help="The pretrained weights to start from.")
    ] = "shipped",
    steps: Annotated[int | None, typer.Option(help="Of each training; the preset's.", min=1)] = None,
    score_at_most: Annotated[int | None, typer.Option(help="Open faces that a round scores; all.", min=1)] = None,
    noise: Annotated[
        float, typer.Option(help="How far the annotator's hand is off, per cent of the normalising distance.", min=0)
    ] = 0.0,
    tolerance: Annotated[
        float, typer.Option(help="How far off a landmark has to be to be corrected, per cent.", min=0.01, max=100)
    ] = 5.0,
    face_seconds: Annotated[float, typer.Option(help="Annotator seconds a face.", min=0)] = 5.0,
    correction_seconds: Annotated[float, typer.Option(help="And for each correction.", min=0)] = 1.5,
    norm: Annotated[
        Norm | None, typer.Option(help="What the error is divided by; inter-ocular where the scheme has it.")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Trainings at a time, one thread each.", min=1)] = 1,
    device: Annotated[str, typer.Option(help="Where to train: auto, cpu, cuda, mps.")] = "auto",
    out: Annotated[Path, typer.Option(help="Where runs go; what is there is not run again.")] = Path("simulated"),
    at: Annotated[
        str | None, typer.Option(metavar="LABELS,…", help="Numbers of labels to sum up at; the budgets.")
    ] = None,
    report: Annotated[
        list[Path] | None,
        typer.Option(
            help="Write .json, .md, .csv, .html, .npz, or plots as .png, .svg, .pdf; may be given several times."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Of the report.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Replay labelled faces as if nobody had labelled them: what would each way of choosing have cost?"""
    from facelabel import pretrained
    from facelabel.simulation import report as reports
    from facelabel.simulation.plan import DEFAULTS, Effort, plan, schedules
    from facelabel.simulation.protocols import PROTOCOLS
    from facelabel.simulation.study import Study

    known = None if protocol is None else PROTOCOLS[protocol.value]
    named = _listed(strategies) or (known.strategies if known else ("random", "nnm", "typical-k-center"))
    count = seeds or (known.seeds if known else 3)
    totals = _listed(budgets) or (known.budgets if known else ("100",))
    if batch is not None and budgets is None:
        totals = tuple(total.partition(":")[0] for total in totals)
    chosen = None if weights == "none" else weights if weights == "shipped" else str(Path(weights).resolve())
    if chosen not in (None, "shipped"):
        pretrained.read(Path(weights))
    asked = plan(
        named,
        against=against,
        cold_start=cold_start,
        schedules=schedules(
            totals,
            first_batch or (known.first_batch if known else DEFAULTS.first_batch),
            batch or DEFAULTS.batch,
        ),
        seeds=tuple(range(seed, seed + count)),
        presets=_listed(presets) or (known.preset if known else DEFAULTS.preset,),
        start_from=start_from.value if start_from else known.start_from if known else DEFAULTS.start_from,
        weights=chosen,
        steps=steps,
        changes=known.changes if known else {},
        score_at_most=score_at_most,
        noise=noise / 100,
        effort=Effort(tolerance=tolerance / 100, face=face_seconds, correction=correction_seconds),
        norm=norm.value if norm else None,
    )
    for preset in asked.weightless:
        note(f"no weights ship for {preset}, it starts from nothing: --weights names a folder of weights")
    spoken_of = _counts(at, asked)
    reports.check(report or [])
    lie = labels.value if labels else known.labels if known else "pts"
    found = _read(source, lie, scheme, origin.value)
    sets = _divided(found, lie, origin.value, pool, test, held_out, asked)
    for line in sets.left_out:
        note(f"left out: {line}")
    with progress() as bar:

        def on_step(step: Step) -> None:
            bar("models", step.done, step.total, None)
            if not sys.stderr.isatty():
                note(_told(step))

        study = Study(out, sets, asked, jobs=jobs, device=device, on_step=on_step)
        try:
            curves = study.run()
        except KeyboardInterrupt:
            note(f"stopped: what is finished lies in {out}, the same command goes on from there")
            raise
    findings = reports.Findings(
        plan=asked,
        sets=sets,
        curves=curves,
        title=title or f"Active learning simulated on {sets.title}",
        command=shlex.join(["facelabel", *sys.argv[1:]]),
        at=spoken_of,
        before_labels=study.before_labels(),
        stated=known.stated if known else None,
    )
    for file in report or []:
        reports.save(file, findings)
    for line in findings.notices:
        note(f"chosen otherwise: {line}")
    for line in findings.problems:
        note(f"not finished: {line}")
    files = [str(file) for file in report or []]
    result(findings.document | {"out": str(out), "files": files}, as_json, lambda: _say(findings, files))
    if findings.problems:
        raise typer.Exit(2)


def _read(source: Path, lie: str, scheme: str, origin: str) -> Labelled:
    from facelabel import schemes
    from facelabel.simulation import sets
    from facelabel.store.folders import DATABASE

    if not source.exists():
        raise FacelabelError("there is nothing here", where=source, cure="name a labelled project or folder")
    if (source / DATABASE).is_file():
        return sets.from_project(source)
    return sets.from_folder(source, lie, None if lie in sets.PUBLIC else schemes.load(scheme), origin=origin)  # type: ignore[arg-type]


def _divided(
    found: Labelled,
    lie: str,
    origin: str,
    pool: str | None,
    test: str | None,
    held_out: float,
    plan: Plan,
) -> Sets:
    """Pool and test faces: by lists, by another folder, by a public set's own split, or by chance."""
    from facelabel.simulation import sets

    mine = found.faces if pool is None else sets.listed(found.faces, pool)
    photos = sets.photographs(mine, pool)
    if test is not None and Path(test).is_dir():
        other = sets.from_folder(Path(test), lie, found.scheme, origin=origin)  # type: ignore[arg-type]
        measured, said = other.test or other.faces, f"the labels of {Path(test).name}"
    elif test is not None:
        measured, said = sets.listed(found.faces, test), f"those of {Path(test).name}"
        if pool is None:
            apart = {(face.image, face.number) for face in measured}
            mine = [face for face in mine if (face.image, face.number) not in apart]
    elif found.test:
        measured, said = found.test, "its own test set"
    else:
        mine, measured = sets.split(mine, held_out, lambda face: photos[face.image])
        said = f"{100 * held_out:g} % of the set, held out by photo"
    return sets.build(found, mine, measured, said, plan.norm, lambda face: photos[face.image])


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _counts(text: str | None, plan: Plan) -> tuple[int, ...] | None:
    if text is None:
        return None
    known = sorted({count for schedule in plan.schedules for count in schedule.counts})
    counts = _listed(text)
    if wrong := next((one for one in counts if not one.isdecimal() or int(one) not in known), None):
        raise FacelabelError(f"no model is trained at {wrong} labels", cure=f"one of {', '.join(map(str, known))}")
    return tuple(map(int, counts))


def _told(step: Step) -> str:
    from facelabel.campaign.forecast import duration

    at, point = step.campaign, step.point
    left = "" if step.eta_s is None else f", about {duration(step.eta_s)} left"
    where = f"{at.preset} seed {at.seed:<3d} {at.arm.name:<24s} {point.labels:5d} labels"
    return f"{where}  NME {point.nme:6.3f} %  {point.seconds:4.0f} s; {step.done} of {step.total}{left}"


def _say(found: Findings, files: list[str]) -> None:
    for group in found.groups:
        print(f"{group.preset}, {group.schedule}: NME in per cent by {found.sets.norm}")
        head, rows = found.curve_table(group)
        print_table([head, *rows])
        for head, rows in (found.difference_table(group), found.saving_table(group), found.effort_table(group)):
            if rows:
                print()
                print_table([head, *rows])
        print()
    for line in found.sentences:
        print(line)
    for file in files:
        print(f"written: {file}")
