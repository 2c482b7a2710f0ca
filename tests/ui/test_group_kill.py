"""A group pass in a process that is killed: what was shown as saved is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from facelabel.store import drafts
from facelabel.store.project import Project
from tests.ui.labelling import make_project

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills itself with a signal")

PASS = """
import os, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from facelabel.campaign.loop import Campaign
from facelabel.settings import Settings
from facelabel.store.project import Project
from facelabel.ui.image_loader import ImageLoader
from facelabel.ui.label_screen import LabelScreen

application = QApplication([])
project = Project.open(Path(sys.argv[1]))
loader = ImageLoader(project.thumbnails_folder)
screen = LabelScreen(project, Campaign(project), Settings(author="me"), loader)
screen.show()

def wait(ready):
    while not ready():
        QTest.qWait(5)

bench = screen.bench
wait(lambda: bench.face is not None)
screen.group_pass.start("left-eye")
done = []
for _ in range(2):
    face = bench.face
    face.session.nudge(36, 2.0, 1.0)
    bench.commit()
    done.append(face.id)
    screen.group_pass.confirm()
    wait(lambda: bench.face is not None and bench.face.id != face.id)
wait(lambda: bench.store.state == "saved")
print(*done, flush=True)
os.kill(os.getpid(), 9)
"""


def test_confirmed_groups_survive_a_kill(tmp_path: Path) -> None:
    with make_project(tmp_path, scheme="300w-68", count=3) as project:
        folder = project.folder
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "FACELABEL_HOME": str(tmp_path / "home")}
    ran = subprocess.run(
        [sys.executable, "-c", PASS, str(folder)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=120,
    )
    assert ran.returncode == -9, ran.stderr
    done = [int(face) for face in ran.stdout.split()]
    assert len(set(done)) == 2
    with Project.open(folder) as project, project.reading() as s:
        for face in done:
            kept = drafts.get(s, face)
            assert kept is not None
            assert kept["session"]["confirmed"] == ["left-eye"]
            assert kept["session"]["marks"][36][3] == "moved"
