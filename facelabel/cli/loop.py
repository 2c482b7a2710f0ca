"""Commands of the loop: train, score, take the next batch, label it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from facelabel.cli.console import JsonOption, ProjectArgument, counted, existing, note, progress, result, to_progress
from facelabel.errors import StoreError, WorkerError

if TYPE_CHECKING:
    from facelabel.campaign.loop import Ingested
    from facelabel.campaign.orders import JobKind
    from facelabel.store.project import Project


def run_job(
    project: Project,
    kind: JobKind,
    *,
    min_face: float | None = None,
    detector: Path | None = None,
    pretrained: str | None = None,
    allow_slow: bool = False,
) -> Ingested:
    """Run one worker job to its end and take its results in; ``min_face`` and ``detector`` are for a search for faces,
    ``pretrained`` starts a training anew from these weights,
    ``allow_slow`` trains even where that takes days. Raises WorkerError when it failed or was stopped."""
    from facelabel.campaign.loop import Campaign
    from facelabel.jobs.supervisor import Supervisor

    campaign = Campaign(project)
    for line in campaign.recover():
        note(line)
    job, folder, spec = campaign.prepare(kind)
    if min_face is not None:
        spec = spec.model_copy(update={"min_face": min_face})
    if detector is not None:
        spec = spec.model_copy(update={"detector": str(detector.resolve())})
    if pretrained is not None and spec.train is not None:
        anew = spec.train.model_copy(update={"start_from": None, "pretrained": pretrained})
        spec = spec.model_copy(update={"train": anew})
    if allow_slow and spec.train is not None:
        spec = spec.model_copy(update={"train": spec.train.model_copy(update={"allow_slow": True})})
    with progress() as bar:
        supervisor = Supervisor(folder, spec, to_progress(bar))
        try:
            outcome = supervisor.run()
        except BaseException as error:
            stopped = isinstance(error, KeyboardInterrupt)
            with suppress(StoreError):  # On a full disk, say: the next command finds the job and closes it.
                campaign.abandon(job, "cancelled" if stopped else "failed", str(error) or "stopped")
            raise
    if outcome.state != "done":
        with suppress(StoreError):
            campaign.abandon(job, outcome.state, outcome.message)
        raise WorkerError(outcome.message or f"the {kind} job was stopped", cure=f"the whole log: {folder / 'log.txt'}")
    ingested = campaign.ingest(job)
    for line in ingested.failures:
        note(f"left out: {line}")
    return ingested


def train(
    project: ProjectArgument,
    pretrained: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER|shipped", help="Start anew from these pretrained weights, whatever the campaign says."
        ),
    ] = None,
    finish: Annotated[
        bool, typer.Option("--finish", help="The preset's long schedule, anew: for the model to end with.")
    ] = False,
    allow_slow: Annotated[
        bool, typer.Option("--allow-slow", help="Even where this machine's processor takes days.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Train the project's model on all labels so far: a new model version."""
    from facelabel.store import versions
    from facelabel.store.project import Project

    chosen = None if pretrained is None else weights(pretrained)
    with Project.open(existing(project)) as opened:
        trained = run_job(opened, "finish" if finish else "train", pretrained=chosen, allow_slow=allow_slow)
        with opened.reading() as session:
            version = versions.latest(session)
    assert version is not None
    data = {
        "version": version.number,
        "preset": version.preset,
        "labels": version.labels,
        "seconds": version.seconds,
        "metrics": version.metrics,
        "failures": trained.failures,
    }
    result(
        data,
        as_json,
        lambda: print(f"v{version.number:04d}: {counted(version.labels, 'label')}, {version.seconds:.0f} s"),
    )


def weights(given: str) -> str:
    """What a person names weights by, for a process that runs elsewhere."""
    from facelabel.pretrained import SHIPPED, read

    if given == SHIPPED:
        return given
    folder = Path(given).absolute()
    read(folder)
    return str(folder)


def score(project: ProjectArgument, as_json: JsonOption = False) -> None:
    """Predict and score the unlabelled faces with the newest model version."""
    from facelabel.store.project import Project

    with Project.open(existing(project)) as opened:
        done = run_job(opened, "score")
    data = {"version": done.version, "faces": done.faces, "failures": done.failures}
    result(data, as_json, lambda: print(f"{counted(done.faces, 'face')} scored by v{done.version:04d}"))
    if done.failures and not done.faces:
        raise typer.Exit(2)


def next_(project: ProjectArgument, as_json: JsonOption = False) -> None:
    """The faces to label next; draws the batch when there is none."""
    from facelabel.campaign.loop import Campaign
    from facelabel.store import images
    from facelabel.store.project import Project

    with Project.open(existing(project)) as opened:
        campaign = Campaign(opened)
        for line in campaign.recover():
            note(line)
        queue = [item for item in campaign.queue() if not item.ahead]
        if not queue:
            campaign.draw()
            queue = [item for item in campaign.queue() if not item.ahead]
        with opened.reading() as session:
            paths = {item.face_id: str(opened.path_of(images.get(session, item.image_id))) for item in queue}
    faces = [asdict(item) | {"image": paths[item.face_id]} for item in queue]

    def say() -> None:
        for item in queue:
            print(f"{item.rank:4d}  face {item.face_id:<6d} {Path(paths[item.face_id]).name:<32s} {item.why}")

    result({"faces": faces}, as_json, say)


def label(project: ProjectArgument) -> None:
    """Open the window on a project."""
    from facelabel.ui.app import open_window

    raise typer.Exit(open_window(existing(project)))


def demo(
    project: Annotated[Path, typer.Argument(metavar="PROJECT", help="Where to put it.")] = Path("demo"),
    faces: Annotated[int, typer.Option(help="How many faces to render.", min=20)] = 160,
    rounds: Annotated[int, typer.Option(help="Rounds of the simulated annotator, without a display.", min=1)] = 3,
    seed: Annotated[int, typer.Option(help="The seed of everything random.")] = 0,
    window: Annotated[
        bool | None, typer.Option("--window/--no-window", help="By default: where there is a display.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """The main job on rendered faces: in the window, or with a simulated annotator where there is no display."""
    from facelabel.cli.demo import run
    from facelabel.cli.doctor import has_display

    run(
        project,
        faces=faces,
        rounds=rounds,
        seed=seed,
        window=has_display() if window is None else window,
        as_json=as_json,
    )
