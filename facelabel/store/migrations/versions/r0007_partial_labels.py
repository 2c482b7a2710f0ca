"""Labels in part: the landmarks that a face is asked for, and landmarks of a label that nobody has confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("batch_item", sa.Column("asked", sa.JSON(none_as_null=True), nullable=True))
    # SQLite cannot change a check: the table is made anew beside the old one.
    op.create_table(
        "landmark_anew",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("x", sa.Double(), nullable=True),
        sa.Column("y", sa.Double(), nullable=True),
        sa.Column("visibility", sa.String(length=8), nullable=False),
        sa.Column("source", sa.String(length=9), nullable=False),
        sa.Column("moved", sa.Double(), nullable=False),
        sa.CheckConstraint("(x is null) = (visibility = 'absent') and (y is null) = (x is null)"),
        sa.CheckConstraint("source in ('accepted', 'moved', 'placed', 'imported', 'predicted')"),
        sa.CheckConstraint("visibility in ('visible', 'occluded', 'absent')"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("revision_id", "index"),
        sqlite_with_rowid=False,
    )
    columns = 'revision_id, "index", x, y, visibility, source, moved'
    op.execute(f"insert into landmark_anew ({columns}) select {columns} from landmark")
    op.drop_table("landmark")
    op.rename_table("landmark_anew", "landmark")
