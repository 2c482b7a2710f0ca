"""``facelabel demo``: the main job on rendered faces, for a person at a display or for a log without one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from facelabel.cli.console import counted, note, progress, result, to_progress
from facelabel.errors import FacelabelError

TEST_FACES = 60
TEST_SEED = 500_000
"""Where the faces begin that the demo measures on: far from any seed that a demo project is rendered from, and below
all that a pretraining draws."""


def run(folder: Path, *, faces: int, rounds: int, seed: int, window: bool, as_json: bool) -> None:
    """Build the demo project at ``folder`` where there is none, and open it or run ``rounds`` rounds on it."""
    from facelabel.exchange import demo
    from facelabel.store.project import Project

    if (folder / demo.TRUTH).is_file():
        if not window:
            Project.open(folder).close()  # refuses while a window has it
            shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise FacelabelError("the folder is not empty", where=folder, cure="name a new folder for the demo")
    if not (folder / demo.TRUTH).is_file():
        with progress() as bar:
            demo.build_demo(
                folder, faces, seed, progress=lambda stage, done, total: bar(stage, done, total, None)
            ).close()
    if window:
        from facelabel.ui.app import open_window

        raise typer.Exit(open_window(folder))
    _simulate(folder, rounds, as_json)


def _simulate(folder: Path, rounds: int, as_json: bool) -> None:
    """The loop with an annotator who answers with the truth, measured on faces that the project has not."""
    from facelabel.campaign.oracle import OracleRound, run_with_oracle
    from facelabel.evaluation.evaluate import evaluate
    from facelabel.exchange import demo
    from facelabel.rendering.dataset import write_dataset
    from facelabel.store.project import Project

    rows: list[dict[str, Any]] = []
    start = time.monotonic()
    with TemporaryDirectory(prefix="facelabel-demo-") as scratch, Project.open(folder) as project:
        write_dataset(Path(scratch), TEST_FACES, TEST_SEED, scheme_id="300w-68", labels=True)

        def on_round(done: OracleRound) -> None:
            found = evaluate(project, Path(scratch))
            rows.append(asdict(done) | {"test_nme": found.whole.nme, "test_interval": found.whole.interval})
            known = counted(done.labels, "label")
            note(f"round {done.round}: {known}, NME {found.whole.nme:.2f} %, {done.seconds:.0f} s")

        with progress() as bar:
            run_with_oracle(project, demo.truth(project), rounds=rounds, on_round=on_round, on_message=to_progress(bar))
    screenshots = _screenshots(folder)

    def say() -> None:
        table = Table(title=f"Rendered faces, simulated annotator, NME on {TEST_FACES} other faces")
        for name in ("round", "labels", "NME %", "95 %", "seconds"):
            table.add_column(name, justify="right")
        for row in rows:
            low, high = row["test_interval"]
            interval = f"{low:.2f} – {high:.2f}"
            table.add_row(
                str(row["round"]), str(row["labels"]), f"{row['test_nme']:.2f}", interval, f"{row['seconds']:.0f}"
            )
        Console().print(table)
        print("The weights that ship have seen drawn faces like these, so the curve starts near its end.")
        print(f"{time.monotonic() - start:.0f} s in all. Screenshots: {', '.join(map(str, screenshots)) or 'none'}")
        print(f"With a display: facelabel label {folder}")

    result({"project": str(folder), "rounds": rows, "screenshots": list(map(str, screenshots))}, as_json, say)


def _screenshots(folder: Path) -> list[Path]:
    """Pictures of the screens, made by a window without a screen in a process of its own."""
    out = folder / "screenshots"
    screens = ("start", "label", "campaign", "campaign-pool", "campaign-settings")
    done = subprocess.run(
        [sys.executable, "-m", "facelabel.ui.screenshots", str(folder), str(out), "--only", *screens],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    if not any(out.glob("*.png")):
        lines = done.stderr.strip().splitlines()
        note(f"no screenshots: {lines[-1] if lines else 'the window did not start'}; see facelabel doctor")
    return sorted(out.glob("*.png"))
