"""What the commands print: results on stdout (one JSON document for scripts), progress and notes on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from facelabel.errors import FacelabelError

if TYPE_CHECKING:
    from facelabel.jobs import messages

ProjectArgument = Annotated[
    Path, typer.Argument(metavar="PROJECT", help="The project's folder.", show_default=False, readable=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout and nothing else.")]


def result(data: dict[str, Any], as_json: bool, say: Callable[[], None]) -> None:
    """Print a command's result: ``data`` as JSON, or whatever ``say`` prints."""
    if as_json:
        typer.echo(json.dumps(data, indent=2, default=str, allow_nan=False))
    else:
        say()


def note(text: str) -> None:
    """A line for the person, out of the way of what a script reads."""
    print(text, file=sys.stderr)


def counted(number: int, thing: str) -> str:
    """'1 face', '2,000 faces'."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as they need, the first to the left and numbers to the right: cut off nowhere, unlike Rich's."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(c.rjust(w) if i else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))))


@contextmanager
def progress() -> Iterator[Callable[[str, int, int, float | None], None]]:
    """A progress bar with ETA on stderr; where stderr is no terminal it stays silent."""
    columns = (
        TextColumn("{task.description:<8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[extra]}"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int, loss: float | None = None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total, extra="")
            extra = "" if loss is None else f"loss {loss:.3f}"
            bar.update(tasks[stage], completed=done, total=total, extra=extra)

        yield report


def to_progress(report: Callable[[str, int, int, float | None], None]) -> Callable[[messages.Message], None]:
    """Worker messages as a progress bar."""
    from facelabel.jobs import messages  # NumPy comes with it, which the window wants to load in its own way

    def on_message(message: messages.Message) -> None:
        if isinstance(message, messages.Progress):
            report(message.stage, message.done, message.total, message.loss)
        elif isinstance(message, messages.Started):
            note(f"worker: {message.device}")
        elif isinstance(message, messages.Log):
            note(message.text)

    return on_message


def existing(project: Path) -> Path:
    if not project.exists():
        raise FacelabelError("there is no project here", where=project, cure=f"facelabel new {quote(str(project))}")
    return project
