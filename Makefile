# `make demo` and `make test` do all the set-up by themselves, in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# PyTorch's index of CPU builds. For a GPU: make demo TORCH_INDEX=https://download.pytorch.org/whl/cu128
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
TORCH := $(shell grep '^torch==' constraints.txt)
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo bot test check format bench clean

help: ## say what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

demo: $(VENV)/installed ## index corpus/ and ask "Who accused whom?"
	@$(BIN)/ascribe reindex
	@echo
	@echo "Who accused whom?"
	@echo
	@$(BIN)/ascribe ask "Who accused whom?"

bot: $(VENV)/installed ## run the Discord bot (settings in .env)
	@$(BIN)/ascribe-bot

test: check ## lint, types and all tests
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/installed-dev ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove what was installed and built
	rm -rf $(VENV) data build *.egg-info

$(VENV)/installed: pyproject.toml constraints.txt
	@echo "Installing into $(VENV): about 0.7 GB to download and 2.4 GB on disk the first time, most of it"
	@echo "PyTorch (its CPU build), two to ten minutes. Nothing is downloaded afterwards."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) --no-deps --retries 1 --timeout 20 --index-url $(TORCH_INDEX) $(TORCH) 2>/dev/null \
		|| echo "PyTorch's own index is out of reach; taking it from the default one."
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing what the tests need."
	@$(INSTALL) --editable '.[dev]'
	@touch $@
