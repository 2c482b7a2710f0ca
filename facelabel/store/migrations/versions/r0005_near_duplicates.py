"""Near-duplicate images, images that could not be used, and indices for lists of 100,000 faces."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "image_failure",
        sa.Column("image_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["image_id"], ["image.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("image_id"),
    )
    op.add_column("image", sa.Column("difference_hash", sa.BigInteger(), nullable=True))
    op.add_column("image", sa.Column("burst", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_image_burst"), "image", ["burst"], unique=False)
    op.create_index("face_held_out", "face", ["state"], unique=False, sqlite_where=sa.text("holdout = 1"))
    op.create_index("revision_by_author", "revision", ["author", "face_id"], unique=False)
