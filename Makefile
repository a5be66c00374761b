# `make run` and `make test` set up everything themselves. Works with make 3.81 (macOS) and later.
SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
SAMPLE := data/sample.sqlite
PORT ?= 8050
TABLES := $(wildcard data/gazetteers/*.csv data/gazetteers/systems/*.csv data/rules/*)
READERS := $(wildcard extractors/*.py extractors/*/*.py)

# A folder with articles and gold: gold.jsonl and articles.jsonl, or NAME.gold.jsonl and NAME.jsonl.
EVAL ?= tests/open_set

.PHONY: run test bench snapshots install lint check-data evaluate ratchet accuracy how-it-reads not-yet clean

run: $(SAMPLE)
	@$(PY) -m dashboard --register $(SAMPLE) --port $(PORT)

test: $(VENV)/tested lint check-data
	@scripts/ensure_chromium $(PY)
	@scripts/ensure_postgresql
	@$(PY) -m pytest -q -n 2 --dist loadfile

lint: $(VENV)/tested
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

check-data: $(VENV)/installed
	@$(PY) -m extractors check-data

# Prints the figures of a set and fails where one has dropped below tests/ratchet.json.
evaluate: $(VENV)/installed
	@$(PY) scripts/ratchet.py $(EVAL)

# Raises the floors to the present figures; never lowers one.
ratchet: $(VENV)/installed
	@$(PY) scripts/ratchet.py $(EVAL) --raise

# Writes docs/accuracy.md and the README's table.
accuracy: $(VENV)/installed
	@$(PY) scripts/make_accuracy.py $(EVAL)

how-it-reads: $(VENV)/installed
	@$(PY) scripts/make_how_it_reads.py

# Takes the cases that pass by now off tests/cases/not-yet.txt; `make not-yet ADD=--add` puts on those that fail.
not-yet: $(VENV)/tested
	@$(PY) scripts/make_not_yet.py $(ADD)

# Time, memory and growth: joining records into deals, which fails where a million take over two minutes or 4 GB; then the dashboard
# beside pandas, Datasette and a bare bincount, and its pages in a browser. About half an hour; the made-up registers are kept for the next.
bench: $(VENV)/benched
	@scripts/ensure_chromium $(PY)
	@$(PY) -m benchmarks.deals
	@$(PY) -m benchmarks.dashboard

# Compares pictures of the pages with those in tests/snapshots; `make snapshots KEEP=1` keeps the present ones instead.
snapshots: $(VENV)/benched
	@scripts/ensure_chromium $(PY)
	@$(PY) -m benchmarks.snapshots $(if $(KEEP),keep)

install: $(VENV)/installed

$(VENV)/installed: requirements.txt
	@scripts/make_venv $(VENV)
	@$(PY) -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/tested: requirements.txt requirements-dev.txt
	@scripts/make_venv $(VENV)
	@$(PY) -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $(VENV)/installed $@

$(VENV)/benched: requirements.txt requirements-dev.txt requirements-bench.txt
	@scripts/make_venv $(VENV)
	@$(PY) -m pip install -q --disable-pip-version-check -r requirements-bench.txt
	@touch $(VENV)/installed $(VENV)/tested $@

# The sample register, read anew when articles, rules or readers have changed; an article that is gone leaves it too.
$(SAMPLE): $(VENV)/installed $(wildcard seeds/*) $(TABLES) $(READERS)
	@rm -f $@ $@-wal $@-shm
	@$(PY) -m extractors extract seeds --register $@ --label sample
	@touch $@

clean:
	rm -rf $(VENV) $(SAMPLE) $(SAMPLE)-wal $(SAMPLE)-shm data/made-up .mypy_cache .pytest_cache .ruff_cache .hypothesis
