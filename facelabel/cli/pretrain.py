"""``facelabel pretrain``: weights from unlabelled faces."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from facelabel.cli.console import JsonOption, note, progress, result, to_progress
from facelabel.errors import FacelabelError, WorkerError

if TYPE_CHECKING:
    from facelabel.jobs.messages import FaceInput, LabelInput


def pretrain(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The run's folder; the same command there goes on.")],
    sources: Annotated[
        list[Path] | None,
        typer.Argument(metavar="SOURCE", help="Folders of photos (with faces.csv: image, x0, y0 … x4, y4), projects."),
    ] = None,
    model: Annotated[Literal["scaf", "fase"], typer.Option(help="The model, at its tiny size.")] = "scaf",
    preset: Annotated[str | None, typer.Option(help="The model preset instead, for another size.")] = None,
    objective: Annotated[
        Literal["landmarks", "autoencoder", "generator", "encoder", "chain"] | None,
        typer.Option(
            help="SCAF: landmarks (detected points and rendered faces; the default) or the paper's autoencoder. FASE: "
            "generator (StyleGAN2), encoder, landmarks, or all three in this order (chain; the default)."
        ),
    ] = None,
    start: Annotated[
        Path | None, typer.Option(help="The run or weights to begin with: encoder needs a generator's.")
    ] = None,
    freeze_generator: Annotated[
        bool, typer.Option("--freeze-generator", help="Landmarks leave the generator of --start as it is.")
    ] = False,
    steps: Annotated[
        int | None,
        typer.Option(min=1, help="Updates, of a chain all together; the schedule ends with the last."),
    ] = None,
    rendered: Annotated[int | None, typer.Option(min=0, help="Rendered faces to draw for it.")] = None,
    batch: Annotated[int | None, typer.Option(min=2)] = None,
    lr: Annotated[float | None, typer.Option(help="Learning rate.")] = None,
    seed: Annotated[int, typer.Option(min=0)] = 0,
    minutes: Annotated[
        float | None, typer.Option(help="Stop after so long; the same command goes on another time.")
    ] = None,
    allow_slow: Annotated[
        bool, typer.Option("--allow-slow", help="Even where this machine's processor takes days at one go.")
    ] = False,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or mps.")] = "auto",
    threads: Annotated[int | None, typer.Option(min=1, help="Processor threads; all.", show_default=False)] = None,
    precision: Annotated[
        Literal["auto", "float32", "bfloat16"],
        typer.Option(help="What networks compute in; auto is bfloat16 where the processor has it."),
    ] = "auto",
    as_json: JsonOption = False,
) -> None:
    """Learn faces from unlabelled photos: weights that a project's training starts from."""
    from facelabel.jobs.messages import JobSpec, PretrainSpec, Result
    from facelabel.jobs.supervisor import Supervisor

    folders, projects = _sorted(sources or [])
    scheme, pool, labels = _of_projects(projects)
    given = {
        "preset": preset or f"{model}-tiny",
        "objective": objective,
        "start": None if start is None else str(start.resolve()),
        "freeze_generator": freeze_generator or None,
        "steps": steps,
        "rendered": rendered,
        "batch": batch,
        "lr": lr,
        "precision": precision,
        "seed": seed,
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FacelabelError(
            f"the folder cannot be made: {error.strerror}", where=out, cure="name a folder that you may write"
        ) from None
    spec = JobSpec(
        kind="pretrain",
        scheme=scheme,
        pool=pool,
        labels=labels,
        device=device,
        threads=threads or os.cpu_count(),
        pretrain=PretrainSpec(
            out=str(out.resolve()),
            settings={name: value for name, value in given.items() if value is not None},
            folders=[str(folder.resolve()) for folder in folders],
            seconds=None if minutes is None else 60 * minutes,
            command=_command(out, folders, projects, start),
            allow_slow=allow_slow,
        ),
    )
    job = out / "job"
    with progress() as bar:
        outcome = Supervisor(job, spec, to_progress(bar)).run()
    if outcome.state != "done":
        raise WorkerError(
            outcome.message or "the pretraining was stopped",
            cure=f"the whole log: {job / 'log.txt'}",
        )
    done = Result.model_validate_json((job / "result.json").read_bytes())

    def say() -> None:
        if done.weights is None:
            typer.echo(f"Stopped after {minutes:g} minutes; the same command goes on.")
        else:
            typer.echo(f"Weights: {done.weights}")
            run = Path(done.weights).parent
            typer.echo(f"Pictures: {run / 'samples'}, curves: {run / 'curves.png'}")

    result({"weights": done.weights, "out": str(out), "steps": done.steps, "seconds": done.seconds}, as_json, say)


def _sorted(sources: list[Path]) -> tuple[list[Path], list[Path]]:
    """Folders of photos and projects. Raises FacelabelError for what is neither."""
    from facelabel.store import folders as project_folders

    folders: list[Path] = []
    projects: list[Path] = []
    for source in sources:
        if not source.is_dir():
            raise FacelabelError("this is no folder", where=source, cure="name folders of photos, or projects")
        (projects if (source / project_folders.DATABASE).is_file() else folders).append(source)
    return folders, projects


def _of_projects(projects: list[Path]) -> tuple[dict[str, Any], list[FaceInput], list[LabelInput]]:
    """All faces of the projects: unlabelled ones, and labelled ones with their scheme, which must be one."""
    from facelabel.campaign.orders import every_face
    from facelabel.store.project import Project

    scheme: dict[str, Any] = {}
    pool: list[FaceInput] = []
    labels: list[LabelInput] = []
    for folder in projects:
        with Project.open(folder, read_only=True) as project, project.reading() as s:
            unlabelled, labelled = every_face(s, project)
            own = project.scheme.model_dump(mode="json")
        if labelled and scheme not in ({}, own):
            raise FacelabelError(
                "these projects have labels in different schemes", where=folder, cure="name projects of one scheme"
            )
        scheme = own if labelled else scheme
        pool, labels = pool + unlabelled, labels + labelled
        note(f"{folder.name}: {len(unlabelled):,} unlabelled and {len(labelled):,} labelled faces")
    return scheme, pool, labels


def _command(out: Path, folders: list[Path], projects: list[Path], start: Path | None) -> str:
    """The command as typed, with the names of folders instead of their paths, which are nobody's business."""
    names = {str(path): path.name for path in (out, *folders, *projects, start) if path is not None}
    return "facelabel " + join(names.get(word, word) for word in sys.argv[1:])
