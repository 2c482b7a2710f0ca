"""The pictures of the documentation: a rendered demo, a few simulated rounds, every screen in light and dark.

    python benchmarks/screenshots.py [--rounds 5] [--steps 240] [--out docs/images]

Only rendered faces are shown, so the pictures may be published.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from facelabel.campaign.loop import Campaign
from facelabel.campaign.oracle import run_with_oracle
from facelabel.exchange import demo


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=None, help="training steps a round; the preset's own by default")
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1] / "docs" / "images")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="facelabel-") as scratch:
        folder = Path(scratch) / "demo"
        with demo.build_demo(folder, 160) as project:
            campaign = Campaign(project)
            changed = {"steps": options.steps, "function": "hybrid-typical", "holdout": 0.2, "budget": 120}
            campaign.change(campaign.settings.model_copy(update=changed), "annotator")
            run_with_oracle(
                project, demo.truth(project), rounds=options.rounds, on_round=lambda done: print(done, flush=True)
            )
        subprocess.run(
            [sys.executable, "-m", "facelabel.ui.screenshots", str(folder), str(options.out), "--size", options.size],
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            check=True,
        )


if __name__ == "__main__":
    main()
