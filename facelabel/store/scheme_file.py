"""A scheme as TOML text that ``schemes.parse`` reads: the copy that a project keeps for people to look at."""

from __future__ import annotations

import json
from typing import Any

from facelabel.schemes import Scheme


def to_toml(scheme: Scheme) -> str:
    """The whole scheme; ``parse`` gives an equal one back."""
    data = scheme.model_dump(mode="json", exclude_none=True)
    tables = {key: value for key, value in data.items() if isinstance(value, dict) and value}
    lists = {
        key: value for key, value in data.items() if isinstance(value, list) and value and isinstance(value[0], dict)
    }
    plain = {key: value for key, value in data.items() if key not in tables and key not in lists and value != {}}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items()]
    for key, value in tables.items():
        lines += ["", f"[{key}]", *(f"{name} = {_value(entry)}" for name, entry in value.items())]
    for key, entries in lists.items():
        for entry in entries:
            lines += ["", f"[[{key}]]", *(f"{name} = {_value(part)}" for name, part in entry.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    """Strings, numbers, booleans and lists of them: JSON's spelling is TOML's, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
