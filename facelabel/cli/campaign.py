"""The command for whoever leads a campaign: its settings, who changed them, and what they would choose."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from facelabel.cli.console import JsonOption, ProjectArgument, counted, existing, result
from facelabel.cli.loop import weights
from facelabel.errors import FacelabelError

if TYPE_CHECKING:
    from facelabel.campaign.loop import Campaign
    from facelabel.campaign.settings import CampaignSettings


def campaign(
    project: ProjectArgument,
    changes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME=VALUE]…", help="Such as function=entropy batch=20 parameters.discard=0.2."),
    ] = None,
    template: Annotated[
        str | None, typer.Option(metavar="ID", help="Begin with these settings; NAME=VALUE changes them.")
    ] = None,
    templates: Annotated[bool, typer.Option("--templates", help="Which templates there are; changes nothing.")] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Which faces these settings would choose next; changes nothing.")
    ] = False,
    history: Annotated[bool, typer.Option("--history", help="Who changed what, and when.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the campaign's settings, or change them from the next batch on."""
    from facelabel import settings
    from facelabel.campaign.loop import Campaign
    from facelabel.store.project import Project

    if sum((templates, preview, history)) > 1 or ((templates or history) and (changes or template)):
        raise FacelabelError("these do not go together", cure="one of --templates, --history, --preview at a time")
    if templates:
        _show_templates(as_json)
        return
    changing = bool(changes or template) and not preview
    with Project.open(existing(project), read_only=not changing) as opened:
        found = Campaign(opened)
        if history:
            _show_history(found, as_json)
            return
        chosen = _changed(found.settings, changes or [], template)
        if preview:
            _show_preview(found, chosen, as_json)
            return
        if changing:
            found.change(chosen, settings.load().author)
        data = found.settings.model_dump()
        costs = _costs(found)
    lines = [f"{name:<14s} {'–' if value in (None, {}) else value}" for name, value in data.items()]
    result(data, as_json, lambda: print("\n".join([*lines, *costs])))


def _changed(settings: CampaignSettings, changes: list[str], template: str | None) -> CampaignSettings:
    """Raises FacelabelError for a template or a setting that there is not, or a value out of its range."""
    from facelabel.campaign.settings import checked, templates

    if template is not None and template not in templates():
        raise FacelabelError(f"there is no template '{template}'", cure=f"one of {', '.join(templates())}")
    values = (settings if template is None else templates()[template].settings).model_dump()
    if not changes and template is None:
        return settings
    given = {}
    for change in changes:
        name, equals, value = change.partition("=")
        if not equals:
            raise FacelabelError(f"'{change}' changes nothing", cure="write NAME=VALUE")
        given[name] = value
    if given.get("function", values["function"]) != values["function"]:
        values["parameters"] = {}  # They are another strategy's.
    for name, value in given.items():
        group, _, own = name.partition(".")
        if group == "parameters" and own:
            values["parameters"] = values["parameters"] | {own: value}
        elif name == "parameters" and value == "none":
            values["parameters"] = {}
        else:
            values[name] = None if value == "none" else weights(value) if name == "pretrained" else value
    return checked(values, settings)


def _show_templates(as_json: bool) -> None:
    from facelabel.campaign.settings import CampaignSettings, templates

    usual = CampaignSettings().model_dump()
    data = {one.id: asdict(one) | {"settings": one.settings.model_dump()} for one in templates().values()}

    def say() -> None:
        for one in templates().values():
            own = {name: value for name, value in one.settings.model_dump().items() if value != usual[name]}
            print(f"{one.id}: {one.title}\n  {one.text}")
            print("  " + " ".join(f"{name}={value}" for name, value in own.items()))

    result({"templates": data}, as_json, say)


def _show_history(found: Campaign, as_json: bool) -> None:
    changes = found.history()

    def say() -> None:
        for one in changes:
            said = ", ".join(f"{name} {old} → {new}" for name, (old, new) in one.changed.items())
            print(f"{one.at:%Y-%m-%d %H:%M}  {one.author}, from round {one.from_round}: {said}")
        if not changes:
            print("Nobody has changed a setting.")

    result({"history": [asdict(one) for one in changes]}, as_json, say)


def _show_preview(found: Campaign, settings: CampaignSettings, as_json: bool) -> None:
    would = found.preview(settings)

    def say() -> None:
        for place, one in enumerate(would.picks, start=1):
            print(f"{place:4d}  face {one.face_id:<6d} {one.why}")
        if would.audit:
            print(f"{counted(would.audit, 'audit face')} on top, drawn at random")
        if would.discarded:
            print(f"{counted(len(would.discarded), 'face')} set aside as likely outliers")
        if would.notice:
            print(would.notice)

    data: dict[str, Any] = asdict(would) | {"settings": settings.model_dump()}
    result({"preview": data}, as_json, say)


def _costs(found: Campaign) -> list[str]:
    """What scoring and the overlap cost in time, by the last round, of whatever preset, and the annotators' pace;
    nothing before."""
    from facelabel.campaign.forecast import duration
    from facelabel.campaign.overview import Overview

    settings = found.settings
    last = Overview(found.project).costs().under(settings.preset)
    said = []
    if last.scored and last.scoring is not None:
        most = min(settings.score_at_most, found.status().open_faces)
        whole = duration(last.scoring / last.scored * most)
        said.append(f"scoring {counted(most, 'face')} a round takes about {whole} of the computer")
    pace = found.outlook(ahead=1).effort.seconds_a_face
    if pace is not None and settings.overlap:
        time = duration(settings.overlap * pace.value)
        said.append(
            f"an overlap of {settings.overlap:,} is about {time} of labelling, by the ranking of the model before"
        )
        if last.training is not None:
            wait = last.training + (last.scoring or 0.0)
            fill = counted(round(wait / pace.value), "face")
            said.append(f"a round takes about {duration(wait)}, the time for {fill}")
    return said
