"""facelabel: get a face dataset labelled with the fewest human seconds."""

__version__ = "0.1.0"
