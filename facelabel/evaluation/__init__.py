"""How good predictions are on labelled faces: reading the faces, predicting them, measuring, comparing, reporting.

``evaluate`` puts the steps together for a project; ``reproduce`` trains and measures as the papers did, on the public
data sets that ``layouts`` reads.
"""
