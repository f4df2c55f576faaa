#!/usr/bin/env bash
# Everything that must hold. Usage: tools/test.sh BIN
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$1
unset PYTHONDONTWRITEBYTECODE  # many short processes would each compile everything again
# Folders that tests leave behind need no disk.
room=$(df --output=avail --block-size=1G /dev/shm 2>/dev/null | tail -1 || true)
if ((${room:-0} > 6)); then work=$(mktemp -d -p /dev/shm); else work=$(mktemp -d); fi
chmod 711 "$work"  # PostgreSQL's user looks into it
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work
step() { printf '\n== %s\n' "$*"; }

step format
"$bin/ruff" format --check --quiet .
step lint
"$bin/ruff" check --quiet .
step imports
"$bin/lint-imports" --no-logo
# Side by side, as each of these takes one processor.
"$bin/mypy" >"$work/types" 2>&1 & types=$!
step tests of python-tuf
"$bin/python" -m tools.tuf_tests
step types
wait "$types" || { cat "$work/types"; exit 1; }
cat "$work/types"
step unit tests
# Two halves side by side, as two workers of one run would each import everything.
unit() { "$bin/python" -m pytest -q -m 'not slow' "$@"; }
unit tests/county tests/sync >"$work/half" 2>&1 & half=$!
failed=0
unit tests/{catalog,kiosk,screens} tests/test_*.py || failed=1
wait "$half" || failed=1
cat "$work/half"
((!failed))
step windows, browsers, databases, processes
# Three workers on two processors, as tests wait a third of their time; the folders with the longest files first, so
# that none waits for the others in the end.
"$bin/python" -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder -m slow --durations=40 \
    tests/{window,end_to_end,faults,web,county,sync,kiosk,catalog,screens} tests/test_*.py
