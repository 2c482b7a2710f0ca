"""``facelabel weights``: pretrained weights from elsewhere, and what a folder of them is."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import join
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from facelabel.cli.console import JsonOption, progress, result, to_progress
from facelabel.errors import FacelabelError, WorkerError

app = typer.Typer(name="weights", help="Pretrained weights: import them, look at them.", no_args_is_help=True)


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A snapshot of 3FabRec (saae.mdl, or its folder); for FASE a generator of StyleGAN2."
        ),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to make for the weights.")],
    preset: Annotated[str, typer.Option(help="The model preset that they are for.")] = "scaf",
    scheme: Annotated[
        str | None, typer.Option(help="Take the landmark head too; it is one for this scheme (an id or a .toml file).")
    ] = None,
    encoder: Annotated[
        Path | None, typer.Option(help="For FASE: the file of a Feature-Style encoder, or of ArcFace's iresnet50.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Turn a public snapshot into weights that training can start from."""
    from facelabel import pretrained, schemes
    from facelabel.jobs.messages import ImportSpec, JobSpec
    from facelabel.jobs.supervisor import Supervisor

    head = {} if scheme is None else schemes.load(scheme).model_dump(mode="json")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FacelabelError("there is something here already", where=out, cure="name a folder that does not exist")
    names = {str(path): path.name for path in (file, out, encoder) if path is not None}
    snapshot = ImportSpec(
        file=str(file.absolute()),
        encoder=None if encoder is None else str(encoder.absolute()),
        preset=preset,
        out=str(out.absolute()),
        command="facelabel " + join(names.get(word, word) for word in sys.argv[1:]),
    )
    spec = JobSpec(kind="import", scheme=head, snapshot=snapshot, device="cpu")
    with TemporaryDirectory(prefix="facelabel-weights-") as folder, progress() as bar:
        outcome = Supervisor(Path(folder), spec, to_progress(bar)).run()
    if outcome.state != "done":
        raise WorkerError(outcome.message or "the import was stopped")
    info = pretrained.read(out)

    def say() -> None:
        typer.echo(f"{out}: {pretrained.describe(info)}, for preset {info.preset}")
        typer.echo(f"Use them: facelabel campaign PROJECT preset={info.preset} pretrained={out}")

    result({"folder": str(out), **info.model_dump()}, as_json, say)


@app.command()
def show(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of pretrained weights.")],
    as_json: JsonOption = False,
) -> None:
    """What weights are: for which preset, what they saw under which terms, how they were made."""
    from facelabel import pretrained

    info = pretrained.read(folder)
    size = sum(path.stat().st_size for path in pretrained.weight_files(folder))

    def say() -> None:
        typer.echo(f"{'preset':<10s} {info.preset}")
        typer.echo(f"{'weights':<10s} {pretrained.describe(info)}")
        typer.echo(f"{'heads':<10s} {', '.join(info.heads) or 'none'}")
        typer.echo(f"{'made by':<10s} {info.command} (seed {info.seed}, {info.device}, {info.seconds / 3600:.1f} h)")
        typer.echo(f"{'steps':<10s} {info.steps:,} of batch {info.batch}")
        typer.echo(f"{'size':<10s} {size / 1e6:.1f} MB")

    result({"folder": str(folder), "bytes": size, **info.model_dump()}, as_json, say)
