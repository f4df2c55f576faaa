PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONDONTWRITEBYTECODE :=
.DEFAULT_GOAL := help

.PHONY: help setup demo test test-long faults faults-long bench pictures format lock clean

help:
	@grep -E '^# [a-z-]+:' Makefile | sed 's/^# //'

# setup: the Python environment and, when root, the Debian packages
setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml tools/setup.sh
	PYTHON=$(PYTHON) tools/setup.sh $(VENV)

# demo: county server, sync and kiosk with the demonstration county
demo: setup
	$(BIN)/python -m tools.demo

# test: everything that must hold
test: setup
	tools/test.sh $(BIN)

# test-long: the same with whole matrices and many more machine-made examples, hours
test-long: setup
	OPENHALL_SIZE=long tools/test.sh $(BIN)

# faults: the fault tests at their middle size, half an hour; as root, or rows that need it say that they are skipped
faults: setup
	OPENHALL_FAULTS=middle $(BIN)/python -m pytest -q tests/faults

# faults-long: the fault tests at the sizes that docs/faults.md states, hours
faults-long: setup
	OPENHALL_FAULTS=long $(BIN)/python -m pytest -q tests/faults

# bench: measurements beside what a user would pick instead; writes docs/benchmarks.md
bench: setup
	$(BIN)/python -m bench

# pictures: render every screen into docs/pictures/
pictures: setup
	$(BIN)/python -m tools.pictures

# format: put the code into its standard form
format: setup
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

# lock: choose and pin the newest allowed version of every dependency
lock: setup
	tools/lock.sh $(BIN)

clean:
	rm -rf $(VENV) .demo .build
