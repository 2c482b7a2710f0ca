"""Where ``models/`` and ``resources/`` lie, the data that travels with facelabel: in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """``folder("resources/schemes")``: beside the package in a checkout, inside it in an installed wheel."""
    inside = _PACKAGE / "_assets" / name
    return inside if inside.exists() else _PACKAGE.parent / name
