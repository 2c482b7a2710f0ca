"""Bring the translations up to date: python scripts/translations.py [--check] [LANGUAGE …].

Texts of the window are found by Qt's ``lupdate``; sentences that the layers below say, by reading their sources, and
names and definitions in the shipped schemes. All go into ``facelabel/ui/i18n/facelabel_LANGUAGE.ts`` (English is always
there), what was translated stays, and ``lrelease`` makes the ``.qm`` that is loaded. A source "%n face(s)", or
"{:,} face(s)" that is asked for with a number, gets its English plural forms by itself. ``--check`` writes nothing and
exits with 1 where something is out of date.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "facelabel" / "ui" / "i18n"
LOWER = (
    "desk",
    "campaign",
    "quality",
    "acquisition",
    "exchange",
    "store",
    "formats",
    "images",
    "shapes",
    "metrics",
    "jobs",
    "learning",
)
"""Packages whose sentences the window shows."""
FILES = ("errors.py", "costs.py", "schemes.py", "pretrained.py", "assets.py")
_JOINT = re.compile(r"^[;,.]? +")
"""What a sentence begins with that is put after another."""
_CODE = re.compile(r"\b(in \('|is null|not null|PRAGMA|select |from \w+ where|json_array)|^[\w.]+$|^\w+/\w+$|\\")
_TITLED = ("Action", "ByScore", "ByBatch", "Template")
"""Whose second argument is a title, perhaps of one word, and whose fifth may be a gesture."""
Key = tuple[str, str, bool]
"""English text, comment that tells homonyms apart, whether it has plural forms."""


def of_window() -> dict[Key, set[str]]:
    """What ``lupdate`` finds below facelabel/ui, and in which files."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "window.ts"
        sources = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "facelabel" / "ui").rglob("*.py"))]
        tool = Path(sys.executable).with_name("pyside6-lupdate")
        subprocess.run([tool, *sources, "-ts", out], cwd=ROOT, check=True, capture_output=True)
        found: dict[Key, set[str]] = {}
        for message in Xml.parse(out).iter("message"):
            key = (message.findtext("source", ""), message.findtext("comment", ""), message.get("numerus") == "yes")
            places = {Path(place.get("filename", "")).name for place in message.iter("location")}
            found.setdefault(key, set()).update(places)
    return found


def of_lower_layers() -> dict[Key, set[str]]:
    found: dict[Key, set[str]] = {}
    paths = [path for package in LOWER for path in sorted((ROOT / "facelabel" / package).rglob("*.py"))]
    for path in [*paths, *(ROOT / "facelabel" / name for name in FILES if (ROOT / "facelabel" / name).exists())]:
        if "migrations" not in path.parts:
            for text in sentences(ast.parse(path.read_text(encoding="utf-8"))):
                found.setdefault((text, "", False), set()).add(path.name)
    for path in sorted((ROOT / "resources" / "schemes").glob("*.toml")):
        for text in of_scheme(tomllib.loads(path.read_text(encoding="utf-8"))):
            found.setdefault((text, "", False), set()).add(path.name)
    for path in sorted((ROOT / "models").rglob("*.toml")):
        preset = tomllib.loads(path.read_text(encoding="utf-8"))
        for text in (preset[field] for field in ("title", "text") if field in preset):
            found.setdefault((text, "", False), set()).add(path.name)
    return found


def sentences(tree: ast.Module) -> Iterator[str]:
    """Prose in a source, f-strings with {0}, {1} … for their values; words where they are marked, and titles. No
    docstrings."""
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            silent |= {id(part) for value in node.values for part in ast.walk(value) if isinstance(part, ast.JoinedStr)}
            silent |= {id(value) for value in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QT_TR_NOOP":
            yield ast.literal_eval(node.args[0])
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in _TITLED:
            yield from (text for argument in (*node.args[1:2], *node.args[4:5]) for text in templates(argument) if text)
        elif id(node) not in silent:
            yield from filter(_is_prose, (_JOINT.sub("", text) for text in templates(node)))


def _is_prose(text: str) -> bool:
    """Whether it has a word of its own beside its values and spaces."""
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\d+\}", "", text))
    return bool(words) and " " in text.strip() and re.match(r"[\w{\"'“]", text) is not None and not _CODE.search(text)


def templates(node: ast.AST) -> list[str]:
    """The texts that a literal can become: several where a value is one of two literals, such as an "s" or nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if not isinstance(node, ast.JoinedStr):
        return []
    made, holes = [""], 0
    for part in node.values:
        value = part.value if isinstance(part, ast.FormattedValue) else part
        if isinstance(value, ast.IfExp) and all(isinstance(end, ast.Constant) for end in (value.body, value.orelse)):
            ends = [str(end.value) for end in (value.body, value.orelse) if isinstance(end, ast.Constant)]
            made = [text + end for text in made for end in ends]
        elif isinstance(part, ast.Constant):
            made = [text + str(part.value) for text in made]
        else:
            made = [f"{text}{{{holes}}}" for text in made]
            holes += 1
    return made


def of_scheme(scheme: dict[str, object]) -> Iterator[str]:
    """What a scheme says; the names of its landmarks are its own, and stand so in exported files."""
    yield str(scheme["title"])
    for kind in ("landmarks", "attributes"):
        for one in scheme.get(kind, []):  # type: ignore[attr-defined]
            yield from (one[field] for field in ("title", "definition") if field in one)
            if kind == "attributes":
                yield one["id"].capitalize()
            if "group" in one:
                yield one["group"].replace("-", " ")


def written(path: Path, language: str, texts: dict[Key, set[str]]) -> str:
    """The file of a language: every text, with what was translated already."""
    known: dict[Key, Xml.Element] = {}
    if path.exists():
        for message in Xml.parse(path).iter("message"):
            key = (message.findtext("source", ""), message.findtext("comment", ""), message.get("numerus") == "yes")
            known[key] = message.find("translation")  # type: ignore[assignment]
    root = Xml.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = Xml.SubElement(root, "context")
    Xml.SubElement(context, "name").text = "facelabel"
    for key in sorted(texts):
        source, comment, plural = key
        message = Xml.SubElement(context, "message", {"numerus": "yes"} if plural else {})
        Xml.SubElement(message, "source").text = source
        if comment:
            Xml.SubElement(message, "comment").text = comment
        Xml.SubElement(message, "extracomment").text = ", ".join(sorted(texts[key]))
        message.append(_translation(known.get(key), source, plural=plural, english=language == "en"))
    Xml.indent(root, "    ")
    return '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _translation(known: Xml.Element | None, source: str, *, plural: bool, english: bool) -> Xml.Element:
    if known is not None and not english:
        return known
    made = Xml.Element("translation", {} if english and plural else {"type": "unfinished"})
    if plural:
        for form in (source.replace("(s)", ""), source.replace("(s)", "s")):
            Xml.SubElement(made, "numerusform").text = form if english else ""
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="such as de; those that exist are always done")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    below = of_lower_layers()
    texts = {key: set(places) for key, places in of_window().items()}
    for key, places in below.items():
        texts.setdefault(key, set()).update(places)
    known = {path.stem.removeprefix("facelabel_") for path in FOLDER.glob("facelabel_*.ts")}
    holes = sorted(text for text, _, _ in below if re.search(r"\{\d+\}", text))
    files = {FOLDER / "sentences.json": json.dumps(holes, indent=1, ensure_ascii=False) + "\n"}
    for language in sorted(known | {"en"} | set(options.languages)):
        path = FOLDER / f"facelabel_{language}.ts"
        files[path] = written(path, language, texts)
    if options.check:
        stale = [path.name for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
        print("\n".join(f"{name} is out of date: make translations" for name in stale))
        return int(bool(stale))
    release = Path(sys.executable).with_name("pyside6-lrelease")
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
        if path.suffix == ".ts":
            # An open window maps the compiled file into memory: it is replaced, never written over.
            fresh = path.with_suffix(".fresh")
            subprocess.run([release, "-silent", path, "-qm", fresh], check=True, capture_output=True)
            fresh.replace(path.with_suffix(".qm"))
    print(f"{len(texts)} texts, {len(below)} of them from below the window")
    return 0


if __name__ == "__main__":
    sys.exit(main())
