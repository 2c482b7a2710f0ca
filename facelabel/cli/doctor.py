"""What ``facelabel doctor`` looks at, each finding with the cure where something is missing."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from facelabel import costs, pretrained, settings
from facelabel.campaign.settings import presets
from facelabel.jobs.messages import JobSpec, Message, Started
from facelabel.jobs.supervisor import Supervisor

LIBRARIES = (
    "libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 "
    "libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
)
"""The Debian packages that Qt needs; a test holds this against ``scripts/system-libraries.sh``."""

ROOM = 2 * 2**30


@dataclass(frozen=True)
class Finding:
    what: str
    ok: bool
    found: str
    cure: str = ""


def examine() -> list[Finding]:
    """Every check, the cheap ones first. Nothing is changed."""
    return [_python(), _settings_folder(), _disk(), _memory(), _window(), _display(), *_weights(), *_worker()]


def _python() -> Finding:
    ok = sys.version_info >= (3, 11)
    return Finding("Python", ok, platform.python_version(), "" if ok else "install Python 3.11 or newer")


def _settings_folder() -> Finding:
    folder = settings.folder()
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    ok = os.access(there, os.W_OK)
    return Finding("Settings", ok, str(folder), "" if ok else f"make {there} writable, or set FACELABEL_HOME")


def _disk() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free
    ok = free > ROOM
    return Finding(
        "Disk", ok, f"{free / 2**30:.1f} GiB free here", "" if ok else "projects with models want 2 GiB or more"
    )


def _memory() -> Finding:
    """What the models that can be picked need is said beside each; only none fitting is amiss."""
    free = costs.free_memory()
    needs = {p.id: cost.training_bytes() for p in presets() if (cost := costs.of(p.id)) is not None}
    each = ", ".join(f"{name} {costs.gigabytes(size)}" for name, size in sorted(needs.items(), key=lambda one: one[1]))
    if free is None:
        return Finding("Memory", True, f"not told by this system; to train: {each}")
    ok = not needs or min(needs.values()) < free
    cure = "" if ok else "close other programs, or train on another machine"
    return Finding("Memory", ok, f"{costs.gigabytes(free)} free; to train: {each}", cure)


def _window() -> Finding:
    """Qt in a process of its own: where a library is missing it aborts instead of raising."""
    code = "import PySide6; from PySide6.QtWidgets import QApplication; QApplication([]); print(PySide6.__version__)"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    if run.returncode == 0:
        return Finding("Window (Qt)", True, f"PySide6 {run.stdout.strip().splitlines()[-1]}")
    said = (run.stderr.strip().splitlines() or ["it ended without a word"])[-1]
    return Finding("Window (Qt)", False, said, f"on Debian and Ubuntu: sudo apt-get install -y {LIBRARIES}")


def has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _display() -> Finding:
    text = "yes" if has_display() else "none: the command line works, the window does not open"
    return Finding("Display", True, text)


def _weights() -> Iterator[Finding]:
    for preset in presets():
        start = pretrained.start_of(preset.id)
        what = f"Model {preset.id} starts from"
        if start.problem is None:
            yield Finding(what, True, start.text)
        else:
            yield Finding(what, False, f"{start.problem.where}: {start.problem.what}", "install facelabel again")


def _worker() -> Iterator[Finding]:
    """The worker says itself what it would train on: only it loads torch."""
    started: list[Started] = []

    def listen(message: Message) -> None:
        if isinstance(message, Started):
            started.append(message)

    with TemporaryDirectory(prefix="facelabel-doctor-") as folder:
        outcome = Supervisor(Path(folder), JobSpec(kind="info", scheme={}), listen).run()
    if outcome.state == "done" and started:
        yield Finding("Training and scoring", True, started[-1].device)
    else:
        cure = "reinstall with: pip install -c constraints.txt -e ."
        yield Finding("Training and scoring", False, outcome.message or "the worker did not start", cure)
