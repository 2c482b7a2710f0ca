"""Pretraining on whatever landmarks there are: every source has a last layer of its own on shared features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from facelabel.learning import devices
from facelabel.learning.dataset import Batch
from facelabel.learning.losses import LossWeights, heatmap_loss
from facelabel.learning.presets import Preset, scaf_shape
from facelabel.learning.pretraining.settings import PretrainSettings
from facelabel.learning.training import averaging
from facelabel.networks import Scaf, create, normalise
from facelabel.schemes import Scheme

_FOREGROUND, _SCALE, _CLIP = 5.0, 300.0, 5.0


class LandmarkObjective:
    """Heatmap losses of all sources, each a mean of its own, and now and then the picture itself."""

    def __init__(
        self, preset: Preset, schemes: Sequence[Scheme], settings: PretrainSettings, device: torch.device
    ) -> None:
        self._preset, self._schemes, self._settings, self._device = preset, schemes, settings, device
        self._autocast = devices.autocast(settings.precision, device)
        self._ends = [0, *torch.tensor([scheme.size for scheme in schemes]).cumsum(0).tolist()]
        self.network = create(scaf_shape(preset), self._ends[-1]).to(device)
        self._average = AveragedModel(self.network, multi_avg_fn=averaging(settings.average), use_buffers=True)
        self._optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=settings.lr, betas=(0.9, 0.99), weight_decay=1e-3, fused=True
        )

    @property
    def averaged(self) -> Scaf:
        return cast(Scaf, self._average.module)

    def heads(self) -> dict[str, Tensor]:
        """The averaged last layer of each scheme, (C, L, 4, 4)."""
        weight = self.averaged.LMH.lin.weight.detach()
        return {s.id: weight[:, i:j].clone() for s, (i, j) in zip(self._schemes, pairwise(self._ends), strict=True)}

    def step(self, batches: list[Batch], step: int, rate: float) -> dict[str, float]:
        """One update at ``rate`` times the learning rate, ``step`` from 1; the losses by name."""
        settings = self._settings
        for group in self._optimiser.param_groups:
            group["lr"] = settings.lr * rate
        self.network.train()
        images = torch.cat([torch.from_numpy(batch.images) for batch in batches]).to(self._device)
        pictures = normalise(images)
        with self._autocast:
            features, z = self.network.features(pictures)
            drawn = self.network.P(z) if self._reconstructs(step) else None
        losses = {}
        parts = torch.functional.split(features, [len(batch.images) for batch in batches])
        for scheme, part, (i, j), batch in zip(self._schemes, parts, pairwise(self._ends), batches, strict=True):
            kernel = self.network.LMH.lin.weight[:, i:j].contiguous()
            with self._autocast:
                maps = functional.conv_transpose2d(part, kernel, stride=2, padding=1)
            losses[scheme.id] = heatmap_loss(
                maps.float(),
                torch.from_numpy(batch.points).to(self._device),
                torch.from_numpy(batch.known).to(self._device),
                LossWeights(self._preset.sigma, _FOREGROUND, _SCALE),
            )
        total = torch.stack(list(losses.values())).sum()
        if drawn is not None:
            losses["reconstruction"] = (drawn.float() - pictures).abs().mean()
            total = total + settings.reconstruction * losses["reconstruction"]
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self._optimiser.step()
        self._average.update_parameters(self.network)
        return {name: float(loss.detach()) for name, loss in losses.items()}

    def _reconstructs(self, step: int) -> bool:
        every = self._settings.reconstruct_every
        return every > 0 and step % every == 0

    def settle(self, batches: Iterable[list[Batch]]) -> None:
        """Measure the batch norm of the averaged weights anew, on the path to the heatmaps alone: while training, the
        generator's layers also saw the latents that pictures are drawn from, which have other statistics."""
        network = self.averaged
        norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None  # the plain mean over all batches
        network.train()
        with torch.no_grad():
            for ready in batches:
                images = torch.cat([torch.from_numpy(batch.images) for batch in ready]).to(self._device)
                network.features(normalise(images))
        network.eval()

    def state(self) -> dict[str, Any]:
        return {
            "network": self.network.state_dict(),
            "average": self._average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.network.load_state_dict(state["network"])
        self._average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
