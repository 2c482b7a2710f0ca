"""The window."""

import os

# NumPy's linear algebra on the window's small matrices is slower on many threads than on one, far slower while a
# training takes all cores. It is told before NumPy is loaded; the worker process does its own numbers with torch.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
