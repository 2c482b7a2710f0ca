"""Rows, child processes and mounts that the tests of the store share."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from facelabel.geometry import Box
from facelabel.images.decode import ImageInfo
from facelabel.store import faces, images
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project

SIZE = 5
"""Landmarks in the scheme of these tests."""


def info_of(number: int) -> ImageInfo:
    return ImageInfo(width=640, height=480, sha256=f"{number:064x}", bytes=1234, mtime_ns=1, kind="jpeg")


def add_faces(project: Project, count: int, first: int = 1) -> list[int]:
    """One image and one open face each; returns the face ids."""
    with project.writing() as s:
        return [
            faces.add(
                s,
                images.add(s, info_of(n), project.folder.parent / "photos" / f"{n}.jpg", project).id,
                Box(1.0, 2.0, 30.0, 40.0),
                source="human",
            ).id
            for n in range(first, first + count)
        ]


def record(value: float = 1.0) -> LabelRecord:
    shape = np.full((SIZE, 2), value)
    return LabelRecord(shape, ("visible",) * SIZE, ("placed",) * SIZE, np.zeros(SIZE), {})


@contextlib.contextmanager
def python(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A child with this interpreter and package, stdin and stdout text pipes; killed at the end of the block."""
    root = str(Path(__file__).resolve().parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    ) as child:
        try:
            yield child
        finally:
            child.kill()


@contextlib.contextmanager
def mounted(target: Path, *arguments: str) -> Iterator[Path]:
    """``mount ARGUMENTS target`` for the block; skips where that is not allowed."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root on Linux can mount a file system for a test")
    target.mkdir(exist_ok=True)
    if subprocess.run(["mount", *arguments, str(target)], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield target
    finally:
        subprocess.run(["umount", "--lazy", str(target)], check=True)
