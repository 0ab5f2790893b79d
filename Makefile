# Two commands: `make run` opens the app with the sample person's twin, `make test` runs the suite.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOME_DIR ?= $(HOME)/.selfsame

.DEFAULT_GOAL := help
.PHONY: help run demo test check fuzz format clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: $(VENV)/.installed ## Set everything up and open the app with the sample person
	@$(BIN)/selfsame app --sample

demo: $(VENV)/.installed ## The main job without a browser
	@$(BIN)/selfsame models --fetch
	@$(BIN)/selfsame demo

test: $(VENV)/.installed-dev ## Set everything up and run the test suite
	@$(BIN)/selfsame models --fetch
	@$(BIN)/python -m pytest

check: $(VENV)/.installed-dev ## Style, types and the import rule
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

FORMAT ?= whatsapp
SECONDS ?= 300
fuzz: $(VENV)/.installed-dev ## Fuzz a reader: make fuzz FORMAT=mbox SECONDS=300
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --group fuzz
	$(BIN)/python -m tests.fuzz.readers $(FORMAT) $(SECONDS)

format: $(VENV)/.installed-dev ## Put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## Remove the environment
	rm -rf $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt scripts/install
	@PYTHON=$(PYTHON) VENV=$(VENV) scripts/install
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@PYTHON=$(PYTHON) VENV=$(VENV) scripts/install --dev
	@touch $@
