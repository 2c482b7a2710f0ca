"""``python -m facelabel`` is the ``facelabel`` command."""

from facelabel.cli import main

if __name__ == "__main__":
    main()
