"""Pretraining on whatever landmarks there are: every source has a last layer of its own on shared features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from facelabel.learning import devices, weights
from facelabel.learning.dataset import Batch
from facelabel.learning.losses import LossWeights, heatmap_loss
from facelabel.learning.presets import Preset
from facelabel.learning.pretraining import pictures
from facelabel.learning.pretraining.objective import Objective, Pictures
from facelabel.learning.pretraining.settings import PretrainSettings
from facelabel.learning.training import averaging
from facelabel.networks import LandmarkNetwork, Scaf, create, last_stride
from facelabel.schemes import Scheme

_FOREGROUND, _SCALE, _CLIP = 5.0, 300.0, 5.0


class LandmarkObjective(Objective):
    """Heatmap losses of all sources, each a mean of its own, and now and then, by SCAF, the picture itself."""

    def __init__(
        self, preset: Preset, schemes: Sequence[Scheme], settings: PretrainSettings, device: torch.device
    ) -> None:
        self._preset, self._schemes, self._settings, self._device = preset, schemes, settings, device
        self._autocast = devices.autocast(settings.precision, device)
        self._ends = [0, *torch.tensor([scheme.size for scheme in schemes]).cumsum(0).tolist()]
        self.network = create(preset.network, self._ends[-1])
        if settings.start is not None:
            start = Path(settings.start)
            begun = weights.load(start)
            weights.check_fits(begun, preset, start)
            self.network.load_state_dict(begun.tensors, strict=False)
        self.network.to(device)
        self.network.generator.requires_grad_(not settings.freeze_generator)
        self._draws = isinstance(self.network, Scaf) and settings.reconstruct_every > 0
        self.columns = [*(scheme.id for scheme in schemes), *(["reconstruction"] if self._draws else [])]
        self._average = AveragedModel(self.network, multi_avg_fn=averaging(settings.average), use_buffers=True)
        learning = [parameter for parameter in self.network.parameters() if parameter.requires_grad]
        self._optimiser = torch.optim.AdamW(learning, lr=settings.lr, betas=(0.9, 0.99), weight_decay=1e-3, fused=True)

    @property
    def averaged(self) -> LandmarkNetwork:
        return cast(LandmarkNetwork, self._average.module)

    def heads(self) -> dict[str, Tensor]:
        weight = self.averaged.last.weight.detach()
        return {s.id: weight[:, i:j].clone() for s, (i, j) in zip(self._schemes, pairwise(self._ends), strict=True)}

    def step(self, batches: list[Batch], step: int, rate: float) -> dict[str, float]:
        settings = self._settings
        for group in self._optimiser.param_groups:
            group["lr"] = settings.lr * rate
        self.network.train()
        images = torch.cat([torch.from_numpy(batch.images) for batch in batches]).to(self._device)
        faces = self.network.normalise(images)
        drawn = None
        with self._autocast:
            features, z = self.network.features(faces)
            if self._draws and step % settings.reconstruct_every == 0:
                drawn = cast(Scaf, self.network).P(z)
        losses = {}
        parts = torch.functional.split(features, [len(batch.images) for batch in batches])
        for scheme, part, (i, j), batch in zip(self._schemes, parts, pairwise(self._ends), batches, strict=True):
            kernel = self.network.last.weight[:, i:j].contiguous()
            with self._autocast:
                maps = functional.conv_transpose2d(part, kernel, stride=last_stride(kernel), padding=1)
            losses[scheme.id] = heatmap_loss(
                maps.float(),
                torch.from_numpy(batch.points).to(self._device),
                torch.from_numpy(batch.known).to(self._device),
                LossWeights(self._preset.sigma, _FOREGROUND, _SCALE),
            )
        total = torch.stack(list(losses.values())).sum()
        if drawn is not None:
            losses["reconstruction"] = (drawn.float() - faces).abs().mean()
            total = total + settings.reconstruction * losses["reconstruction"]
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self._optimiser.step()
        self._average.update_parameters(self.network)
        return {name: float(loss.detach()) for name, loss in losses.items()}

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
                network.features(network.normalise(images))
        network.eval()

    def sheet(self, images: Pictures) -> list[Pictures]:
        network = self.averaged
        drawn = [pictures.reconstructed(network, images, self._device)] if isinstance(network, Scaf) else []
        return [images, *drawn, pictures.marked(network, self._preset, images, self._device)]

    def tensors(self) -> dict[str, Tensor]:
        last = f"{self.averaged.LAST}.weight"
        return {name: tensor for name, tensor in self.averaged.state_dict().items() if name != last}

    def _parts(self) -> dict[str, Any]:
        return {"network": self.network, "average": self._average, "optimiser": self._optimiser}
