"""Why a batch is as it is: landmarks in doubt, and what was chosen otherwise; time spent on faces that were refused."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("batch_item", sa.Column("doubts", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("round", sa.Column("notice", sa.String(), nullable=True))
    op.add_column("face", sa.Column("seconds", sa.Double(), nullable=True))
