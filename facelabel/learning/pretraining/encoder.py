"""The Feature-Style encoder (Yao et al. 2022), which learns to have a frozen generator draw a given face.

Half of each batch are real faces, half are drawn by the generator, whose latent vectors are known. The losses are the
picture's squared error, that of the latent vectors of the drawn half, and how far the pictures lie apart for the
generator's own critic: a perceptual loss without a network from elsewhere. The feature map f is blended in over the
first part of the run, so that the latent vectors learn first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, cast

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from facelabel.errors import FacelabelError
from facelabel.learning import devices, weights
from facelabel.learning.dataset import Batch
from facelabel.learning.presets import Preset, fase_shape
from facelabel.learning.pretraining.generator import FILE, as_pictures, critic, drawer, of_generator
from facelabel.learning.pretraining.objective import Objective, Pictures, enlarged, shown, shrunk
from facelabel.learning.pretraining.settings import PretrainSettings
from facelabel.learning.training import averaging
from facelabel.networks import FaseShape, FeatureStyleEncoder, Generator, StyleDiscriminator, create

INJECTED_BY: Final = 0.2
"""The share of the run over which the feature map takes the place of the generator's own; the reference blends with
min(1, 1e-4 x step) in runs of some hundred thousand steps."""
_LATENT, _PERCEPTION, _CLIP = 0.1, 1.0, 5.0


class EncoderObjective(Objective):
    """The encoder with a style for every latent vector of the generator; those that FASE needs are what it leaves."""

    columns = ("picture", "perception", "latent")

    def __init__(self, preset: Preset, settings: PretrainSettings, device: torch.device) -> None:
        self._preset, self._settings, self._device = preset, settings, device
        self._autocast = devices.autocast(settings.precision, device)
        self._shape = shape = fase_shape(preset)
        assert settings.start is not None
        self._generator, self._critic = _frozen(preset, Path(settings.start), device)
        self._mean = self._generator.style.average()
        numbers = range(self._generator.latents)
        encoder = FeatureStyleEncoder(shape.widths, shape.blocks, shape.style, numbers)
        for style in encoder.styles.values():
            nn.init.normal_(cast(nn.Linear, style).weight, 0.0, 1e-3)
        self.network = encoder.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._average = AveragedModel(self.network, multi_avg_fn=averaging(settings.average), use_buffers=True)
        self._optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=settings.lr, betas=(0.9, 0.99), weight_decay=1e-3, fused=True
        )

    @property
    def averaged(self) -> FeatureStyleEncoder:
        return cast(FeatureStyleEncoder, self._average.module)

    def step(self, batches: list[Batch], step: int, rate: float) -> dict[str, float]:
        settings, size = self._settings, self._shape.heatmap_size
        for group in self._optimiser.param_groups:
            group["lr"] = settings.lr * rate
        torch.manual_seed(settings.seed * 1_000_003 + step)
        self.network.train()
        images = torch.cat([torch.from_numpy(batch.images) for batch in batches]).to(self._device)
        faces = as_pictures(images[len(images) // 2 :])
        w, drawn = self._known(len(images) // 2)
        wanted = torch.cat([shrunk(faces, size), drawn])
        seen = torch.cat([faces, enlarged(drawn, self._shape.input_size)])
        with self._autocast:
            found, latents = self._draw(self.network, seen, min(1.0, step / (INJECTED_BY * settings.steps)))
        losses = {
            "picture": (found.float() - wanted).square().mean(),
            "perception": self._apart(found, wanted),
            "latent": (latents[len(faces) :].float() - w).square().mean(),
        }
        total = losses["picture"] + _PERCEPTION * losses["perception"] + _LATENT * losses["latent"]
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self._optimiser.step()
        self._average.update_parameters(self.network)
        return {name: float(loss.detach()) for name, loss in losses.items()}

    @torch.no_grad()
    def _known(self, faces: int) -> tuple[Tensor, Tensor]:
        """Latent vectors (faces, latents, d), one vector a face, and their pictures."""
        z = torch.randn(faces, self._shape.style, device=self._device)
        w = self._generator.style(z)[:, None].expand(-1, self._generator.latents, -1)
        with self._autocast:
            return w, self._generator(w).float()

    def _draw(self, network: FeatureStyleEncoder, pictures: Tensor, share: float) -> tuple[Tensor, Tensor]:
        features, latents, _ = network(pictures)
        latents = latents + self._mean
        return self._generator(latents, features, self._shape.layers[0], share), latents

    def _apart(self, found: Tensor, wanted: Tensor) -> Tensor:
        """The mean squared distance between what the critic's blocks make of both, each pixel's features as one
        direction."""
        with self._autocast:
            ours = self._critic.features(found)
            with torch.no_grad():
                theirs = self._critic.features(wanted)
        apart = [
            (functional.normalize(a.float()) - functional.normalize(b.float())).square().sum(dim=1).mean()
            for a, b in zip(ours, theirs, strict=True)
        ]
        return torch.stack(apart).mean()

    def sheet(self, images: Pictures) -> list[Pictures]:
        network = self.averaged.eval()
        with torch.inference_mode():
            drawn, _ = self._draw(network, as_pictures(torch.from_numpy(images).to(self._device)), 1.0)
        return [images, shown(drawn, self._preset)]

    def tensors(self) -> dict[str, Tensor]:
        with torch.device("meta"):
            names = [name for name in create(self._shape, 1).state_dict() if name.startswith("E.")]
        state = self.averaged.state_dict()
        found = {name: state[name.removeprefix("E.")] for name in names}
        return found | of_generator(self._shape, self._generator)

    def _parts(self) -> dict[str, Any]:
        return {"network": self.network, "average": self._average, "optimiser": self._optimiser}


def _frozen(preset: Preset, start: Path, device: torch.device) -> tuple[Generator, StyleDiscriminator]:
    """What a generator's run left. Raises FacelabelError when that is not in ``start``, or not for this preset."""
    weights.check_fits(weights.load(start), preset, start)
    cure = "name a run of --objective generator, with the same preset: a generator that was imported has no critic"
    try:
        state = load_file(start / FILE)
    except OSError:
        raise FacelabelError("there is no whole generator here, which draws faces", where=start, cure=cure) from None
    except SafetensorError:
        raise FacelabelError("the generator is damaged or cut short", where=start / FILE, cure=cure) from None
    shape: FaseShape = fase_shape(preset)
    made = drawer(shape), critic(shape)
    for module, begin in zip(made, ("G.", "D."), strict=True):
        own = {name.removeprefix(begin): tensor for name, tensor in state.items() if name.startswith(begin)}
        try:
            module.load_state_dict(own)
        except RuntimeError:
            raise FacelabelError("this generator is not the preset's", where=start / FILE, cure=cure) from None
        module.requires_grad_(False).eval().to(device)
    return made
