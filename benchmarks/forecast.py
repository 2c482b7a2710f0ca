"""How often the forecasts of a campaign come true, on simulated campaigns and on real learning curves.

    python -m benchmarks.forecast [--campaigns 300] [--seed 0] [--errors FILE] [--write docs/results/forecast.md]

FILE is what ``facelabel simulate --report FILE`` left, an .npz: the errors of every model on faces that no campaign
labelled. Per round from the third on, the forecast made then is compared with what the campaign came to later.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

import facelabel
from benchmarks.simulated_campaigns import SimulatedCampaign, simulate, simulate_labelling
from facelabel.campaign.forecast import LEVEL, effort, forecast, suggest_stop

Floats = npt.NDArray[np.float64]
CURVES = Path(__file__).resolve().parents[1] / "docs" / "results" / "active-300w.md"


@dataclass(frozen=True)
class Outcome:
    """A forecast against what came: ``told`` (not too wide), ``inside`` the band, ``half_width`` relative to the NME,
    ``off``: log of forecast over truth; ``gain_inside``; ``round`` from 1."""

    kind: str
    round: int
    told: bool
    inside: bool
    half_width: float
    off: float
    gain_inside: bool


def measured_curves(page: Path) -> list[tuple[Floats, Floats]]:
    """Every single learning curve (labels, NME in per cent) of a page such as ``CURVES``."""
    curves: list[tuple[Floats, Floats]] = []
    labels = np.empty(0)
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[:2] == ["function", "seed"]:
            labels = np.array(cells[2:], dtype=np.float64)
        elif len(labels) and len(cells) == len(labels) + 2 and re.fullmatch(r"\d+", cells[1]):
            curves.append((labels, np.array(cells[2:], dtype=np.float64)))
    return curves


def outcomes(campaign: SimulatedCampaign, ahead: int) -> Iterator[Outcome]:
    for rounds in range(3, len(campaign.labels)):
        labels, errors = campaign.seen(rounds)
        end = labels[-1] + ahead
        if end > campaign.labels[-1]:
            return
        said = forecast(labels, errors, ahead=ahead)
        if said.then is None or said.gain is None:
            continue
        truth = 100 * float(np.interp(end, campaign.labels, campaign.truth))
        gain = 100 - truth / campaign.truth[rounds - 1]
        yield Outcome(
            campaign.kind,
            rounds,
            said.reason is None,
            said.then.low <= truth <= said.then.high,
            said.then.half_width / said.then.value,
            float(np.log(said.then.value / truth)),
            said.gain.low <= gain <= said.gain.high,
        )


def summary(name: str, all_of: Sequence[Outcome]) -> str:
    told = [one for one in all_of if one.told]
    if not told:
        return f"| {name} | {len(all_of)} | 0 | | | | |"
    inside, gains = (np.mean([getattr(one, key) for one in told]) for key in ("inside", "gain_inside"))
    width = np.median([one.half_width for one in told])
    off = np.median(np.abs(np.expm1([one.off for one in told])))
    return (
        f"| {name} | {len(all_of)} | {100 * len(told) / len(all_of):.0f} % | {100 * inside:.0f} % | "
        f"±{100 * width:.1f} % | {100 * off:.1f} % | {100 * gains:.0f} % |"
    )


HEAD = """| forecasts | number | told | truth inside | half-width, median | off by, median | gain inside |
|---|---|---|---|---|---|---|"""


def forecasts(campaigns: int, seed: int) -> list[str]:
    rng = np.random.default_rng([seed, 0])
    curves = measured_curves(CURVES)
    made = [simulate(rng, measured=curves) for _ in range(campaigns)]
    near = [one for campaign in made for one in outcomes(campaign, 50)]
    far = [one for campaign in made for one in outcomes(campaign, 100)]
    lines = [HEAD, summary("**50 labels ahead**", near), summary("100 labels ahead", far)]
    for first, last in ((3, 3), (4, 5), (6, 9), (10, 99)):
        name = f"50 ahead, round {first}" + ("" if first == last else f" to {last}" if last < 99 else " on")
        lines.append(summary(name, [one for one in near if first <= one.round <= last]))
    kinds = sorted({one.kind for one in near})
    lines += [summary(f"50 ahead, curve '{kind}'", [one for one in near if one.kind == kind]) for kind in kinds]
    return lines


def real(errors: Path, seed: int, samples: int = 40, faces: int = 40) -> list[str]:
    """Real versions and real faces: audit faces are drawn, with replacement, from all that were measured."""
    rng = np.random.default_rng([seed, 1])
    campaigns: dict[str, list[tuple[int, Floats]]] = {}
    with np.load(errors) as stored:
        for name in stored.files:
            campaign, _, count = name.rpartition("/")
            campaigns.setdefault(campaign, []).append((int(count), stored[name]))
    lines = [HEAD]
    for ahead in (30, 50):
        found: list[Outcome] = []
        for campaign, versions in sorted(campaigns.items()):
            versions.sort(key=lambda version: version[0])
            labels = np.array([float(count) for count, _ in versions])
            all_errors = np.stack([of_faces for _, of_faces in versions])
            all_errors = all_errors[:, np.isfinite(all_errors).all(axis=0)]
            truth = all_errors.mean(axis=1)
            for _ in range(samples):
                drawn = all_errors[:, rng.integers(all_errors.shape[1], size=faces)]
                known = np.zeros(faces, dtype=np.int64)
                found += outcomes(SimulatedCampaign(campaign, labels, truth, truth, drawn, known), ahead)
        lines.append(summary(f"{ahead} labels ahead", found))
    return lines


def stopping(campaigns: int, seed: int) -> list[str]:
    rng = np.random.default_rng([seed, 2])
    found: list[tuple[float, str, float]] = []
    for _ in range(campaigns):
        campaign = simulate(rng, generous=True)
        budget = campaign.labels[-1]
        at = next((i for i in range(2, len(campaign.labels)) if _stops(campaign, i)), len(campaign.labels) - 1)
        share = float(campaign.labels[at] / budget)
        near = campaign.truth[at] <= 1.05 * campaign.truth[-1]
        found.append((float(budget), "good" if near and share <= 0.7 else "late" if near else "early", share))
    lines = [
        "| budget in labels | campaigns | within 5 % at ≤ 70 % | too early | too late or never | labels spent |",
        "|---|---|---|---|---|---|",
    ]
    for name, low, high in (
        ("**400 to 1,500**", 400, 9999),
        ("under 400", 0, 400),
        ("400 to 800", 400, 800),
        ("over 800", 800, 9999),
    ):
        part = [one for one in found if low <= one[0] < high]
        shares = [100 * np.mean([one[1] == verdict for one in part]) for verdict in ("good", "early", "late")]
        cells = " | ".join(f"{share:.0f} %" for share in shares)
        lines.append(f"| {name} | {len(part)} | {cells} | {100 * np.median([one[2] for one in part]):.0f} % |")
    return lines


def _stops(campaign: SimulatedCampaign, at: int) -> bool:
    labels, errors = campaign.seen(at + 1)
    batch, left = (int(campaign.labels[i] - labels[-1]) for i in (min(at + 1, len(campaign.labels) - 1), -1))
    return left > 0 and suggest_stop(labels, errors, batch=batch, budget_left=left).stop


def efforts(campaigns: int, seed: int) -> list[str]:
    rng = np.random.default_rng([seed, 3])
    lines = [
        "| faces labelled | truth inside | half-width, median | off by, median | mean off by | used corrections |",
        "|---|---|---|---|---|---|",
    ]
    for done in (10, 20, 40, 80, 160):
        rows = []
        for _ in range(campaigns):
            work = simulate_labelling(rng, done + 100)
            said = effort(work.seconds[:done], corrections=work.corrections[:done], authors=work.authors[:done])
            total, truth = said.of(100), float(work.plain[done:].sum())
            assert total is not None
            naive = 100 * float(work.seconds[:done].mean())
            inside = total.low <= truth <= total.high
            off = [abs(value / truth - 1) for value in (total.value, naive)]
            rows.append((inside, total.half_width / total.value, *off, said.by_corrections))
        table = 100 * np.array(rows, dtype=np.float64)
        inside, used = table[:, 0].mean(), table[:, 4].mean()
        width, off, plain = np.median(table[:, 1:4], axis=0)
        lines.append(f"| {done} | {inside:.0f} % | ±{width:.0f} % | {off:.0f} % | {plain:.0f} % | {used:.0f} % |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--campaigns", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--errors", type=Path, help="errors of real versions on real faces, from facelabel simulate")
    parser.add_argument("--write", type=Path, help="Markdown file for the result")
    given = parser.parse_args()
    parts = [
        f"# Do the forecasts come true?\n\nWritten by `python -m benchmarks.forecast --campaigns {given.campaigns} "
        f"--seed {given.seed} --errors FILE --write FILE` (facelabel {facelabel.__version__}). Bands are meant to hold "
        f"the truth with {100 * LEVEL:.0f} %. What is simulated stands in `benchmarks/simulated_campaigns.py`.",
        "## Simulated campaigns, 30 to 50 audit faces, from the third round on",
        "\n".join(forecasts(given.campaigns, given.seed)),
    ]
    if given.errors is not None:
        parts += [
            "## Real versions on real faces, 40 audit faces drawn 40 times",
            "\n".join(real(given.errors, given.seed)),
        ]
    parts += [
        "## Suggestion to stop, simulated campaigns whose curve flattens",
        "\n".join(stopping(2 * given.campaigns, given.seed)),
        "## Seconds of the next 100 faces, simulated annotators",
        "\n".join(efforts(given.campaigns // 2, given.seed)),
    ]
    page = "\n\n".join(parts) + "\n"
    print(page)
    if given.write is not None:
        given.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
