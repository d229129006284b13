# Annotator: set up, run, test, check, measure. `make` alone says what there is.

VENV ?= .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?= -n 2 --dist loadfile
ARGS ?=
OUT ?= out/demo

SYSTEM := VENV=$(VENV) packaging/setup/system.sh
SOURCES := annotator tests benchmarks packaging

export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test check bench package lock clean

help: ## what there is
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: $(VENV)/.ready-run ## open the window, or, where there is no screen, do the whole job into out/demo (ARGS=...)
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || [ "$$(uname -s)" = Darwin ]; then \
		$(SYSTEM) window && exec $(BIN)/annotator $(ARGS); \
	else \
		echo "No screen here: the whole job without one, into $(OUT)."; \
		QT_QPA_PLATFORM=offscreen exec $(BIN)/annotator demo $(OUT); \
	fi

test: $(VENV)/.ready-dev ## every test, without a screen (PYTEST_ARGS=...)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q $(PYTEST_ARGS) tests

check: $(VENV)/.ready-dev ## format, lint, types, floors, and the rules of the house
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q tests/house

bench: $(VENV)/.ready-dev ## what things cost, against the limits we hold ourselves to (ARGS=name...)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks $(ARGS)

package: $(VENV)/.ready-dev ## build the program for this system into dist/, and check what was built
	$(BIN)/python packaging/build.py
	$(BIN)/python packaging/check.py

lock: ## choose exact versions again, for Python 3.11, 3.12 and 3.13 (all three must be at hand)
	packaging/setup/python.sh packaging/setup/lock.py

clean: ## remove what was built, not the virtual environment
	rm -rf build dist out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find annotator tests benchmarks packaging -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.ready-run: requirements/lock.txt pyproject.toml packaging/setup/venv.sh packaging/setup/system.sh
	@VENV=$(VENV) packaging/setup/venv.sh requirements/lock.txt
	@$(SYSTEM) offscreen
	@touch $@

$(VENV)/.ready-dev: requirements/dev.txt pyproject.toml packaging/setup/venv.sh packaging/setup/system.sh
	@VENV=$(VENV) packaging/setup/venv.sh requirements/dev.txt
	@$(SYSTEM) offscreen
	@touch $@ $(VENV)/.ready-run
