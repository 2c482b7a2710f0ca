"""Where the labels are to go, checked against the scheme before anybody labels a face."""

from __future__ import annotations

from facelabel.campaign.settings import CampaignSettings, ExportFormat
from facelabel.errors import FacelabelError
from facelabel.formats.wflw import ATTRIBUTES
from facelabel.schemes import Scheme

_WFLW_LANDMARKS = 98
_TITLES = {"300w": "300-W .pts files", "wflw": "WFLW lists"}


def target(settings: CampaignSettings, scheme: Scheme) -> ExportFormat:
    """The format that the settings name, else the one that the scheme is made for."""
    return settings.export_to or ("300w" if _no_wflw(scheme) else "wflw")


def check(settings: CampaignSettings, scheme: Scheme) -> None:
    """Raises FacelabelError where no label of the scheme could ever be exported as the settings ask."""
    if settings.export_to == "wflw" and (why := _no_wflw(scheme)):
        raise FacelabelError(
            f"export_to cannot be 'wflw': {why}", cure="choose 300w, or begin the project with the scheme wflw-98"
        )


def warnings(settings: CampaignSettings, scheme: Scheme) -> list[str]:
    """What the target cannot hold of the scheme's labels, a line each, for the person who is about to label."""
    chosen = target(settings, scheme)
    said = []
    if scheme.allow_absent:
        said.append(
            f"{_TITLES[chosen]} cannot hold absent landmarks: faces that have one will be left out of the export"
        )
    if settings.ask_share < 1:
        said.append(
            f"{_TITLES[chosen]} hold whole faces: those labelled in part will be left out of the export, "
            "unless it may have the model's landmarks"
        )
    if chosen == "wflw":
        said.append(f"{_TITLES[chosen]} want {len(ATTRIBUTES)} attributes of every face: set them as you label")
    elif scheme.attributes:
        own = ", ".join(attribute.id for attribute in scheme.attributes)
        said.append(f"{_TITLES[chosen]} hold no face attributes: {own} will stay in the project")
    return said


def _no_wflw(scheme: Scheme) -> str | None:
    """Why no label of the scheme can stand in a WFLW list."""
    if scheme.size != _WFLW_LANDMARKS:
        return f"a WFLW list holds {_WFLW_LANDMARKS} landmarks, the scheme {scheme.id} has {scheme.size}"
    if {attribute.id for attribute in scheme.attributes} != set(ATTRIBUTES):
        return f"a WFLW list has the attributes {', '.join(ATTRIBUTES)}, which the scheme {scheme.id} has not"
    return None
