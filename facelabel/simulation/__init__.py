"""Campaigns replayed on labelled faces: what would each way of choosing have cost, and how good would the model be?

``plan`` says what is compared, ``sets`` on which faces, ``study`` plays it, ``statistics`` and ``report`` tell what
came out. Networks are trained by the same worker processes as in a campaign; nothing here imports torch.
"""
