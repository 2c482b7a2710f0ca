"""What a model costs before anything is trained: memory and time from its size alone. Nothing here needs torch.

Each preset's file says how many numbers it has, what a face costs, and how much a face leaves to be kept for the
gradient (``[cost]``; a test holds them against the networks). The rest is a small model of training, whose constants
were measured with the tiny and small presets: docs/results/fase.md. On a GPU only its memory is told: no time was ever
measured on one.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from facelabel import assets

SPEED: Final = 30e9
"""Multiply-accumulates a second and processor thread, training."""
BASE: Final = 0.4e9
"""Bytes of a worker before it has a network; a GPU's libraries take about as many there."""
COPIES: Final = 5
"""Of the numbers: themselves, their gradient, two moments of it, their moving average."""
WORKING: Final = 1.35
"""Bytes in use at the worst moment of a step for each that is kept for the gradient."""
CHECKPOINTED: Final = 0.6
"""Of what a face leaves for the gradient, the share at most when layers are computed again instead of kept."""
PRETRAINING: Final = {"scaf": 3.5, "fase": 2.0}
"""What a face leaves for the gradient in pretraining, where everything learns and pictures are drawn too: so many times
what it leaves in training; and twice the copies of the numbers."""
PATIENCE: Final = 24 * 3600.0
"""Seconds on a processor beyond which a training is refused unless it was allowed to be slow."""
LABELS: Final = 50
"""For how many labels costs are told."""


@dataclass(frozen=True)
class Cost:
    """Of one preset of a ``system``: ``parameters``, ``macs`` (multiply-accumulates of a face, forward), ``kept``
    (numbers that a face leaves for the gradient); ``batch`` faces a step, ``steps`` for ``LABELS`` labels."""

    preset: str
    system: str
    parameters: float
    macs: float
    kept: float
    batch: int
    steps: int

    def training_bytes(self, faces: int | None = None, *, checkpointing: bool = False) -> float:
        """Memory of a training with the gradients of so many faces at a time; all of a batch."""
        kept = self.kept * (CHECKPOINTED if checkpointing else 1)
        return BASE + 4 * (COPIES * self.parameters + (faces or self.batch) * WORKING * kept)

    def pretraining_bytes(self, batch: int) -> float:
        """Memory of a pretraining in batches of so many faces, its hungriest stage."""
        kept = PRETRAINING[self.system] * self.kept
        return BASE + 4 * (2 * COPIES * self.parameters + batch * WORKING * kept)

    def training_seconds(self, steps: int | None = None, batch: int | None = None, threads: int = 1) -> float:
        """Time of a training on a processor: three passes' worth of arithmetic a step."""
        return (steps or self.steps) * 3 * (batch or self.batch) * self.macs / (SPEED * threads)

    def portion(self, batch: int, room: float) -> tuple[int, bool]:
        """How many faces of a batch to take the gradient of at once in ``room`` bytes, and whether to compute layers
        again instead of keeping them; 0 faces where not even one has room."""
        for checkpointing in (False, True):
            each = self.training_bytes(1, checkpointing=checkpointing)
            if each <= room:
                more = (room - each) / (self.training_bytes(2, checkpointing=checkpointing) - each)
                return min(batch, 1 + int(more)), checkpointing
        return 0, True


def of(preset: str) -> Cost | None:
    """The cost of a preset by name; None where its file does not say."""
    for path in assets.folder("models").glob("**/*.toml"):
        if path.stem == preset:
            return _read(tomllib.loads(path.read_text(encoding="utf-8")))
    return None


def _read(file: dict[str, Any]) -> Cost | None:
    cost, steps = file.get("cost"), file["training"]["steps"]
    if cost is None:
        return None
    count = min(steps["most"], steps["fewest"] + round(steps["per_label"] * LABELS))
    return Cost(
        file["name"],
        file["network"].get("system", "scaf"),
        1e6 * cost["parameters"],
        1e9 * cost["macs"],
        1e6 * cost["kept"],
        int(file["training"]["batch"]),
        count,
    )


def relative(preset: str, other: str) -> tuple[float, float] | None:
    """How many times as long as with another preset a training of ``LABELS`` labels takes, and scoring a face; None
    where one of the two does not say."""
    one, against = of(preset), of(other)
    if one is None or against is None:
        return None
    return one.training_seconds() / against.training_seconds(), one.macs / against.macs


def told(preset: str) -> str:
    """What a preset costs on this machine, in one line; empty where its file does not say."""
    cost = of(preset)
    if cost is None:
        return ""
    threads = os.cpu_count() or 1
    seconds = cost.training_seconds(threads=threads)
    size = f"{cost.parameters / 1e6:.1f} million parameters, {gigabytes(cost.training_bytes())} to train"
    slow = f"{LABELS} labels take about {duration(seconds)} on this machine's processor"
    if seconds > PATIENCE:
        return f"{size}; {slow}: made for a GPU"
    return f"{size}; {slow}"


def free_memory() -> float | None:
    """Bytes that a process may still take on this machine, within its container's limit; None where the system does
    not say."""
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
        free = 1024 * float(lines["MemAvailable"].split()[0])
    except (OSError, KeyError, ValueError):
        return None
    try:
        group = Path("/sys/fs/cgroup")
        limit = float((group / "memory.max").read_text()) - float((group / "memory.current").read_text())
    except (OSError, ValueError):
        return free
    return min(free, max(0.0, limit))


def gigabytes(size: float) -> str:
    return f"{size / 1e9:.0f} GB" if size >= 9.5e9 else f"{size / 1e9:.1f} GB"


def duration(seconds: float) -> str:
    """About how long, in words."""
    for unit, length in (("day", 86400.0), ("hour", 3600.0), ("minute", 60.0)):
        if seconds >= 1.5 * length:
            return f"{seconds / length:.0f} {unit}s"
    return f"{max(1, round(seconds))} seconds" if seconds < 45 else "1 minute"
