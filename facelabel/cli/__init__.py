"""The command line: the same code as the window, one file a group of commands."""

from __future__ import annotations

import json
import sys
from itertools import takewhile
from typing import NoReturn

from facelabel.errors import FacelabelError, from_machine

STOPPED = 130
"""The exit code of a command that Ctrl-C ended, as shells have it."""


def main() -> None:
    """The ``facelabel`` command: exit code 0, 2 for what a user can put right (one line on stderr), 1 for a bug.

    With ``--json`` a refusal is a document too: ``{"error": {"what", "where", "line", "cure"}}`` on stdout.
    """
    try:
        code = _run()
    except KeyboardInterrupt:
        code = STOPPED
    if code == STOPPED:
        _refuse(FacelabelError("stopped"), STOPPED)
    sys.exit(code)


def _run() -> int | None:
    from typer.exceptions import TyperException

    from facelabel.cli.app import app

    try:
        code: int | None = app(standalone_mode=False)
    except FacelabelError as error:
        _refuse(error)
    except OSError as error:
        if (told := from_machine(error)) is None:
            raise
        _refuse(told)
    except TyperException as error:
        said = error.format_message().replace("Value error, ", "").rstrip(".")
        context = getattr(error, "ctx", None)
        _refuse(FacelabelError(said, cure=f"see {context.command_path if context else 'facelabel'} --help"))
    return code


def _refuse(error: FacelabelError, code: int = 2) -> NoReturn:
    print(f"facelabel: {error}", file=sys.stderr)
    if "--json" in takewhile(lambda word: word != "--", sys.argv[1:]):
        told = {"what": error.what, "where": error.where, "line": error.line, "cure": error.cure}
        print(json.dumps({"error": told}, indent=2))
    sys.exit(code)
