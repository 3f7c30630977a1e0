# Needs Python 3.11 or newer, make and the package index; everything else is set up here, in .venv and build/.
# `make help` lists the targets.

EVAL_DIR ?= ../shared/eval
ARGS ?=
JOBS ?= 3
WORST ?= 0
ONLY ?=
JSON ?=
PEERS ?= yes
HOW ?= command
KILLS ?= 25
SEED ?= 1
FUZZ_S ?= 600
BENCH_PAGES ?= 5000
SCALE ?= 1

VENV := .venv
BIN := $(VENV)/bin
MEASURE := PYTHONPATH=tests $(BIN)/python -m measure

# An environment knows its own address: one that came along with a moved or copied checkout is made anew.
MOVED := $(shell [ ! -f $(VENV)/.place ] || [ "$$(cat $(VENV)/.place)" = '$(CURDIR)' ] || rm -rf $(VENV))

.DEFAULT_GOAL := help
.PHONY: help demo test test-alpha screenshots lint unit eval bench desk-bench soak docs browser clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

demo: $(VENV)/.ready ## crawl the bundled sample blog and open Datasette (ARGS=--no-serve ends after the report)
	@$(BIN)/copydesk demo $(ARGS)

test: lint unit ## everything: ruff, mypy, house test, unit, end-to-end and browser tests

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

unit: $(VENV)/.ready-dev browser
	@$(BIN)/pytest -n $(JOBS) $(ARGS)

test-alpha: browser ## the desk on Datasette's newest pre-release: may fail, and is no part of test (ARGS=tests/desk/test_login.py)
	@VENV=build/alpha JOBS=$(JOBS) sh tests/measure/alpha.sh $(ARGS)

screenshots: $(VENV)/.ready-dev browser ## take the pictures of docs/images from the sample blog
	@$(MEASURE).screenshots

eval: $(VENV)/.ready-eval ## accuracy on the sets under EVAL_DIR (ONLY=zoo/hugo-plain WORST=10 JSON=file PEERS=no)
	@$(MEASURE).accuracy --eval-dir '$(EVAL_DIR)' --only '$(ONLY)' --worst $(WORST) --json '$(JSON)' --peers $(PEERS) --how $(HOW)

bench: $(VENV)/.ready-eval ## cost beside trafilatura and Scrapy in the same run (BENCH_PAGES=5000 ONLY=page JSON=file)
	@$(MEASURE).cost --eval-dir '$(EVAL_DIR)' --pages $(BENCH_PAGES) --only '$(ONLY)' --json '$(JSON)'

desk-bench: $(VENV)/.ready ## how quick the desk is over 50,000 posts (SCALE=1 JSON=file)
	@$(MEASURE).desk_cost --scale $(SCALE) --json '$(JSON)'

soak: $(VENV)/.ready-dev ## what is too long for make test (KILLS=25 SEED=1 FUZZ_S=600)
	@$(MEASURE).soak --kills $(KILLS) --seed $(SEED)
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[fuzz]' || echo 'atheris cannot be had here'
	@$(MEASURE).fuzz --seconds $(FUZZ_S) --seed $(SEED)
	@COPYDESK_LOAD_S=60 $(BIN)/pytest -q -s tests/desk/test_under_load.py
	@$(BIN)/pytest -q --hypothesis-profile=random $$(grep -rl 'hypothesis import' tests --include='test_*.py')
	@EVAL_DIR='$(EVAL_DIR)' COPYDESK_EVERY_PAGE=yes $(BIN)/pytest -q -rs tests/audit/test_exact_texts.py

docs: $(VENV)/.ready-dev ## write the generated pages under docs/ again
	@PYTHONPATH=tests $(BIN)/python -m write_docs

clean: ## remove the environment, build/ and the demo
	rm -rf $(VENV) build dist demo *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ------------------------------------------------------------------------------------------ set-up

$(VENV)/.ready: pyproject.toml
	@VENV=$(VENV) PYTHON='$(PYTHON)' sh tests/measure/setup.sh ''
	@touch $@

$(VENV)/.ready-dev: pyproject.toml
	@VENV=$(VENV) PYTHON='$(PYTHON)' sh tests/measure/setup.sh '[dev]'
	@touch $@ $(VENV)/.ready

$(VENV)/.ready-eval: pyproject.toml
	@VENV=$(VENV) PYTHON='$(PYTHON)' sh tests/measure/setup.sh '[eval]'
	@touch $@ $(VENV)/.ready

browser: $(VENV)/.ready-dev
	@VENV=$(VENV) sh tests/measure/browser.sh
