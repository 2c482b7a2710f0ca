"""The Typer application: it gathers the commands of the modules beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

import facelabel
from facelabel.cli import inspect, loop, pretrain, projects, weights
from facelabel.cli.agreement import agreement
from facelabel.cli.campaign import campaign
from facelabel.cli.evaluate import evaluate
from facelabel.cli.reproduce import reproduce
from facelabel.cli.simulate import simulate
from facelabel.cli.work import work

app = typer.Typer(
    name="facelabel",
    help="Get a face dataset labelled with the fewest human seconds. Without a command the window opens.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"facelabel {facelabel.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        from facelabel.ui.app import main as open_window

        raise typer.Exit(open_window([]))


COMMANDS: tuple[Callable[..., None], ...] = (
    projects.new,
    projects.import_,
    projects.status,
    projects.export,
    campaign,
    work,
    agreement,
    pretrain.pretrain,
    loop.train,
    loop.score,
    loop.next_,
    loop.label,
    loop.demo,
    evaluate,
    reproduce,
    simulate,
    inspect.models,
    inspect.formats,
    inspect.doctor,
)
for command in COMMANDS:
    app.command(command.__name__.rstrip("_"))(command)
app.add_typer(weights.app)
