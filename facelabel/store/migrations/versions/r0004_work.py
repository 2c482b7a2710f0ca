"""What labelling a face cost whoever did it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("face_id", sa.Integer(), sa.ForeignKey("face.id", ondelete="CASCADE"), nullable=False),
        sa.Column("revision_id", sa.Integer(), sa.ForeignKey("revision.id", ondelete="CASCADE"), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("clicks", sa.Integer(), nullable=False),
        sa.Column("drags", sa.Integer(), nullable=False),
        sa.Column("keys", sa.Integer(), nullable=False),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Double(), nullable=False),
        sa.Column("moved_share", sa.Double(), nullable=True),
        sa.CheckConstraint("outcome in ('labelled', 'rejected', 'skipped')"),
    )
    op.create_index("ix_work_face_id", "work", ["face_id"])
    op.create_index("ix_work_revision_id", "work", ["revision_id"])
