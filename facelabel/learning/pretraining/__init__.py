"""Pretraining: what a network can learn from unlabelled faces before a project has its first label."""

from facelabel.learning.pretraining.run import Photos, pretrain
from facelabel.learning.pretraining.settings import PretrainSettings, resolved

__all__ = ["Photos", "PretrainSettings", "pretrain", "resolved"]
