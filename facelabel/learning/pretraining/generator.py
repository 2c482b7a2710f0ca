"""A generator of faces from unlabelled faces: StyleGAN2 (Karras et al. 2020), for the layers that FASE builds on.

Non-saturating logistic losses, a penalty on the critic's gradient at real pictures (R1) in every sixteenth step and one
on the generator's path lengths in every fourth (sections 3.1 and 3.2), style mixing, and adaptive augmentation. The
pictures are as large as FASE's heatmaps: what a generator adds beyond that reaches no heatmap.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import torch
from safetensors.torch import save
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from facelabel.formats.atomic import write_whole
from facelabel.learning import devices
from facelabel.learning.dataset import Batch
from facelabel.learning.presets import Preset, fase_shape
from facelabel.learning.pretraining import adaptive, monitor
from facelabel.learning.pretraining.objective import Objective, Pictures, shown, shrunk
from facelabel.learning.pretraining.settings import PretrainSettings
from facelabel.learning.training import averaging
from facelabel.networks import FaseShape, Generator, StyleDiscriminator, create

FILE: Final = "generator.safetensors"
"""Beside the weights: the whole generator (``G.*``) and its critic (``D.*``)."""
GRADIENT_EVERY, PATH_EVERY = 16, 4
_PATH_WEIGHT, _PATH_DECAY = 2.0, 0.01
_MIXED = 0.9
_ROWS = 3


class GeneratorObjective(Objective):
    """A generator, its critic, and how much the critic's pictures are varied."""

    columns = ("generator", "critic", "gradient", "path", "augmentation", monitor.COLUMN)

    def __init__(self, preset: Preset, settings: PretrainSettings, device: torch.device) -> None:
        self._preset, self._settings, self._device = preset, settings, device
        self._autocast = devices.autocast(settings.precision, device)
        self._shape = shape = fase_shape(preset)
        self._size = shape.heatmap_size
        self.generator = drawer(shape).to(device)
        self._average = AveragedModel(self.generator, multi_avg_fn=averaging(settings.average))
        self.generator.fresh_noise = True
        self._critic = critic(shape).to(device)
        self._drawing = _adam(self.generator, settings.lr, PATH_EVERY)
        self._judging = _adam(self._critic, settings.lr, GRADIENT_EVERY)
        self._adaptive = adaptive.Adaptive()
        self._length = _Number()
        # R1's weight as in the paper on limited data: pictures of more pixels have larger gradients.
        self._gradient_weight = 0.0002 * self._size**2 / settings.batch
        self._watcher = monitor.watcher(device)
        self._real: Any = None

    @property
    def averaged(self) -> Generator:
        return cast(Generator, self._average.module)

    def step(self, batches: list[Batch], step: int, rate: float) -> dict[str, float]:
        """One update of the critic and one of the generator, and the penalties whose turn it is. The learning rate is
        constant, whatever ``rate`` says."""
        del rate
        seed = self._settings.seed * 1_000_003 + step
        torch.manual_seed(seed)
        rng = np.random.default_rng(seed)
        real = self._faces(batches)
        drawn = self._draw(len(real))
        losses = {"critic": self._judge(real, drawn.detach(), rng)}
        if step % GRADIENT_EVERY == 0:
            losses["gradient"] = self._flatten(real, rng)
        self._critic.requires_grad_(False)
        with self._autocast:
            told = self._critic(adaptive.varied(drawn, self._adaptive.probability, rng))
        losses["generator"] = _update(self._drawing, functional.softplus(-told.float()).mean())
        if step % PATH_EVERY == 0:
            losses["path"] = self._even(max(1, len(real) // 2))
        self._critic.requires_grad_(True)
        self._average.update_parameters(self.generator)
        return {name: float(loss) for name, loss in losses.items()} | {"augmentation": self._adaptive.probability}

    def _faces(self, batches: list[Batch]) -> Tensor:
        images = torch.cat([torch.from_numpy(batch.images) for batch in batches]).to(self._device)
        return shrunk(as_pictures(images), self._size)

    def _latents(self, faces: int) -> Tensor:
        """(faces, latents, d): mostly of two vectors each, the second from a random layer on."""
        count = self.generator.latents
        z = torch.randn(2, faces, self._shape.style, device=self._device)
        first, second = self.generator.style(z.flatten(0, 1)).view(2, faces, 1, -1)
        cut = torch.randint(1, count, (faces, 1, 1), device=self._device)
        cut = torch.where(torch.rand(faces, 1, 1, device=self._device) < _MIXED, cut, count)
        return torch.where(torch.arange(count, device=self._device)[:, None] < cut, first, second)

    def _draw(self, faces: int) -> Tensor:
        w = self._latents(faces)
        with self._autocast:
            drawn: Tensor = self.generator(w).float()
        return drawn

    def _judge(self, real: Tensor, drawn: Tensor, rng: np.random.Generator) -> Tensor:
        share = self._adaptive.probability
        with self._autocast:
            # One after the other: the critic compares the pictures of a batch, which shall be of one kind.
            of_real = self._critic(adaptive.varied(real, share, rng))
            of_drawn = self._critic(adaptive.varied(drawn, share, rng))
        loss = functional.softplus(of_drawn.float()).mean() + functional.softplus(-of_real.float()).mean()
        self._adaptive.hear(of_real)
        return _update(self._judging, loss)

    def _flatten(self, real: Tensor, rng: np.random.Generator) -> Tensor:
        """R1, at the pictures as the critic sees them: resampling has no second derivative in torch."""
        seen = adaptive.varied(real, self._adaptive.probability, rng).detach().requires_grad_()
        with self._autocast:
            told = self._critic(seen)
        (slope,) = torch.autograd.grad(told.float().sum(), seen, create_graph=True)
        penalty = slope.square().sum(dim=(1, 2, 3)).mean()
        _update(self._judging, GRADIENT_EVERY * self._gradient_weight / 2 * penalty)
        return penalty.detach()

    def _even(self, faces: int) -> Tensor:
        """Path length regularisation: a step in the latent space shall change pictures equally much everywhere."""
        w = self._latents(faces)
        with self._autocast:
            drawn = self.generator(w).float()
        noise = torch.randn_like(drawn) / self._size
        (slope,) = torch.autograd.grad((drawn * noise).sum(), w, create_graph=True)
        lengths = slope.float().square().sum(dim=2).mean(dim=1).sqrt()
        self._length.value += _PATH_DECAY * (float(lengths.detach().mean()) - self._length.value)
        penalty = (lengths - self._length.value).square().mean()
        _update(self._drawing, PATH_EVERY * _PATH_WEIGHT * penalty)
        return penalty.detach()

    def measured(self, batches: Callable[[int], list[Batch]]) -> dict[str, float]:
        if self._watcher is None:
            return {}
        if self._real is None:
            rounds = min(math.ceil(monitor.FACES / self._settings.batch), self._settings.steps)
            found = [
                monitor.features(self._watcher, self._faces(batches(self._settings.steps + k))) for k in range(rounds)
            ]
            self._real = np.concatenate(found)
        drawn = monitor.features(self._watcher, self._sample(len(self._real)))
        return {monitor.COLUMN: monitor.distance(self._real, drawn)}

    @torch.inference_mode()
    def _sample(self, faces: int) -> Tensor:
        """Pictures by the averaged weights, the same latent vectors every time."""
        z = torch.randn(faces, self._shape.style, generator=torch.Generator().manual_seed(0)).to(self._device)
        w = self.averaged.style(z)[:, None].expand(-1, self.averaged.latents, -1)
        return torch.cat([self.averaged(part) for part in torch.split(w, 64)])

    def sheet(self, images: Pictures) -> list[Pictures]:
        drawn = shown(self._sample(_ROWS * len(images)), self._preset)
        return [images, *np.split(drawn, _ROWS)]

    def tensors(self) -> dict[str, Tensor]:
        return of_generator(self._shape, self.averaged)

    def leave(self, folder: Path) -> None:
        whole = {f"G.{name}": tensor for name, tensor in self.averaged.state_dict().items()}
        whole |= {f"D.{name}": tensor for name, tensor in self._critic.state_dict().items()}
        write_whole(folder / FILE, save({name: tensor.cpu().contiguous() for name, tensor in whole.items()}))

    def _parts(self) -> dict[str, Any]:
        return {
            "generator": self.generator,
            "average": self._average,
            "critic": self._critic,
            "drawing": self._drawing,
            "judging": self._judging,
            "adaptive": self._adaptive,
            "length": self._length,
        }


def drawer(shape: FaseShape) -> Generator:
    """The whole generator whose layers a FASE of this shape has, up to the heatmaps' side."""
    generator = Generator(shape.heatmap_size, shape.style, shape.channels)
    return generator.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def critic(shape: FaseShape) -> StyleDiscriminator:
    """The critic of such a generator's pictures."""
    found = StyleDiscriminator(shape.heatmap_size, shape.channels)
    return found.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def as_pictures(images: Tensor) -> Tensor:
    """uint8 RGB (B, S, S, 3) as float32 (B, 3, S, S) from -1 to 1."""
    return (images.float() / 127.5 - 1).permute(0, 3, 1, 2)


def of_generator(shape: FaseShape, generator: Generator) -> dict[str, Tensor]:
    """The tensors of a FASE that come from a whole generator."""
    with torch.device("meta"):
        names = [name for name in create(shape, 1).state_dict() if name.startswith("G.")]
    state = generator.state_dict()
    found = {name: state[name.removeprefix("G.")] for name in names}
    return found | {"latent_avg": generator.style.average().expand(len(shape.layers), -1).contiguous()}


class _Number:
    """A number with a state."""

    value = 0.0

    def state_dict(self) -> dict[str, float]:
        return {"value": self.value}

    def load_state_dict(self, state: dict[str, float]) -> None:
        self.value = float(state["value"])


def _adam(module: torch.nn.Module, lr: float, every: int) -> torch.optim.Optimizer:
    """Adam whose moments see a penalty of every so many steps as if it was spread over all of them (appendix B)."""
    share = every / (every + 1)
    return torch.optim.Adam(module.parameters(), lr=share * lr, betas=(0.0, 0.99**share), fused=True)


def _update(optimiser: torch.optim.Optimizer, loss: Tensor) -> Tensor:
    optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return loss.detach()
