"""The adversarial auto-encoder of 3FabRec and SCAF, which learns faces from pictures alone.

One update follows the reference's order (3FabRec, section 3.1 and its published code): the critic of latents every
fourth step, the encoder against it every second, then the reconstruction. The critic of pictures joins in the second
pass over the faces, the structural loss in the third.
"""

from __future__ import annotations

from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from facelabel.learning import devices
from facelabel.learning.dataset import Batch
from facelabel.learning.presets import Preset, scaf_shape
from facelabel.learning.pretraining import pictures
from facelabel.learning.pretraining.objective import Objective, Pictures
from facelabel.learning.pretraining.settings import PretrainSettings
from facelabel.learning.training import averaging
from facelabel.networks import LatentDiscriminator, PictureDiscriminator, Scaf, create, normalise

_RECONSTRUCTION, _STRUCTURE = 255.0, 60.0
_WINDOW, _SPREAD = 31, 1.5
_C2 = 0.03**2
"""For values that span 1; the reference takes 2 wherever a crop has a black border."""


class AutoencoderObjective(Objective):
    """Encoder Q, generator P and their two critics. The landmark layers stay as they were initialised."""

    columns = ("reconstruction", "latent", "latent critic", "picture", "picture critic", "structure")

    def __init__(self, preset: Preset, faces: int, settings: PretrainSettings, device: torch.device) -> None:
        self._device, self._preset, self._settings = device, preset, settings
        self._autocast = devices.autocast(settings.precision, device)
        self._pass = max(1, faces // settings.batch)
        shape = scaf_shape(preset)
        self.network = create(shape, 1).to(device)
        self._average = AveragedModel(self.network, multi_avg_fn=averaging(settings.average), use_buffers=True)
        self._latent = LatentDiscriminator(shape.latent).to(device)
        self._critic = PictureDiscriminator(shape).to(device)
        makers = [*self.network.Q.parameters(), *self.network.P.parameters()]
        self._makers = torch.optim.Adam(makers, lr=settings.lr, betas=(0.0, 0.999))
        self._of_latent = torch.optim.Adam(self._latent.parameters(), lr=settings.lr, betas=(0.0, 0.999))
        self._of_critic = torch.optim.Adam(self._critic.parameters(), lr=settings.lr / 2, betas=(0.0, 0.999))

    @property
    def averaged(self) -> Scaf:
        return cast(Scaf, self._average.module)

    def step(self, batches: list[Batch], step: int, rate: float) -> dict[str, float]:
        """One update. The learning rate is constant, whatever ``rate`` says."""
        del rate
        settings, network = self._settings, self.network
        torch.manual_seed(settings.seed * 1_000_003 + step)
        for module in (network, self._latent, self._critic):
            module.train()
        x = normalise(torch.cat([torch.from_numpy(batch.images) for batch in batches]).to(self._device))
        losses: dict[str, Tensor] = {}
        self._makers.zero_grad(set_to_none=True)
        with self._autocast:
            z, _ = network.Q(x)
            drawn = network.P(z)
        z, drawn = z.float(), drawn.float()
        if step % 4 == 0:
            losses["latent critic"] = _update(
                self._of_latent, _told(self._latent(torch.randn_like(z)), True) + _told(self._latent(z.detach()), False)
            )
        if step % 2 == 0:
            losses["latent"] = _told(self._latent(z), True)
        losses["reconstruction"] = (drawn - x).abs().mean()
        total = _RECONSTRUCTION * losses["reconstruction"]
        if step > 2 * self._pass:
            losses["structure"] = structural_loss(drawn, x)
            total = 0.5 * total + 0.5 * _STRUCTURE * losses["structure"]
        if step > self._pass:
            if step % 2 == 0:
                losses["picture critic"] = _update(
                    self._of_critic, _told(self._critic(x), True) + _told(self._critic(drawn.detach()), False)
                )
            losses["picture"] = _told(self._critic(drawn), True)
            total = total + losses["picture"]
        if "latent" in losses:
            total = total + losses["latent"]
        total.backward()  # type: ignore[no-untyped-call]
        self._makers.step()
        self._average.update_parameters(network)
        return {name: float(loss.detach()) for name, loss in losses.items()}

    def sheet(self, images: Pictures) -> list[Pictures]:
        network = self.averaged
        drawn = pictures.reconstructed(network, images, self._device)
        return [images, drawn, pictures.marked(network, self._preset, images, self._device)]

    def tensors(self) -> dict[str, Tensor]:
        state = self.averaged.state_dict()
        return {name: tensor for name, tensor in state.items() if name.startswith(("Q.", "P."))}

    def _parts(self) -> dict[str, Any]:
        return {
            "network": self.network,
            "average": self._average,
            "latent": self._latent,
            "critic": self._critic,
            "makers": self._makers,
            "of_latent": self._of_latent,
            "of_critic": self._of_critic,
        }


def structural_loss(drawn: Tensor, wanted: Tensor) -> Tensor:
    """1 minus the mean contrast-and-structure factor of SSIM, (B, 3, S, S) both: (2 s_xy + C2) / (s_x^2 + s_y^2 + C2)
    under a Gaussian window of 31 pixels and a spread of 1.5, without borders (3FabRec, equation 3)."""
    grid = torch.arange(_WINDOW, dtype=drawn.dtype, device=drawn.device) - _WINDOW // 2
    curve = torch.exp(-grid.square() / (2 * _SPREAD**2))
    curve = (curve / curve.sum()).expand(3, 1, 1, -1)

    def smooth(maps: Tensor) -> Tensor:
        across = functional.conv2d(maps, curve, groups=3)
        return functional.conv2d(across, curve.transpose(2, 3), groups=3)

    mean_x, mean_y = smooth(drawn), smooth(wanted)
    variances = smooth(drawn * drawn) - mean_x.square() + smooth(wanted * wanted) - mean_y.square()
    covariance = smooth(drawn * wanted) - mean_x * mean_y
    return 1 - ((2 * covariance + _C2) / (variances + _C2)).mean()


def _told(logits: Tensor, real: bool) -> Tensor:
    wanted = torch.ones_like(logits) if real else torch.zeros_like(logits)
    return nn.functional.binary_cross_entropy_with_logits(logits, wanted)


def _update(optimiser: torch.optim.Optimizer, loss: Tensor) -> Tensor:
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return loss.detach()
