"""The command line: the same code as the window, one file a group of commands."""

from __future__ import annotations

import sys

from facelabel.errors import FacelabelError


def main() -> None:
    """The ``facelabel`` command: exit code 0, 2 for what a user can put right (one line on stderr), 1 for a bug."""
    from facelabel.cli.app import app

    try:
        app()
    except FacelabelError as error:
        print(f"facelabel: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("facelabel: stopped", file=sys.stderr)
        sys.exit(130)
