#!/usr/bin/env bash
# Everything that must hold. Usage: tools/test.sh BIN
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$1
unset PYTHONDONTWRITEBYTECODE  # many short processes would each compile everything again
step() { printf '\n== %s\n' "$*"; }

step format
"$bin/ruff" format --check --quiet .
step lint
"$bin/ruff" check --quiet .
step imports
"$bin/lint-imports" --no-logo
step types
"$bin/mypy"
step unit tests
"$bin/python" -m pytest -q -n 2 --dist loadfile -m 'not slow' tests/{catalog,county,kiosk,screens,sync} tests/test_*.py
step tests of python-tuf
"$bin/python" -m tools.tuf_tests
step windows, browsers, databases, processes
# The folders with the longest files first, so that neither worker waits for the other in the end.
"$bin/python" -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m slow --durations=40 \
    tests/{window,end_to_end,faults,web,county,sync,kiosk,catalog,screens} tests/test_*.py
