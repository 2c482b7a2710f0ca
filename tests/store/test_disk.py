"""Full disks, folders that cannot be written, network drives."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from facelabel.errors import StoreError
from facelabel.schemes import Scheme
from facelabel.store import faces, labels, predictions, versions
from facelabel.store.network import filesystem_of
from facelabel.store.project import Project
from tests.store.samples import add_faces, mounted, python, record
from tests.store.test_processes import LABEL


def fill(project: Project, face_ids: list[int]) -> None:
    """About 5 MB in one transaction."""
    with project.writing() as s:
        faces.set_state(s, face_ids[0], "skipped")
        version = versions.add(s, preset="p", seed=0, labels=1, data_hash="", parent_id=None, seconds=1.0, metrics={})
        predictions.save_embeddings(s, version.id, face_ids, np.ones((len(face_ids), 200_000), np.float32))


def check_full(project: Project) -> None:
    face_ids = add_faces(project, 6)
    with project.writing() as s:
        labels.add(s, face_ids[1], record(), author="a", origin="desk")
    with pytest.raises(StoreError, match="disk is full") as full:
        fill(project, face_ids)
    assert "make room" in str(full.value)
    with project.reading() as s:
        assert labels.newest(s, face_ids[1]) is not None
        assert faces.counts(s) == {"open": 5, "labelled": 1, "skipped": 0, "rejected": 0}
        assert versions.latest(s) is None


def test_a_database_that_cannot_grow_is_a_full_disk(project: Project) -> None:
    with project.writing() as s:
        s.execute(text("pragma max_page_count = 100"))
    check_full(project)


def label_again_and_again(project: Project) -> None:
    for _ in range(1000):
        with project.writing() as s:
            labels.add(s, 3, record(), author="a", origin="desk")


def test_a_full_disk_loses_nothing_and_goes_on_once_there_is_room(tmp_path: Path, scheme: Scheme) -> None:
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=8m", "tmpfs") as small:
        with Project.create(small / "p", scheme=scheme) as project:
            (small / "ballast").write_bytes(bytes(6 << 20))
            check_full(project)
            with pytest.raises(StoreError, match="disk is full"):
                label_again_and_again(project)
            (small / "ballast").unlink()
            with project.writing() as s:
                labels.add(s, 4, record(), author="a", origin="desk")
        with Project.open(small / "p") as again, again.reading() as s:
            assert faces.get(s, 4).state == "labelled"
            assert s.scalar(text("pragma integrity_check")) == "ok"


def test_no_room_for_a_project_leaves_nothing(tmp_path: Path, scheme: Scheme) -> None:
    with mounted(tmp_path / "small", "-t", "tmpfs", "-o", "size=64k", "tmpfs") as small:
        with pytest.raises(StoreError, match="disk is full"):
            Project.create(small / "p", scheme=scheme)
        assert list(small.iterdir()) == []


def test_a_full_disk_met_by_other_writes_of_the_step_is_told_alike(project: Project) -> None:
    for code in (errno.ENOSPC, errno.EDQUOT):
        with pytest.raises(StoreError, match="disk is full"), project.writing():
            raise OSError(code, os.strerror(code))
    with pytest.raises(FileNotFoundError), project.writing():
        raise FileNotFoundError(errno.ENOENT, "a bug")


def test_a_read_only_folder_can_be_read(project: Project, tmp_path: Path) -> None:
    add_faces(project, 2)
    project.close()
    with mounted(tmp_path / "cd", "-o", "bind,ro", str(project.folder)) as folder:
        with pytest.raises(StoreError, match="cannot be written") as refused:
            Project.open(folder)
        assert "reading only" in str(refused.value)
        with Project.open(folder, read_only=True) as reader:
            with reader.reading() as s:
                assert faces.counts(s)["open"] == 2
            with pytest.raises(StoreError, match="for reading only"), reader.writing():
                pass


def test_a_project_cannot_be_made_in_a_read_only_folder(tmp_path: Path, scheme: Scheme) -> None:
    (tmp_path / "photos").mkdir()
    with (
        mounted(tmp_path / "cd", "-o", "bind,ro", str(tmp_path / "photos")) as folder,
        pytest.raises(StoreError, match="cannot be"),
    ):
        Project.create(folder / "p", scheme=scheme)


@pytest.mark.parametrize("whole", [True, False])
def test_last_changes_in_the_log_of_a_read_only_folder(project: Project, tmp_path: Path, whole: bool) -> None:
    add_faces(project, 1)
    project.close()
    with python(LABEL, str(project.folder), "1") as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.kill()
        child.wait()
    if not whole:
        (project.folder / "project.sqlite-shm").unlink()
    with mounted(tmp_path / "cd", "-o", "bind,ro", str(project.folder)) as folder:
        if whole:
            with Project.open(folder, read_only=True) as reader, reader.reading() as s:
                assert labels.count(s) == 1
        else:
            with pytest.raises(StoreError, match="copy the whole project"):
                Project.open(folder, read_only=True)


@pytest.fixture
def on_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facelabel.store.network.network_kind", lambda folder: "nfs4")
    monkeypatch.setattr("facelabel.store.database.BUSY_SECONDS", 0.1)


def journal_of(project: Project) -> str:
    with project.writing() as s:
        return str(s.scalar(text("pragma journal_mode")))


@pytest.mark.usefixtures("on_network")
def test_a_network_drive_gets_a_rollback_journal_and_one_program(tmp_path: Path, scheme: Scheme) -> None:
    with Project.create(tmp_path / "p", scheme=scheme) as project:
        (notice,) = project.notices
        assert "nfs4" in notice
        assert journal_of(project) == "delete"
        add_faces(project, 2)
        with project.writing() as outer, project.reading() as inner:
            assert outer is inner
            labels.add(outer, 1, record(), author="a", origin="desk")
        with pytest.raises(StoreError, match="cannot be written"), project.reading() as s:
            faces.set_state(s, 2, "skipped")
        assert not list(project.folder.glob("*-shm"))
        with pytest.raises(StoreError, match="another program"):
            Project.open(project.folder, read_only=True)
    with Project.open(tmp_path / "p", read_only=True) as reader, reader.reading() as s:
        assert labels.count(s) == 1


def test_a_project_travels_to_a_network_drive_and_back(
    project: Project, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    add_faces(project, 3)
    project.close()
    with pytest.MonkeyPatch.context() as away:
        away.setattr("facelabel.store.network.network_kind", lambda folder: "cifs")
        with Project.open(project.folder) as there:
            assert journal_of(there) == "delete"
            assert not list(project.folder.glob("*-shm"))
            add_faces(there, 1, first=10)
    with Project.open(project.folder) as home:
        assert journal_of(home) == "wal"
        with home.reading() as s:
            assert faces.counts(s)["open"] == 4


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:26 / /mnt/nas rw,relatime - nfs4 server:/export rw,vers=4.2
31 30 254:1 / /mnt/nas/local rw - ext4 /dev/vdb rw
32 22 0:27 / /mnt/my\\040share rw,relatime shared:7 master:2 - cifs //server/share rw
33 22 0:28 / /home/me/remote rw - fuse.sshfs me@host:/ rw
34 22 0:29 / /over rw - nfs server:/over rw
35 34 0:30 / /over rw - tmpfs tmpfs rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me/faces", "ext4"),
        ("/mnt/nas/faces/p", "nfs4"),
        ("/mnt/nas", "nfs4"),
        ("/mnt/nasty", "ext4"),
        ("/mnt/nas/local/p", "ext4"),
        ("/mnt/my share/p", "cifs"),
        ("/home/me/remote/p", "fuse.sshfs"),
        ("/over/p", "tmpfs"),
    ],
)
def test_the_file_system_of_a_folder(folder: str, kind: str) -> None:
    assert filesystem_of(Path(folder), MOUNTS) == kind
