"""The history of the tables, one revision a file, oldest first. Alembic runs them in-process (see ``store.schema``).

A change of ``store.tables`` comes with a file ``versions/rNNNN_what.py`` and its number below; the tests compare the
tables that the revisions make with those of the code.
"""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Known here so that opening a project that is up to date does not load Alembic."""
