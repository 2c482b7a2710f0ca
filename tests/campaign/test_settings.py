from __future__ import annotations

import pytest

from facelabel.campaign.settings import CampaignSettings, allowed, checked, presets
from facelabel.errors import FacelabelError
from facelabel.learning import presets as learning_presets


def test_the_defaults_are_valid() -> None:
    assert checked({}) == CampaignSettings()
    assert CampaignSettings.model_validate(checked({"budget": 7}).model_dump()).budget == 7


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"discard": 0.4}, r"discard cannot be 0.4: .*allowed: 0 to 0.3"),
        ({"batch": 0}, r"batch cannot be 0: .*allowed: 1 to 10,000"),
        ({"budget": "many"}, r"budget cannot be 'many': .*allowed: 1 to 10,000,000"),
        ({"steps": -1}, r"steps cannot be -1: .*allowed: 1 to"),
        ({"function": "magic"}, r"function cannot be 'magic': .*allowed: nnm, entropy, k-center, random"),
        ({"preset": "scaf-huge"}, r"no model preset 'scaf-huge'.*scaf-tiny"),
        ({"colour": 1}, r"no campaign setting 'colour'.*batch"),
    ],
)
def test_a_wrong_value_is_one_line_with_field_and_range(values: dict[str, object], says: str) -> None:
    with pytest.raises(FacelabelError) as caught:
        checked(values)
    assert "\n" not in str(caught.value)
    caught.match(says)


def test_a_discard_has_one_place_wherever_it_is_given() -> None:
    """The command line takes ``parameters.discard=0.2``; the field of the window shows and changes the same number."""
    given = checked({"function": "nnm", "discard": 0.1, "parameters": {"discard": "0.2"}})
    assert (given.discard, given.parameters) == (0.2, {})
    assert checked(given.model_dump() | {"discard": 0.3}, given).discard == 0.3


def test_what_is_not_installed_any_more_hinders_no_other_change() -> None:
    kept = CampaignSettings(function="ours", cold_start="theirs", preset="scaf-gone")
    assert checked(kept.model_dump() | {"budget": 300}, kept) == kept.model_copy(update={"budget": 300})
    with pytest.raises(FacelabelError, match="there is no acquisition strategy 'ours'"):
        checked(kept.model_dump() | {"parameters": {"share": 0.5}}, kept)
    with pytest.raises(FacelabelError, match="cold_start cannot be 'nnm'"):
        checked(kept.model_dump() | {"cold_start": "nnm"}, kept)


def test_every_field_can_say_what_it_allows() -> None:
    for name in CampaignSettings.model_fields:
        assert allowed(name)


def test_the_presets_are_those_that_learning_reads() -> None:
    assert [preset.id for preset in presets()] == learning_presets.names()
    assert all(preset.title and preset.text for preset in presets())
