"""The command that trains and measures as a paper did, on the public data sets of whoever owns them."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from facelabel.cli.console import JsonOption, note, print_table, progress, result, to_progress
from facelabel.errors import FacelabelError


class Model(StrEnum):
    scaf = "scaf"


class DataSet(StrEnum):
    w300 = "300w"
    wflw = "wflw"
    aflw = "aflw"


class PublicBoxes(StrEnum):
    ground_truth = "ground-truth"
    detector = "detector"


def reproduce(
    model: Annotated[Model, typer.Argument(help="Whose tables.")],
    data: Annotated[Path, typer.Option(help="The folder of the data set, as it is unpacked.", show_default=False)],
    set_: Annotated[DataSet | None, typer.Option("--set", help="Which data set it is; told by its files.")] = None,
    labels: Annotated[str, typer.Option(help="Numbers of training labels, such as 50,158,all.")] = "all",
    runs: Annotated[int, typer.Option(help="Models for each number of labels, with seeds that count up.", min=1)] = 1,
    seed: Annotated[int, typer.Option(help="The seed of the first; it draws the labels too.", min=0)] = 0,
    boxes: Annotated[
        PublicBoxes, typer.Option(help="Which boxes of the data set; the detector's are 300-W's own.")
    ] = PublicBoxes.ground_truth,
    preset: Annotated[str, typer.Option(help="The network; the paper's is scaf.")] = "scaf",
    weights: Annotated[
        str, typer.Option(metavar="shipped|none|FOLDER", help="The pretrained weights that training starts from.")
    ] = "shipped",
    steps: Annotated[int | None, typer.Option(help="Of training; the preset's.", min=1)] = None,
    batch: Annotated[int | None, typer.Option(help="Faces a step; the paper's code has 40.", min=1)] = None,
    out: Annotated[Path, typer.Option(help="Where runs go; what is there is not run again.")] = Path("reproduced"),
    as_json: JsonOption = False,
) -> None:
    """Repeat a paper's table on a public data set: its boxes, recipe, decoding and split, with seeds."""
    from facelabel import pretrained
    from facelabel.campaign.settings import presets
    from facelabel.evaluation import layouts, papers
    from facelabel.evaluation import reproduce as steps_of

    if preset not in (known := [p.id for p in presets()]):
        raise FacelabelError(f"there is no model preset '{preset}'", cure=f"use one of {', '.join(known)}")
    counts = [_count(text.strip()) for text in labels.split(",")]
    name = layouts.told_by_files(data) if set_ is None else set_.value
    found = layouts.read(name, data, boxes=boxes.value)
    for count in counts:
        steps_of.drawn(found.train, count, seed)
    for line in steps_of.differences(name, found):
        note(line)
    chosen = None if weights == "none" else weights if weights == "shipped" else str(Path(weights).resolve())
    start = pretrained.choose(preset, chosen)
    if start is None:
        note("the paper starts from 3FabRec's auto-encoder, this from scratch: --weights names a folder of weights")
    else:
        pretrained.read(start)
    recipe = steps_of.Recipe(preset, chosen, steps, batch, boxes.value)
    done = []
    with progress() as bar:
        for count in counts:
            for number in range(seed, seed + runs):
                note(f"{found.title}, {'all' if count is None else count} labels, seed {number}")
                done.append(steps_of.run(name, found, count, number, recipe, out, to_progress(bar)))
                for line in done[-1].left_out:
                    note(f"left out: {line}")
                steps_of.save(out / f"{name}-{preset}.json", name, recipe, done)
    table = steps_of.table(name, done)
    paper = papers.TABLES[name][0]
    document = {
        "model": model.value,
        "set": name,
        "paper": paper,
        "norm": found.norm,
        "threshold": 100 * found.threshold,
        "table": [asdict(row) for row in table],
        "out": str(out),
    }

    def say() -> None:
        at = f"{100 * found.threshold:g}"
        print(f"{found.title}: NME by {found.norm} in per cent; paper: {paper}")
        rows = [["labels", "subset", "faces", "runs", "NME %", "±", f"AUC@{at}", f"FR@{at} %", "paper"]]
        for row in table:
            deviation = "–" if row.deviation is None else f"{row.deviation:.2f}"
            stated = "–" if row.paper is None else f"{row.paper:.2f}"
            shown = [str(row.labels), row.subset, str(row.faces), str(row.runs), f"{row.nme:.2f}", deviation]
            rows.append([*shown, f"{row.auc:.4f}", f"{row.failure_rate:.2f}", stated])
        print_table(rows)

    result(document, as_json, say)


def _count(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isdecimal() or int(text) < 1:
        raise FacelabelError(f"'{text}' is no number of labels", cure="write numbers and all, such as 50,158,all")
    return int(text)
