"""Commands that look: what can be picked, is this machine ready."""

from __future__ import annotations

import typer

from facelabel.cli.console import JsonOption, result


def models(as_json: JsonOption = False) -> None:
    """The models that can be picked, and what their training starts from."""
    from facelabel import costs, pretrained
    from facelabel.campaign.settings import presets

    listed = presets()
    starts = {preset.id: pretrained.start_of(preset.id) for preset in listed}
    data = {
        "models": [
            {
                "id": preset.id,
                "title": preset.title,
                "text": preset.text,
                "starts_from": starts[preset.id].text,
                "size": costs.told(preset.id),
                "weights": None if (info := starts[preset.id].info) is None else info.model_dump(),
            }
            for preset in listed
        ]
    }

    def say() -> None:
        for preset in listed:
            print(f"{preset.id:<12s} {preset.title}\n{'':<12s} {preset.text}")
            print(f"{'':<12s} Starts from: {starts[preset.id].text}")
            if size := costs.told(preset.id):
                print(f"{'':<12s} Size: {size}")

    result(data, as_json, say)


def formats(as_json: JsonOption = False) -> None:
    """The file formats that are read and written, and the landmark schemes."""
    from facelabel import schemes
    from facelabel.formats import FORMATS

    data = {
        "formats": [{"id": f.id, "title": f.title, "reads": f.reads, "writes": f.writes} for f in FORMATS.values()],
        "schemes": [{"id": s.id, "title": s.title, "landmarks": s.size} for s in schemes.shipped().values()],
    }

    def say() -> None:
        for f in FORMATS.values():
            how = " and ".join(word for word, can in (("reads", f.reads), ("writes", f.writes)) if can)
            print(f"{f.id:<10s} {f.title} ({how})")
        print()
        for s in schemes.shipped().values():
            print(f"{s.id:<10s} {s.title}, {s.size} landmarks")

    result(data, as_json, say)


def doctor(as_json: JsonOption = False) -> None:
    """Is this machine ready? Names what is missing and the cure."""
    from facelabel.cli.doctor import examine

    findings = examine()
    data = {"ready": all(f.ok for f in findings), "findings": [f.__dict__ for f in findings]}

    def say() -> None:
        for f in findings:
            print(f"{'ok  ' if f.ok else 'MISS'}  {f.what}: {f.found}")
            if f.cure:
                print(f"      {f.cure}")

    result(data, as_json, say)
    if not data["ready"]:
        raise typer.Exit(2)
