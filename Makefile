# `make run` and `make test` set up everything themselves. Works with make 3.81 (macOS) and later.
SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
SAMPLE := data/sample.sqlite
PORT ?= 8050
TABLES := $(wildcard data/gazetteers/*.csv data/gazetteers/systems/*.csv data/rules/*)
READERS := $(wildcard extractors/*.py extractors/*/*.py)

.PHONY: run test install lint check-data clean

run: $(SAMPLE)
	@$(PY) -m dashboard --register $(SAMPLE) --port $(PORT)

test: $(VENV)/tested lint check-data
	@scripts/ensure_chromium $(PY)
	@$(PY) -m pytest -q -n 2 --dist loadfile

lint: $(VENV)/tested
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

check-data: $(VENV)/installed
	@$(PY) -m extractors check-data

install: $(VENV)/installed

$(VENV)/installed: requirements.txt
	@scripts/make_venv $(VENV)
	@$(PY) -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/tested: requirements.txt requirements-dev.txt
	@scripts/make_venv $(VENV)
	@$(PY) -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $(VENV)/installed $@

# The sample register, read anew when articles, rules or readers have changed; an article that is gone leaves it too.
$(SAMPLE): $(VENV)/installed $(wildcard seeds/*) $(TABLES) $(READERS)
	@rm -f $@ $@-wal $@-shm
	@$(PY) -m extractors extract seeds --register $@ --label sample
	@touch $@

clean:
	rm -rf $(VENV) $(SAMPLE) $(SAMPLE)-wal $(SAMPLE)-shm .mypy_cache .pytest_cache .ruff_cache .hypothesis
