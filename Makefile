# Two commands on a fresh machine, each alone: `make demo` and `make test`. Both prepare what is missing first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test setup check format translations

demo: setup  ## the main job on rendered faces: in a window, or as a table where there is no display
	$(BIN)/facelabel demo

test: setup check  ## what CI runs
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

check: setup  ## style, types and the rules on who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

translations: setup  ## what the window says, collected for Qt Linguist, and compiled
	$(BIN)/python scripts/translations.py

setup: .venv/installed
	@sh scripts/system-libraries.sh

.venv/installed: pyproject.toml constraints.txt scripts/virtual-environment.sh
	@PYTHON="$(PYTHON)" sh scripts/virtual-environment.sh
	@touch $@
