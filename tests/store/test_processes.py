"""Several processes on one project, and processes that are killed."""

from __future__ import annotations

import getpass
import os
import signal
import socket
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from facelabel.errors import ProjectLockedError
from facelabel.store import faces, labels
from facelabel.store.project import Project
from tests.store.samples import add_faces, python, record

HOLD = """
import sys
from facelabel.store.project import Project
project = Project.open(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""

LABEL = """
import sys
import numpy as np
from facelabel.store import labels
from facelabel.store.project import Project
project, n, number = Project.open(sys.argv[1]), int(sys.argv[2]), 0
while True:
    face_id, number = number % n + 1, number + 1
    shape = np.full((5, 2), number / 7)
    record = labels.LabelRecord(shape, ("visible",) * 5, ("moved",) * 5, np.ones(5), {})
    with project.writing() as s:
        revision = labels.add(s, face_id, record, author="child", origin="desk")
    print(revision.id, face_id, number, flush=True)
"""


def test_a_second_writer_is_told_who_holds_the_project_and_a_reader_sees_its_commits(project: Project) -> None:
    add_faces(project, 2)
    project.close()
    with python(HOLD, str(project.folder)) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == "open\n"
        with pytest.raises(ProjectLockedError) as refused:
            Project.open(project.folder)
        said = str(refused.value)
        assert str(child.pid) in said
        assert socket.gethostname() in said
        assert getpass.getuser() in said
        assert time.strftime("%Y-") in said
        with Project.open(project.folder, read_only=True) as reader, reader.reading() as s:
            assert faces.counts(s)["open"] == 2
        child.stdin.close()
        assert child.wait(10) == 0
    Project.open(project.folder).close()


def test_a_killed_holder_frees_the_project(project: Project) -> None:
    project.close()
    with python(HOLD, str(project.folder)) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        child.kill()
        child.wait()
        assert (project.folder / "project.lock").exists()
        Project.open(project.folder).close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_no_label_that_was_shown_as_saved_is_lost_to_kill_9(project: Project) -> None:
    face_count, rng, saved = 7, np.random.default_rng(0), {}
    add_faces(project, face_count)
    project.close()
    for _ in range(10):
        with python(LABEL, str(project.folder), str(face_count)) as child:
            assert child.stdout is not None
            printed = [child.stdout.readline()]
            time.sleep(float(rng.uniform(0, 0.1)))
            os.kill(child.pid, signal.SIGKILL)
            printed += child.stdout.readlines()
        for line in printed:
            if line.endswith("\n"):
                revision_id, face_id, number = map(int, line.split())
                saved[revision_id] = (face_id, number)
        with closing(sqlite3.connect(project.folder / "project.sqlite")) as plain:
            assert plain.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert plain.execute("pragma foreign_key_check").fetchall() == []
    with Project.open(project.folder) as again, again.reading() as s:
        stored = {
            revision.id: (revision, label) for n in range(face_count) for revision, label in labels.history(s, n + 1)
        }
    assert len(saved) >= 10
    assert set(saved) <= set(stored)
    for revision_id, (face_id, number) in saved.items():
        revision, label = stored[revision_id]
        assert revision.face_id == face_id
        np.testing.assert_array_equal(label.shape, np.full((5, 2), number / 7))
    assert all(len(label.shape) == 5 for _, label in stored.values())


def test_a_reader_opens_what_a_killed_writer_left(project: Project) -> None:
    add_faces(project, 1)
    project.close()
    with python(LABEL, str(project.folder), "1") as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.kill()
        child.wait()
    log = Path(f"{project.folder / 'project.sqlite'}-wal")
    assert log.stat().st_size > 0
    with Project.open(project.folder, read_only=True) as reader, reader.reading() as s:
        assert labels.count(s) == 1
        assert labels.newest(s, 1) is not None


def test_a_label_saved_beside_a_reader_in_a_long_transaction(project: Project) -> None:
    add_faces(project, 1)
    with Project.open(project.folder, read_only=True) as reader, reader.reading() as s:
        assert labels.count(s) == 0
        with project.writing() as w:
            labels.add(w, 1, record(), author="a", origin="desk")
        assert labels.count(s) == 0
