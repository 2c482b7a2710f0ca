"""What the lead of a campaign sees and sets: outlook, budget, history, audit faces, templates, stored settings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from facelabel import schemes
from facelabel.campaign import audit
from facelabel.campaign.loop import Campaign
from facelabel.campaign.settings import CampaignSettings, checked, templates
from facelabel.desk.desk import Desk
from facelabel.errors import FacelabelError
from facelabel.store import drafts, faces, labels, predictions, second_labels, versions
from facelabel.store import settings as settings_store
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project
from tests.campaign.bench import Bench, truth_of


def run_rounds(bench: Bench, count: int, shift: float = 8.0) -> None:
    for number in range(count):
        bench.campaign.draw()
        bench.label_batch()
        bench.work(shift=shift / (number + 1))


# Audit faces


def test_an_audit_face_opens_without_any_prediction(bench: Bench) -> None:
    bench.add_faces(40)
    bench.change(first_batch=10, holdout=0.5, budget=20)
    bench.work("score")
    bench.campaign.draw()
    queue = bench.campaign.queue()
    blind = next(item for item in queue if item.blind)
    other = next(item for item in queue if not item.blind)
    desk = Desk(bench.project, "anna")
    seen, unseen = desk.open(other.face_id), desk.open(blind.face_id)
    assert (seen.blind, seen.session.start.origin, seen.version) == (False, "prediction", 1)
    assert (unseen.blind, unseen.session.start.origin, unseen.version) == (True, "template", None)
    assert unseen.session.confidence is None
    assert unseen.session.start.reference is None
    assert (blind.score, blind.why, blind.doubts) == (None, audit.WHY, ())
    with bench.project.reading() as s:
        assert predictions.get(s, blind.face_id) is not None  # The prediction is there to be measured.
    desk.accept(blind.face_id, truth_of(blind.face_id), version_id=unseen.version_id, seconds=30.0)
    again = desk.open(blind.face_id)
    assert again.session.start.origin == "label"
    assert again.session.start.reference is None


def test_a_face_that_was_begun_or_shown_is_no_audit_face(bench: Bench) -> None:
    ids = bench.add_faces(8)
    with bench.project.writing() as s:
        for face_id in ids[:3]:
            drafts.save(s, face_id, "tester", {"begun": True})
    bench.label(ids[3])
    with bench.project.writing() as s:
        faces.set_state(s, ids[3], "open")
    bench.change(first_batch=8, holdout=0.5)
    bench.campaign.draw()
    blind = {item.face_id for item in bench.campaign.queue() if item.blind}
    assert blind == set(ids[4:])


def test_a_rejected_audit_face_is_replaced_and_a_skipped_one_comes_back(bench: Bench) -> None:
    bench.add_faces(23)
    bench.change(first_batch=8, batch=8, holdout=0.1, budget=30)
    bench.campaign.draw()
    blind = [item.face_id for item in bench.campaign.queue() if item.blind]
    assert len(blind) == 2
    bench.set_state(blind[0], "rejected")
    bench.set_state(blind[1], "skipped")
    bench.label_batch()
    bench.work()
    second = [item.face_id for item in bench.campaign.queue() if item.blind]
    assert len(second) == 2  # Three are wanted of 30, one is skipped: two are missing.
    assert set(second).isdisjoint(blind)
    bench.label_batch()
    bench.work()
    assert blind[1] in bench.batch()


def test_audit_faces_from_before_a_share_of_nothing_are_asked_for_at_the_end(bench: Bench) -> None:
    bench.add_faces(12)
    bench.change(first_batch=6, batch=6, holdout=0.2, budget=20)
    bench.campaign.draw()
    blind = [item.face_id for item in bench.campaign.queue() if item.blind]
    bench.set_state(blind[0], "skipped")
    bench.change(holdout=0.0)
    bench.label_batch()
    bench.work()
    bench.label_batch()
    bench.work()
    assert bench.batch() == [blind[0]]
    assert bench.campaign.queue()[0].blind


def test_no_more_audit_faces_than_wanted(bench: Bench) -> None:
    bench.add_faces(200)
    bench.change(first_batch=40, batch=40, holdout=0.5, audit_at_most=25, budget=150)
    run_rounds(bench, 3)
    outlook = bench.campaign.outlook()
    assert (outlook.audit_faces, outlook.audit_wanted) == (25, 25)


def test_a_version_of_the_long_schedule_is_measured_but_foretells_nothing(bench: Bench) -> None:
    bench.add_faces(120)
    bench.change(first_batch=30, batch=10, holdout=0.3, budget=100)
    run_rounds(bench, 3)
    before = bench.campaign.outlook().forecast
    bench.work("finish")
    bench.work("score", shift=0.1)
    finished = bench.campaign.status().measured[-1]
    assert finished.finish
    assert finished.nme is not None
    assert finished.nme < 1
    after = bench.campaign.outlook().forecast
    assert (after.versions, after.labels, after.now) == (before.versions, before.labels, before.now)


# Outlook, stopping, budget


def test_an_outlook_of_a_young_and_of_an_older_campaign(bench: Bench) -> None:
    young = bench.campaign.outlook()
    assert "too wide to tell" in young.text
    assert young.effort.reason is not None
    assert (young.budget.faces, young.audit_faces) == (0, 0)
    bench.add_faces(200)
    bench.change(first_batch=30, batch=10, holdout=0.4, budget=120)
    for shift in (6.0, 5.2, 4.7, 4.4):
        bench.campaign.draw()
        bench.label_batch()
        bench.work(shift=shift)
    older = bench.campaign.outlook(ahead=20)
    assert older.text.startswith("another 20 labels: ")
    assert older.text.endswith("of annotation")
    assert older.budget.faces == 60
    assert "30 labelled, 30 audit" in older.budget.counts
    assert (older.audit_faces, older.audit_wanted) == (30, 48)
    assert not older.stop.stop
    assert bench.campaign.status().stop is None


def test_stopping_is_suggested_and_can_be_switched_off(bench: Bench) -> None:
    bench.add_faces(300)
    bench.change(first_batch=60, batch=20, holdout=0.3, budget=200)
    rng = np.random.default_rng(0)
    for _ in range(6):
        bench.campaign.draw()
        bench.label_batch()
        bench.work(shift=5.0 + rng.normal(0, 0.005))
    said = bench.campaign.status().stop
    assert said is not None
    assert said.startswith("Stopping is suggested")
    bench.change(stopping="off")
    assert bench.campaign.status().stop is None
    assert "switch it off" in bench.campaign.outlook().stop.text


def test_corrections_no_larger_than_people_differ_suggest_stopping(bench: Bench) -> None:
    ids = bench.add_faces(60)
    bench.change(first_batch=10, batch=10, holdout=0.0)
    run_rounds(bench, 1)
    with bench.project.reading() as s:
        version = versions.latest(s)
    assert version is not None
    for face_id in ids[:6]:
        shape = truth_of(face_id).shape + 3.0
        theirs = LabelRecord(shape, ("visible",) * 5, ("moved",) * 5, np.full(5, 3.0))
        bench.label(face_id, author="anna")
        with bench.project.writing() as s:
            newest = labels.newest(s, face_id)
            assert newest is not None
            again = second_labels.ask(s, face_id, "repeated", first_id=newest[0].id, round_id=None, rank=1)
            second_labels.answer(s, again.id, theirs, author="bert", seconds=9.0)
    asked = bench.campaign.queue()[0]
    desk = Desk(bench.project, "anna")
    desk.accept(asked.face_id, truth_of(asked.face_id), version_id=version.id, seconds=9.0)
    assert bench.campaign.outlook().stop.why == "corrections"


def test_what_counts_to_the_budget(bench: Bench) -> None:
    ids = bench.add_faces(40)
    bench.change(first_batch=10, holdout=0.2, budget=20)
    bench.label(ids[0], origin="import", seconds=None)
    bench.label(ids[0], seconds=60.0)  # Looked at again: review.
    bench.campaign.draw()
    batch = bench.campaign.queue()
    blind = [item.face_id for item in batch if item.blind]
    others = [item.face_id for item in batch if not item.blind]
    bench.label(blind[0], seconds=30.0)
    bench.label(others[0], seconds=10.0)
    bench.label(others[0], seconds=25.0)  # A correction carries the first ten seconds.
    Desk(bench.project, "anna").reject(others[1], "no face", seconds=4.0)
    spent = bench.campaign.outlook().budget
    assert (spent.faces, spent.faces_left) == (2, 18)
    assert spent.hours * 3600 == pytest.approx(60 + 30 + 10 + 15 + 4)
    assert bench.campaign.status().budget_left == 18
    for word in ("1 labelled", "1 audit", "rejected", "review"):
        assert word in spent.counts


def test_a_budget_of_hours_ends_a_campaign(bench: Bench) -> None:
    bench.add_faces(100)
    bench.change(budget=None, hours=0.05, first_batch=10, batch=10, holdout=0.0)  # 180 s at 8 s a face
    status = bench.campaign.status()
    assert (status.budget, status.budget_left) == (100, 100)  # No pace yet: as many as there are.
    bench.campaign.draw()
    bench.label_batch()
    status = bench.campaign.status()
    assert status.budget_left == 12
    assert status.budget == 22
    bench.work()
    bench.label_batch()
    bench.work()
    assert len(bench.batch()) == 2
    bench.label_batch()
    bench.label(bench.add_faces(1)[0], seconds=60.0)
    bench.work()
    assert bench.campaign.status().phase == "finished"
    with pytest.raises(FacelabelError, match=r"budget of 0\.05 hours is spent"):
        bench.campaign.draw()


# Settings


def test_who_changed_what(bench: Bench) -> None:
    assert bench.campaign.history() == []
    bench.add_faces(40)
    bench.campaign.change(CampaignSettings(batch=20), "anna")
    bench.campaign.change(CampaignSettings(batch=20), "anna")
    bench.campaign.draw()
    bench.campaign.change(CampaignSettings(batch=20, function="entropy", hours=3.0), "bert")
    first, second = bench.campaign.history()
    assert (first.author, first.changed, first.from_round) == ("anna", {"batch": (10, 20)}, 1)
    assert (second.author, second.from_round) == ("bert", 2)
    assert second.changed == {"function": ("typical-k-center", "entropy"), "hours": (None, 3.0)}
    assert first.at < second.at


def test_settings_of_other_versions_still_open(bench: Bench) -> None:
    old = {"function": "k-center", "first_batch": 12, "batch": 9, "discard": 0.1, "budget": 200, "holdout": 0.1}
    with bench.project.writing() as s:
        settings_store.append(s, old, "long ago")
    assert bench.campaign.settings.model_dump() == CampaignSettings().model_dump() | old
    assert bench.campaign.status().notice is None
    with bench.project.writing() as s:
        settings_store.append(s, old | {"colour": "red", "batch": -3, "hours": 0, "budget": None}, "the future")
    assert bench.campaign.settings.model_dump() == CampaignSettings().model_dump() | old | {"batch": 10}
    lines = (bench.campaign.status().notice or "").splitlines()
    assert any("colour is not known here" in line for line in lines)
    assert any("batch cannot be -3, 10 is used" in line for line in lines)
    bench.add_faces(20)
    bench.campaign.draw()
    assert len(bench.batch()) == 12


def test_every_template_is_valid_and_says_what_it_is_for() -> None:
    found = templates()
    assert list(found) == ["paper-scaf-300w", "paper-wflw", "quick", "thorough"]
    for one in found.values():
        assert checked(one.settings.model_dump()) == one.settings
        assert one.title
        assert one.text
    paper = found["paper-scaf-300w"].settings
    assert (paper.function, paper.discard, paper.cold_start, paper.first_batch) == ("nnm", 0.1, "random", 10)
    assert (paper.start_from, paper.holdout, paper.overlap) == ("pretrained", 0.0, 0)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"budget": None}, "budget needs a limit of faces, of hours, or both"),
        ({"hours": 0}, r"hours cannot be 0: .*allowed: above 0 to 1,000,000 or none"),
        ({"cold_start": "entropy"}, r"cold_start cannot be 'entropy': it needs entropy.*typiclust"),
        ({"cold_start": "none-such"}, r"cold_start cannot be 'none-such'.*typiclust"),
        ({"function": "hybrid-typical", "parameters": {"share": 2}}, r"'share' .* cannot be 2.*0\.01 to 1"),
        ({"function": "random", "parameters": {"share": 0.5}}, "'random' has no parameter 'share'"),
        ({"parameters": {"discard": "much"}}, "discard cannot be 'much'"),
        ({"stopping": "always"}, "allowed: suggest, off"),
        ({"export_to": "aflw"}, "allowed: 300w, wflw or none"),
    ],
)
def test_a_wrong_setting_is_one_line(values: dict[str, object], says: str) -> None:
    with pytest.raises(FacelabelError, match=says) as caught:
        checked(values)
    assert "\n" not in str(caught.value)


def test_nobody_waits_for_faces_where_the_overlap_is_nothing(bench: Bench) -> None:
    bench.add_faces(40)
    bench.change(overlap=0)
    bench.campaign.draw()
    bench.label_batch()
    assert bench.ahead() == []


def test_the_export_target_is_checked_before_the_first_batch(tmp_path: Path, bench: Bench) -> None:
    with pytest.raises(FacelabelError, match="WFLW list holds 98 landmarks, the scheme face-5 has 5"):
        bench.change(export_to="wflw")
    assert bench.campaign.settings.export_to is None
    said = {}
    for name in ("aflw-19", "wflw-98", "300w-68"):
        with Project.create(tmp_path / name, scheme=schemes.load(name)) as project:
            other = Bench(project, Campaign(project))
            other.add_faces(1)
            said[name] = other.campaign.status().notice
            if name == "wflw-98":
                other.change(export_to="300w")
                assert "hold no face attributes" in (other.campaign.status().notice or "")
    assert "cannot hold absent landmarks" in (said["aflw-19"] or "")
    assert "want 6 attributes of every face" in (said["wflw-98"] or "")
    assert said["300w-68"] is None


def test_the_labels_of_audit_faces_teach_nothing(bench: Bench) -> None:
    bench.add_faces(30)
    bench.change(first_batch=10, holdout=0.5, budget=20)
    bench.campaign.draw()
    blind = {item.face_id for item in bench.campaign.queue() if item.blind}
    bench.label_batch()
    _, _, spec = bench.campaign.prepare("round")
    assert blind.isdisjoint(label.id for label in spec.labels)
    with bench.project.reading() as s:
        assert set(labels.newest_of(s, None)) >= blind
