"""The settings of the person at this machine: kept apart from any project and from the window's geometry."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError


def _user() -> str:
    try:
        return getpass.getuser() or "annotator"
    except (OSError, KeyError):
        return "annotator"


class Settings(BaseModel):
    """Applied at once when changed; an unreadable file means the defaults, never an error at start."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True)

    author: str = Field(default_factory=_user, min_length=1)
    theme: Literal["system", "light", "dark"] = "system"
    marker_size: int = Field(default=4, ge=2, le=16)
    show_edges: bool = True
    show_names: bool = False
    upright: bool = True
    """Whether the view turns faces upright."""
    magnifier: bool = True
    """Whether what lies under a point is magnified while it moves."""
    show_heatmap: bool = False
    show_errors: bool = False
    show_guide: bool = True
    keys: dict[str, list[str]] = {}
    """Keys of the desk that the person set, by action; those of the registry hold for all others."""
    tour_seen: bool = False
    recent: list[str] = []

    def remember(self, project: Path) -> None:
        """Put a project at the head of the recent ones; ten are kept."""
        path = str(project.resolve())
        self.recent = [path, *(other for other in self.recent if other != path)][:10]


def folder() -> Path:
    """Where settings live; ``FACELABEL_HOME`` moves them (tests do)."""
    home = os.environ.get("FACELABEL_HOME")
    return Path(home) if home else Path(platformdirs.user_config_dir("facelabel", appauthor=False))


def load() -> Settings:
    try:
        return Settings.model_validate_json((folder() / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValidationError, UnicodeDecodeError):
        return Settings()


def save(settings: Settings) -> None:
    """Written beside and renamed, so that a crash leaves the old file."""
    path = folder() / "settings.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(settings.model_dump(), indent=2), encoding="utf-8")
    os.replace(fresh, path)
