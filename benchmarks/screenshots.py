"""Pictures of every screen and dialog, and what is wrong with them:

python -m benchmarks.screenshots [--out FOLDER] [--docs] [--project PROJECT]

The demo is labelled by a simulated annotator for some rounds, then all screens are drawn at three sizes (the last at
twice the density) in both themes, into FOLDER/SIZE. Texts that are cut off, widgets over one another and contrasts
under 4.5:1 are listed, and the exit code is 3 then. ``--docs`` writes the pictures of the documentation instead
(docs/images).

Only rendered faces are shown, so the pictures may be published.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from sqlalchemy import select

from facelabel.campaign.loop import Campaign
from facelabel.campaign.oracle import run_with_oracle
from facelabel.exchange import demo
from facelabel.store import labels, work
from facelabel.store.project import Project
from facelabel.store.tables import Face
from facelabel.store.work import GroupWork

ROOT = Path(__file__).resolve().parents[1]
SIZES = (("1366x768", "1366x768", 1), ("1920x1080", "1920x1080", 1), ("3840x2160", "1920x1080", 2))
"""Folder, size of the window in logical pixels, pixels for each of them."""


def labelled_demo(folder: Path, rounds: int, steps: int | None) -> None:
    with demo.build_demo(folder, 160) as project:
        campaign = Campaign(project)
        changed = {"steps": steps, "function": "hybrid-typical", "holdout": 0.2, "budget": 120}
        campaign.change(campaign.settings.model_copy(update=changed), "annotator")
        run_with_oracle(project, demo.truth(project), rounds=rounds, on_round=lambda done: print(done, flush=True))
        measured(project)
        planted(project)


def measured(project: Project) -> None:
    """What labelling took a simulated annotator: more where a group has more landmarks."""
    rng = np.random.default_rng(0)
    with project.writing() as s:
        for face_id, (revision, _) in sorted(labels.newest_of(s, None).items()):
            groups = []
            for group, indices in project.scheme.groups.items():
                edits, moved = int(rng.poisson(len(indices) / 12)), float(rng.uniform(2, 9))
                if edits:
                    seconds = edits * float(rng.uniform(1.2, 2.4))
                    groups.append(
                        GroupWork(group, seconds, edits // 3, edits - edits // 3, 0, edits, moved, moved / 100)
                    )
            groups.append(GroupWork(work.WHOLE, float(rng.uniform(2, 5))))
            work.add(s, face_id, groups, author="annotator", outcome="labelled", revision_id=revision.id)


def planted(project: Project) -> None:
    """One label with left and right exchanged, for the review to find."""
    with project.writing() as s:
        taught = s.scalars(select(Face.id).where(Face.state == "labelled", ~Face.holdout).order_by(Face.id)).all()
        (_, record) = labels.newest_of(s, [taught[0]])[taught[0]]
        swapped = replace(record, shape=record.shape[project.scheme.flip_index])
        labels.add(s, taught[0], swapped, author="annotator", origin="desk", seconds=4.0)


def of_docs() -> list[str]:
    """The shots that the documentation shows."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    shown = {
        name for page in pages for name in re.findall(r"images/([\w-]+)-(?:light|dark)\.png", page.read_text("utf-8"))
    }
    return sorted(shown)


def draw(project: Path, out: Path, size: str, scale: int, only: list[str]) -> int:
    return subprocess.run(
        [sys.executable, "-m", "facelabel.ui.screenshots", project, out, "--size", size, "--only", *only],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)},
        check=False,
    ).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=None, help="training steps a round; the preset's own by default")
    parser.add_argument(
        "--project", type=Path, help="a project instead, or where the labelled demo is kept for more runs"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "screens")
    parser.add_argument("--docs", action="store_true", help="docs/images, at 1366x768")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="facelabel-") as scratch:
        project = options.project or Path(scratch) / "demo"
        if not (project / "project.sqlite").exists():
            labelled_demo(project, options.rounds, options.steps)
        if options.docs:
            return draw(project, ROOT / "docs" / "images", "1366x768", 1, options.only or of_docs())
        codes = [draw(project, options.out / name, size, scale, options.only) for name, size, scale in SIZES]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
