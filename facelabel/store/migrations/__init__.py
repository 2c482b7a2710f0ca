"""The history of the tables, one revision a file, oldest first. Alembic runs them in-process (see ``store.schema``)."""

REVISIONS = ("0001", "0002")
"""Known here so that opening a project that is up to date does not load Alembic."""
