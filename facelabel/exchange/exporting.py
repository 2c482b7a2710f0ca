"""From a project to a 300-W or WFLW set: everything is written beside the target and moved there in one step.

What the format cannot hold is left out and said so in ``manifest.json``; nothing is converted or filled in silently.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

import facelabel
from facelabel.errors import FacelabelError
from facelabel.exchange.export_faces import Candidate, ExportOptions, Format, labelled, predicted
from facelabel.exchange.export_files import RECTANGLE_RULE, move_into_place, write
from facelabel.formats.manifest import Exported, LeftOut, Manifest
from facelabel.store import labels, versions
from facelabel.store.project import Project


@dataclass
class ExportReport:
    out: Path
    format: Format
    faces: int
    left_out: list[LeftOut] = field(default_factory=list)


def questions(project: Project, format: Format) -> list[str]:
    """What has to be answered before this project can leave in this format; each a sentence for the person."""
    asked = []
    if format == "wflw" and project.scheme.size != 98:
        asked.append(
            f"A WFLW list holds 98 landmarks; this project's scheme {project.scheme.id} has {project.scheme.size}."
        )
        return asked
    with project.reading() as session:
        found = list(labelled(session))
    every = f"{len(found)} face{'' if len(found) == 1 else 's'}"
    if format == "wflw" and (unset := _faces_with_unset(project, found)):
        asked.append(f"{unset} of {every} with face attributes that nobody set: leave them out, or write 0?")
    if absent := sum(bool(np.isnan(c.shape).any()) for c in found):
        asked.append(f"{absent} of {every} with absent landmarks, which this format cannot hold: left out.")
    if partly := sum(bool(c.unconfirmed) for c in found):
        asked.append(
            f"{partly} of {every} labelled in part: left out, unless the model's landmarks may stand where nobody "
            "confirmed any."
        )
    return asked


def export(project: Project, out: Path, options: ExportOptions) -> ExportReport:
    """Write the labelled set to the folder ``out``. Raises FacelabelError, and then nothing at ``out`` has changed."""
    _check_target(out, options)
    _check_scheme(project, options)
    with project.reading() as session:
        found = list(labelled(session))
        if options.predictions:
            found += list(predicted(session))
        numbers = {version.id: version.number for version in versions.all(session)}
    if not found:
        raise FacelabelError(
            "no face is labelled yet", where=project.folder, cure="label some, or export predictions too"
        )
    kept, left_out = _sorted_out(project, found, options)
    if not kept and left_out:
        every = "the only face is" if len(left_out) == 1 else f"all {len(left_out)} faces are"
        raise FacelabelError(
            f"nothing can be written: {every} left out, the first because {left_out[0].why}",
            where=out,
            cure="complete the labels, or choose another format",
        )
    fresh, absent = None, [folder for folder in out.parents if not folder.exists()]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        written = write(project, fresh, kept, options)
        manifest = _manifest(project, options, written, left_out, numbers)
        (fresh / "manifest.json").write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
        fresh.chmod(0o755)
        move_into_place(fresh, out)
    except OSError as error:
        raise _cannot_write(out, error) from error
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        for folder in absent:
            with suppress(OSError):  # Only an empty one goes.
                folder.rmdir()
    return ExportReport(out, options.format, len(written), left_out)


def _cannot_write(out: Path, error: OSError) -> FacelabelError:
    return FacelabelError(
        f"cannot be written: {error.strerror or error}",
        where=out,
        cure="choose a folder with space that you may write to",
    )


def _check_target(out: Path, options: ExportOptions) -> None:
    if out.exists() and not out.is_dir():
        raise FacelabelError("is a file", where=out, cure="name a folder that does not exist yet")
    if out.exists() and any(out.iterdir()) and not options.overwrite:
        raise FacelabelError("the folder is not empty", where=out, cure="name a new folder, or pass --overwrite")
    if out.exists() and any(out.iterdir()) and not (out / "manifest.json").exists():
        raise FacelabelError(
            "holds files that no export wrote",
            where=out,
            cure="only an earlier export can be replaced: name another folder",
        )


def _check_scheme(project: Project, options: ExportOptions) -> None:
    size = project.scheme.size
    if options.format == "wflw" and size != 98:
        raise FacelabelError(
            f"a WFLW list holds 98 landmarks, the scheme {project.scheme.id} has {size}", cure="export --format 300w"
        )
    if options.convert and not (options.format == "300w" and project.scheme.id == "wflw-98"):
        raise FacelabelError("only wflw-98 can be converted, to the 68 points of 300-W", cure="leave --convert out")


def _unset(project: Project, candidate: Candidate) -> list[str]:
    return [attribute.id for attribute in project.scheme.attributes if attribute.id not in candidate.attributes]


def unset_faces(project: Project) -> int:
    """Labelled faces with attributes that nobody set, all of which a WFLW list needs."""
    with project.reading() as session:
        return _faces_with_unset(project, list(labelled(session)))


def _faces_with_unset(project: Project, found: list[Candidate]) -> int:
    return sum(bool(_unset(project, candidate)) for candidate in found)


def _sorted_out(
    project: Project, found: list[Candidate], options: ExportOptions
) -> tuple[list[Candidate], list[LeftOut]]:
    """The faces that the format can hold, and the others with the reason."""
    size = len(found)
    if options.format == "wflw" and options.unset == "ask" and (count := _faces_with_unset(project, found)):
        raise FacelabelError(
            f"{count} of {size} face{'' if size == 1 else 's'} with attributes that nobody set",
            cure="say --unset-attributes zero to write 0, or --unset-attributes leave-out",
        )
    kept, left_out = [], []
    for candidate in found:
        absent = int(np.isnan(candidate.shape).any(axis=1).sum())
        why = None
        if absent:
            why = f"{absent} landmark{' is' if absent == 1 else 's are'} absent, which the format cannot hold"
        elif options.confirmed_only and candidate.unconfirmed:
            count = len(candidate.unconfirmed)
            why = f"{count} landmark{' is' if count == 1 else 's are'} the model's, confirmed by nobody"
        elif options.format == "wflw" and options.unset == "leave-out" and _unset(project, candidate):
            why = "attributes not set: " + ", ".join(_unset(project, candidate))
        if why is None:
            kept.append(candidate)
        else:
            left_out.append(LeftOut(face=candidate.face.id, image=str(project.path_of(candidate.image)), why=why))
    return kept, left_out


def _manifest(
    project: Project,
    options: ExportOptions,
    written: list[Exported],
    left_out: list[LeftOut],
    numbers: Mapping[int, int],
) -> Manifest:
    with project.reading() as session:
        used = sorted(
            {numbers[r.model_version_id] for r, _ in labels.newest_of(session, None).values() if r.model_version_id}
        )
    return Manifest(
        facelabel=facelabel.__version__,
        made_at=datetime.now(UTC),
        format=options.format,
        scheme=project.scheme.id if not options.convert else "300w-68",
        converted_from=project.scheme.id if options.convert else None,
        origin=options.origin if options.format == "300w" else "zero-based",
        rectangle=RECTANGLE_RULE if options.format == "wflw" else None,
        unset_attributes=options.unset if options.format == "wflw" else None,
        model_versions=used,
        counts=dict(Counter(item.origin for item in written)),
        faces=written,
        left_out=left_out,
    )
