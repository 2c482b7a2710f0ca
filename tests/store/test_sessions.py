"""Transactions: snapshots, rollback, threads, nesting."""

from __future__ import annotations

import contextlib
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError, PendingRollbackError

from facelabel.errors import StoreError
from facelabel.store import faces, labels
from facelabel.store.database import Database
from facelabel.store.project import Project
from tests.store.samples import add_faces, record


def test_writes_are_durable_settings(project: Project) -> None:
    with project.writing() as s:
        told = {name: s.scalar(text(f"pragma {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_an_exception_undoes_the_whole_block(project: Project) -> None:
    (face_id,) = add_faces(project, 1)

    def stop_half_way() -> None:
        with project.writing() as s:
            labels.add(s, face_id, record(), author="a", origin="desk")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stop_half_way()
    with project.reading() as s:
        assert labels.newest(s, face_id) is None
        assert faces.get(s, face_id).state == "open"


def test_reading_sees_one_moment(project: Project) -> None:
    add_faces(project, 2)
    with project.reading() as s:
        assert faces.counts(s)["open"] == 2
        writer = threading.Thread(target=add_faces, args=(project, 3, 10))
        writer.start()
        writer.join()
        assert faces.counts(s)["open"] == 2
    with project.reading() as s:
        assert faces.counts(s)["open"] == 5


def test_reading_cannot_write_even_in_a_project_open_for_writing(project: Project) -> None:
    (face_id,) = add_faces(project, 1)
    with pytest.raises(StoreError, match="cannot be written"), project.reading() as s:
        faces.set_state(s, face_id, "skipped")
    with project.writing() as s:
        faces.set_state(s, face_id, "skipped")


def test_writers_in_threads_wait_for_each_other(project: Project) -> None:
    face_ids = add_faces(project, 4)
    failures: list[BaseException] = []

    def work(face_id: int) -> None:
        try:
            for _ in range(10):
                with project.writing() as s:
                    labels.add(s, face_id, record(), author="a", origin="desk")
                with project.reading() as s:
                    labels.history(s, face_id)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(face_id,)) for face_id in face_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with project.reading() as s:
        assert [len(labels.history(s, face_id)) for face_id in face_ids] == [10] * 4


def test_sessions_of_a_thread_compose(project: Project) -> None:
    with project.writing() as outer:
        with project.reading() as inner:
            assert inner is outer
        with pytest.raises(RuntimeError, match="another session"), project.writing():
            pass
    with project.reading() as outer, project.reading() as inner:
        assert inner is outer
    with project.reading(), pytest.raises(RuntimeError, match="another session"), project.writing():
        pass
    with project.writing():
        pass


def test_foreign_keys_hold_and_a_bug_stays_a_bug(project: Project) -> None:
    with pytest.raises(IntegrityError), project.writing() as s:
        s.execute(text("insert into draft (face_id, author, updated_at, content) values (99, 'a', '2020', '{}')"))
    with pytest.raises(OperationalError, match="no such table"), project.reading() as s:
        s.execute(text("select * from nowhere"))


def test_what_follows_a_transaction_that_sqlite_ended_is_not_kept(project: Project) -> None:
    first, second = add_faces(project, 2)

    def careless() -> None:
        with project.writing() as s:
            faces.set_state(s, first, "skipped")
            with contextlib.suppress(IntegrityError):  # ends the transaction, as a full disk does
                s.execute(text("insert or rollback into face select * from face"))
            faces.set_state(s, second, "skipped")

    with pytest.raises(PendingRollbackError):
        careless()
    with project.reading() as s:
        assert faces.counts(s)["open"] == 2
    with project.writing() as s:
        faces.set_state(s, first, "skipped")
    with project.reading() as s:
        assert faces.counts(s)["open"] == 1


def test_rows_stay_readable_after_their_session(project: Project) -> None:
    (face_id,) = add_faces(project, 1)
    with project.writing() as s:
        face = faces.get(s, face_id)
        faces.set_state(s, face_id, "rejected", "not a face")
    assert (face.state, face.reason, face.added_at.tzinfo is not None) == ("rejected", "not a face", True)


@pytest.fixture
def short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facelabel.store.database.BUSY_SECONDS", 0.1)


@pytest.mark.usefixtures("short_wait")
def test_a_foreign_program_that_holds_the_database_is_told(project: Project) -> None:
    project.close()
    foreign = Database(project.folder / "project.sqlite")
    with Project.open(project.folder) as again, foreign.writing():
        with pytest.raises(StoreError, match="another program"), again.writing():
            pass
        with again.reading() as s:
            assert faces.counts(s)["open"] == 0
    foreign.close()
