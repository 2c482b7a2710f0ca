"""The tables of a project.

Pixels and heatmaps never stand in a row; vectors (predicted shapes, embeddings) are little-endian float32 in tables
of their own, so that listing faces reads none of them. Labels are append-only: a correction is a new revision, never an
update.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def now() -> datetime:
    return datetime.now(UTC)


class Moment(TypeDecorator[datetime]):
    """A point in time, aware, UTC. SQLite keeps no zone: without this a row could not be compared to now()."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012
        dict[str, Any]: JSON,
        list[Any]: JSON(none_as_null=True),
        datetime: Moment,
        bytes: LargeBinary,
        float: Double,
    }


class ProjectRow(Table):
    """One row: what the project is."""

    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    scheme: Mapped[dict[str, Any]]
    """The whole scheme as data: the project keeps its meaning when a scheme file changes."""
    copy_photos: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_version: Mapped[str]


class Image(Table):
    """A picture file. Width and height are after EXIF orientation; ``path`` is absolute or relative to the project."""

    __tablename__ = "image"
    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(index=True)
    relative: Mapped[bool] = mapped_column(default=False)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    width: Mapped[int]
    height: Mapped[int]
    bytes_: Mapped[int] = mapped_column("bytes")
    added_at: Mapped[datetime] = mapped_column(default=now)
    detected_with: Mapped[str | None]
    """The detector that has looked at it; NULL means nobody looked for faces yet."""
    difference_hash: Mapped[int | None] = mapped_column(BigInteger)
    """64 bits (see ``images.similar``), as a signed number; NULL until somebody looked."""
    burst: Mapped[int | None] = mapped_column(index=True)
    """The first image of the near-duplicates that it is one of; NULL: it is like no other."""


class Refusal(Table):
    """A file that an import refused, and why: the newest word on each path."""

    __tablename__ = "refusal"
    path: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)


class ImageFailure(Table):
    """Why an image could not be used last time: gone, or it cannot be decoded. Whoever reads it again drops the row."""

    __tablename__ = "image_failure"
    image_id: Mapped[int] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)


class Face(Table):
    """One face in an image: the unit of ranking and annotation. The box is in image pixels (see ``geometry.Box``)."""

    __tablename__ = "face"
    __table_args__ = (
        CheckConstraint("state in ('open', 'labelled', 'skipped', 'rejected')"),
        CheckConstraint("box_source in ('detector', 'labels', 'file', 'human')"),
        Index("face_by_state", "state", "id"),
        Index("face_held_out", "state", sqlite_where=text("holdout = 1")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    image_id: Mapped[int] = mapped_column(ForeignKey("image.id", ondelete="CASCADE"), index=True)
    left: Mapped[float]
    top: Mapped[float]
    width: Mapped[float]
    height: Mapped[float]
    box_source: Mapped[str] = mapped_column(String(16))
    box_score: Mapped[float | None]
    points: Mapped[list[Any] | None]
    """The detector's five points [[x, y], ...] in image pixels, where it gave them."""
    state: Mapped[str] = mapped_column(String(16), default="open")
    reason: Mapped[str | None]
    """Why it was skipped or rejected."""
    source: Mapped[str | None]
    """The label file and line that it came from, where it came from one."""
    added_at: Mapped[datetime] = mapped_column(default=now)
    holdout: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Drawn at random to measure the model on: labelled blind, never trained on."""
    seconds: Mapped[float | None]
    """Active time of a person who rejected it; that of a label stands with the label."""


class Revision(Table):
    """A label: one confirmed shape of a face. The newest revision of a face counts."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("face_id", "number"), Index("revision_by_author", "author", "face_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    face_id: Mapped[int] = mapped_column(ForeignKey("face.id", ondelete="CASCADE"))
    number: Mapped[int]
    author: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    origin: Mapped[str] = mapped_column(String(16))
    """'desk' (a person at the window), 'import' (a label file), 'simulated' (an oracle)."""
    model_version_id: Mapped[int | None] = mapped_column(ForeignKey("model_version.id"))
    """The version whose prediction the annotator started from."""
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Face attributes that were set: id to true or false; an unset one is missing."""
    seconds: Mapped[float | None]
    note: Mapped[str | None]


class LandmarkRow(Table):
    """One landmark of a revision, image pixels; absent has no coordinates."""

    __tablename__ = "landmark"
    __table_args__ = (
        CheckConstraint("visibility in ('visible', 'occluded', 'absent')"),
        CheckConstraint("source in ('accepted', 'moved', 'placed', 'imported', 'predicted')"),
        CheckConstraint("(x is null) = (visibility = 'absent') and (y is null) = (x is null)"),
        {"sqlite_with_rowid": False},
    )
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[float | None]
    y: Mapped[float | None]
    visibility: Mapped[str] = mapped_column(String(8))
    source: Mapped[str] = mapped_column(String(9))
    """'predicted': it stands where the model put it, and nobody was asked about it."""
    moved: Mapped[float] = mapped_column(default=0.0)
    """Pixels between the prediction and the confirmed place."""


class Draft(Table):
    """The edit session of a face that is not accepted yet: saved at every edit, with its undo history."""

    __tablename__ = "draft"
    face_id: Mapped[int] = mapped_column(ForeignKey("face.id", ondelete="CASCADE"), primary_key=True)
    author: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(default=now)
    content: Mapped[dict[str, Any]]


class ModelVersion(Table):
    """Weights, the preset they fill and the labels they saw; the files lie in the project's ``models/vNNNN``."""

    __tablename__ = "model_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    preset: Mapped[str]
    seed: Mapped[int]
    labels: Mapped[int]
    """How many labelled faces it was trained on."""
    data_hash: Mapped[str] = mapped_column(String(64))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("model_version.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    seconds: Mapped[float]
    metrics: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Such as ``loss`` and, from held-out faces, ``nme`` (per cent, with ``nme_kind`` and ``nme_faces``)."""


class Prediction(Table):
    """A shape and confidence made by one model version. Blobs: float32 (L, 2) image pixels and (L,)."""

    __tablename__ = "prediction"
    face_id: Mapped[int] = mapped_column(ForeignKey("face.id", ondelete="CASCADE"), primary_key=True)
    model_version_id: Mapped[int] = mapped_column(ForeignKey("model_version.id", ondelete="CASCADE"), primary_key=True)
    shape: Mapped[bytes]
    confidence: Mapped[bytes]


class Score(Table):
    """What an acquisition function says of a face (higher = ask a human first)."""

    __tablename__ = "score"
    __table_args__ = (
        Index("score_by_rank", "model_version_id", "function", "value"),
        {"sqlite_with_rowid": False},
    )
    face_id: Mapped[int] = mapped_column(ForeignKey("face.id", ondelete="CASCADE"), primary_key=True)
    model_version_id: Mapped[int] = mapped_column(ForeignKey("model_version.id", ondelete="CASCADE"), primary_key=True)
    function: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[float]


class Embedding(Table):
    """The latent of a face under one model version: float32 (D,). Only the newest version's are kept."""

    __tablename__ = "embedding"
    face_id: Mapped[int] = mapped_column(ForeignKey("face.id", ondelete="CASCADE"), primary_key=True)
    model_version_id: Mapped[int] = mapped_column(ForeignKey("model_version.id", ondelete="CASCADE"), index=True)
    vector: Mapped[bytes]


class CampaignSettingsRow(Table):
    """The lead's settings; append-only, the newest counts from the next round on."""

    __tablename__ = "campaign_settings"
    id: Mapped[int] = mapped_column(primary_key=True)
    settings: Mapped[dict[str, Any]]
    author: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Round(Table):
    """One turn of the loop: a batch is drawn, labelled, and trained on."""

    __tablename__ = "round"
    __table_args__ = (CheckConstraint("state in ('labelling', 'training', 'done')"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(16), default="labelling")
    function: Mapped[str] = mapped_column(String(32))
    ranked_by_id: Mapped[int | None] = mapped_column(ForeignKey("model_version.id"))
    """The model version whose scores drew the batch; NULL at cold start."""
    trained_id: Mapped[int | None] = mapped_column(ForeignKey("model_version.id"))
    """The model version that came out of it."""
    settings: Mapped[dict[str, Any]]
    started_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    notice: Mapped[str | None]
    """What had to be chosen otherwise than asked for, and why."""


class BatchItem(Table):
    """A face that a round asks for; ``ahead``: handed out while the model trained, as the next in the last ranking."""

    __tablename__ = "batch_item"
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    face_id: Mapped[int] = mapped_column(ForeignKey("face.id", ondelete="CASCADE"), primary_key=True, index=True)
    rank: Mapped[int]
    score: Mapped[float | None]
    why: Mapped[str]
    """One line for the annotator: the rule that chose it."""
    ahead: Mapped[bool] = mapped_column(default=False)
    doubts: Mapped[list[Any] | None]
    """Indices of the landmarks in doubt, the worst first."""
    asked: Mapped[list[Any] | None]
    """Indices of the landmarks that a person is asked for, the one first whose correction promises most; NULL: all."""


class Job(Table):
    """One run of a worker process; its files lie in the project's ``jobs/NNNN``."""

    __tablename__ = "job"
    __table_args__ = (CheckConstraint("state in ('running', 'done', 'failed', 'cancelled', 'interrupted')"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default="running", index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    started_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    message: Mapped[str | None]


class WorkRow(Table):
    """What a decision about a face cost: a row for each landmark group that was worked on, one for the rest ('')."""

    __tablename__ = "work"
    __table_args__ = (CheckConstraint("outcome in ('labelled', 'rejected', 'skipped')"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    face_id: Mapped[int] = mapped_column(ForeignKey("face.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"), index=True)
    """The label that came of it; NULL where none did."""
    author: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    outcome: Mapped[str] = mapped_column(String(16))
    group: Mapped[str]
    """A landmark group of the scheme; '' is what belongs to none: looking, the box, the whole face, attributes."""
    seconds: Mapped[float]
    """Active time since the decision before, idle time left out."""
    clicks: Mapped[int]
    drags: Mapped[int]
    keys: Mapped[int]
    corrections: Mapped[int]
    """Edits by hand, a run of key edits of one landmark taken as one."""
    moved: Mapped[float]
    """Image pixels that points were moved by hand, summed over edits; of a group, its mean point."""
    moved_share: Mapped[float | None]
    """The same as a fraction of the scheme's normalising distance; NULL where the face has none."""


class SecondLabel(Table):
    """A face that is to be labelled once more, blindly, and what came of it; it never replaces the face's label."""

    __tablename__ = "second_label"
    __table_args__ = (
        CheckConstraint("kind in ('repeated', 'gold')"),
        CheckConstraint("state in ('open', 'done', 'skipped', 'rejected')"),
        CheckConstraint("(state = 'done') = (record is not null)"),
        Index("second_label_by_state", "state", "kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    face_id: Mapped[int] = mapped_column(ForeignKey("face.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    first_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    """The label that it is compared with: for 'gold' the right answer."""
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    rank: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="open")
    asked_at: Mapped[datetime] = mapped_column(default=now)
    author: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    seconds: Mapped[float | None]
    record: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Its unfinished edit session, as in ``Draft``."""
    reason: Mapped[str | None]


class Review(Table):
    """What a reviewer decided about one revision; append-only, the newest of a face counts."""

    __tablename__ = "review"
    __table_args__ = (CheckConstraint("verdict in ('accepted', 'sent back', 'taken back')"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    face_id: Mapped[int] = mapped_column(ForeignKey("face.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    author: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    verdict: Mapped[str] = mapped_column(String(16))
    note: Mapped[str | None]
    seconds: Mapped[float]


class GoldFace(Table):
    """A face whose label a lead holds to be right: others are asked for it blindly, and told how far off they were."""

    __tablename__ = "gold_face"
    face_id: Mapped[int] = mapped_column(ForeignKey("face.id", ondelete="CASCADE"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    author: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
