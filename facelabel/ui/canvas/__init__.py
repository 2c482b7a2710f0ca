"""The canvas: one widget that shows a photo and paints a whole face on it."""

from facelabel.ui.canvas.picture import Picture
from facelabel.ui.canvas.widget import Canvas, Mode

__all__ = ["Canvas", "Mode", "Picture"]
