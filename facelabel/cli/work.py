"""The command for what labelling took: active time and edits, by annotator and landmark group."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from facelabel.cli.console import JsonOption, ProjectArgument, counted, existing, note, print_table, result
from facelabel.errors import FacelabelError

if TYPE_CHECKING:
    from facelabel.campaign.workload import Workload
    from facelabel.store.project import Project


def work(
    project: ProjectArgument,
    as_json: JsonOption = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="One line for each decision and landmark group, on stdout.")
    ] = False,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Sum up from this day on.", show_default=False)
    ] = None,
    author: Annotated[str | None, typer.Option(help="Of this annotator alone.", show_default=False)] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Delete what was measured (with --author: of one). Labels stay.")
    ] = False,
) -> None:
    """What labelling took: active time, edits and the landmark groups that cost most. Kept in the project only."""
    from facelabel.campaign.workload import workload
    from facelabel.store import work as stored
    from facelabel.store.project import Project

    if as_json + as_csv + forget > 1 or (forget and since is not None):
        raise FacelabelError("these do not go together", cure="one of --json, --csv, --forget at a time")
    start = None if since is None else since.astimezone()
    with Project.open(existing(project), read_only=not forget) as opened:
        if forget:
            with opened.writing() as s:
                count = stored.forget(s, author)
            note(f"what {count} decisions took is deleted; the labels are as they were")
            return
        if as_csv:
            _write_csv(opened, start, author)
            return
        with opened.reading() as s:
            found = workload(s, since=start, author=author)
    result(asdict(found), as_json, lambda: _say(found))


def _write_csv(opened: Project, since: datetime | None, author: str | None) -> None:
    from facelabel.store import work as stored

    with opened.reading() as s:
        decisions = stored.decisions(s, since=since, author=author)
    out = csv.writer(sys.stdout, lineterminator="\n")
    names = ("seconds", "clicks", "drags", "keys", "corrections", "moved", "moved_share")
    out.writerow(("face", "revision", "annotator", "at", "outcome", "group", *names))
    for one in decisions:
        at = one.at.astimezone(UTC).isoformat(timespec="seconds")
        for group in one.groups:
            values = ("" if (value := getattr(group, name)) is None else value for name in names)
            out.writerow((one.face_id, one.revision_id or "", one.author, at, one.outcome, group.group, *values))


def _say(found: Workload) -> None:
    from facelabel.campaign.forecast import duration

    if not found.annotators:
        print("Nothing is measured yet: labelling in the window is.")
        return
    rows: list[tuple[str, ...]] = [
        ("annotator", "today", "this week", "in all", "active", "a face", "corrections a face")
    ]
    for one in found.annotators:
        pace, corrections = one.ever.seconds_a_face, one.ever.corrections_a_face
        rows.append(
            (
                one.author,
                *(f"{load.faces:,}" for load in (one.today, one.week, one.ever)),
                duration(one.ever.seconds),
                "–" if pace is None else f"{pace:.1f} s",
                "–" if corrections is None else f"{corrections:.1f}",
            )
        )
    print_table(rows)
    told = found.sitting
    trend = "" if told.trend is None else f", {_trend(told.trend)} towards the end"
    each = "" if told.seconds_a_face is None else f", {told.seconds_a_face:.1f} s a face{trend}"
    print(f"\n{counted(told.faces, 'face')} labelled, {told.rejected:,} rejected, {told.skipped:,} skipped{each}")
    if told.groups:
        table = [("landmark group", "share of time", "active", "corrections", "moved by")]
        for group in told.groups:
            moved = "–" if group.moved_share is None else f"{100 * group.moved_share:.1f} %"
            name = group.group or "whole face"
            table.append((name, f"{100 * group.share:.0f} %", duration(group.seconds), f"{group.corrections:,}", moved))
        print()
        print_table(table)


def _trend(change: float) -> str:
    return f"{abs(100 * change):.0f} % {'faster' if change < 0 else 'slower'}"
