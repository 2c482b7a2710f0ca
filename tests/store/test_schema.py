"""Table versions: today's tables, the way up from older ones, and refusing newer ones."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from facelabel.errors import NewerSchemaError, StoreError
from facelabel.schemes import Scheme
from facelabel.store import database, faces, labels, schema
from facelabel.store.migrations import REVISIONS
from facelabel.store.project import Project
from facelabel.store.tables import Table
from tests.store.samples import SIZE, add_faces, record


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[[str], Engine]]:
    engines: list[Engine] = []

    def make(name: str) -> Engine:
        (tmp_path / name).touch()
        engines.append(database.engine(tmp_path / name, foreign_keys=False))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


def test_the_revisions_lead_to_the_tables_of_the_code(fresh: Callable[[str], Engine]) -> None:
    migrated = fresh("migrated.sqlite")
    with migrated.execution_options(writes=True).begin() as connection:
        schema.run(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Table.metadata) == []


def test_checks_and_storage_are_those_of_the_code_too(fresh: Callable[[str], Engine]) -> None:
    migrated = fresh("migrated.sqlite")
    with migrated.execution_options(writes=True).begin() as connection:
        schema.run(connection)
    declared = create_engine("sqlite://")
    Table.metadata.create_all(declared)

    def facts(engine: Engine) -> dict[str, object]:
        seen = inspect(engine)
        with engine.connect() as connection:
            rows = connection.execute(text("select name, sql from sqlite_master where type = 'table'"))
            without_rowid = {row.name for row in rows if "WITHOUT ROWID" in row.sql}
        names = sorted(set(seen.get_table_names()) - {"alembic_version"})
        return {
            "without rowid": without_rowid,
            "checks": {n: sorted(str(c["sqltext"]) for c in seen.get_check_constraints(n)) for n in names},
            "foreign keys": {
                n: sorted((str(k["constrained_columns"]), str(k["options"])) for k in seen.get_foreign_keys(n))
                for n in names
            },
            "columns": {n: [c["name"] for c in seen.get_columns(n)] for n in names},
        }

    assert facts(migrated) == facts(declared)
    declared.dispose()


def test_the_revisions_named_are_those_that_alembic_finds() -> None:
    config = Config()
    config.set_main_option("script_location", "facelabel.store:migrations")
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == REVISIONS
    assert scripts.get_heads() == [schema.HEAD]


@pytest.fixture
def old_project(tmp_path: Path, scheme: Scheme) -> Path:
    """A project as the first facelabel wrote it (revision 0001), with one labelled face in it."""
    folder = tmp_path / "old"
    folder.mkdir()
    path = folder / "project.sqlite"
    path.touch()
    engine = database.engine(path, foreign_keys=False)
    with engine.execution_options(writes=True).begin() as connection:
        schema.run(connection, "0001")
        for statement, values in (
            ("insert into project values (1, 'old', :scheme, 0, '2026-01-01 00:00:00.000000', '0.0.1')", True),
            ("insert into image values (1, 'a.jpg', 1, 'aa', 640, 480, 99, '2026-01-01 00:00:00.000000', null)", False),
            (
                "insert into face values (1, 1, 1.5, 2.5, 30, 40, 'human', null, null, 'labelled', null, null, "
                "'2026-01-01 00:00:00.000000')",
                False,
            ),
            (
                "insert into revision values (1, 1, 1, 'me', '2026-01-01 00:00:00.000000', 'desk', null, null, "
                "'{\"blur\": true}', 7.5, null)",
                False,
            ),
        ):
            connection.execute(
                text(statement), {"scheme": json.dumps(scheme.model_dump(mode="json"))} if values else {}
            )
        for index in range(SIZE):
            point = {"i": index, "x": index + 0.1, "y": index / 3}
            connection.execute(text("insert into landmark values (1, :i, :x, :y, 'visible', 'moved', 2.25)"), point)
    engine.dispose()
    return folder


def contents(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as plain:
        return list(plain.iterdump())


def test_an_older_project_is_backed_up_and_migrated(old_project: Path) -> None:
    before = contents(old_project / "project.sqlite")
    with Project.open(old_project) as project:
        (notice,) = project.notices
        (backup,) = (old_project / "backups").iterdir()
        assert "0001" in notice
        assert schema.HEAD in notice
        assert backup.name in notice
        with project.reading() as s:
            revision, label = labels.newest_of(s, None)[1]
            face = faces.get(s, 1)
        np.testing.assert_array_equal(label.shape, [[i + 0.1, i / 3] for i in range(SIZE)])
        assert (revision.seconds, label.attributes, face.holdout) == (7.5, {"blur": True}, False)
        with project.writing() as s:
            labels.add(s, 1, record(), author="me", origin="desk")
    assert contents(backup) == before
    with Project.open(old_project) as again:
        assert again.notices == []


def test_an_older_project_is_not_changed_by_reading(old_project: Path) -> None:
    before = {path: path.read_bytes() for path in old_project.iterdir()}
    with pytest.raises(StoreError, match="open it once for writing"):
        Project.open(old_project, read_only=True)
    assert {path: path.read_bytes() for path in old_project.iterdir()} == before


def test_a_failed_migration_leaves_the_project_as_it_was(old_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run, before = schema.run, contents(old_project / "project.sqlite")

    def broken(connection: object, target: str) -> None:
        run(connection, target)  # type: ignore[arg-type]
        raise RuntimeError("a revision went wrong")

    monkeypatch.setattr(schema, "run", broken)
    with pytest.raises(StoreError, match="a revision went wrong") as told:
        Project.open(old_project)
    (backup,) = (old_project / "backups").iterdir()
    assert str(backup) in str(told.value)
    assert contents(old_project / "project.sqlite") == before == contents(backup)
    monkeypatch.setattr(schema, "run", run)
    Project.open(old_project).close()


def test_a_migration_that_would_leave_orphans_is_undone(old_project: Path) -> None:
    path = old_project / "project.sqlite"
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("delete from image")  # foreign keys are off in a plain connection
    before = contents(path)
    with pytest.raises(StoreError, match="1 rows without"):
        Project.open(old_project)
    assert contents(path) == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_project_is_refused_and_not_touched(project: Project, read_only: bool) -> None:
    add_faces(project, 2)
    project.close()
    path = project.folder / "project.sqlite"
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("update alembic_version set version_num = '0999'")
    before = {file: file.read_bytes() for file in project.folder.iterdir() if file.is_file()}
    with pytest.raises(NewerSchemaError, match="0999") as refused:
        Project.open(project.folder, read_only=read_only)
    assert schema.HEAD in str(refused.value)
    assert "update facelabel" in str(refused.value)
    assert {file: file.read_bytes() for file in project.folder.iterdir() if file.is_file()} == before
