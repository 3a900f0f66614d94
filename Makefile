# `make help` lists what can be made. Needs GNU make 3.81 or newer, and a Python >= 3.12 somewhere (`make setup`
# finds it). On Windows use the three commands in the README instead.

SHELL := /bin/sh
BIN := .venv/bin
PYTEST_ARGUMENTS ?= -n 2 --dist loadfile
REPLICATIONS ?= 20

SCENARIOS := $(addprefix scenarios/, civil_service.yaml contract_only.yaml forced_ranking.yaml \
	floating_pay_only.yaml placebo_lottery.yaml four_systems.yaml)

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench reference validation battery outside notebooks schema mechanisms catalogue house fuzz messages flips fingerprints clean

help: ## this list
	@awk -F ':[^#]*## ' '/^[a-z]+:.*## / { printf "make %-14s%s\n", $$1, $$2 }' Makefile

setup: ## make the environment in .venv (does nothing if it is complete and up to date)
	@sh scripts/setup.sh

demo: setup ## compare the six regimes; ends by naming the report and the figure
	@$(BIN)/python -m sim compare $(SCENARIOS) --replications $(REPLICATIONS)

test: setup ## run the tests
	@$(BIN)/python -m pytest $(PYTEST_ARGUMENTS)

check: setup ## style, types, layers, spelling, texts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict sim
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/python -m scripts.catalogue --check

bench: setup ## measure the speed against six aims (forty minutes); writes a table and a figure
	@$(BIN)/python benchmarks/bench.py

reference: setup ## run the committed reference comparison again
	@$(BIN)/python scripts/reference.py

validation: setup ## run the known results again and write VALIDATION.md with its figures
	@$(BIN)/sim validate --out scenarios/validation

battery: setup ## test the draws with dieharder (half an hour; needs dieharder on the path)
	@$(BIN)/python scripts/draw_bits.py | dieharder -g 200 -a | grep -v ^Preparing | tee scenarios/validation/battery.txt

outside: setup ## install a wheel in a fresh environment and run the README's first five minutes there
	@$(BIN)/python scripts/outside.py

notebooks: setup ## open the notebooks in JupyterLab (fetched the first time)
	@$(BIN)/python -c 'import jupyterlab, jupytext' 2>/dev/null || \
		$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[notebooks]'
	@$(BIN)/python -m jupyterlab notebooks

schema: setup ## write the JSON Schemas of scenarios and studies again
	@$(BIN)/python -m sim describe --schema > scenarios/scenario.schema.json.new
	@mv scenarios/scenario.schema.json.new scenarios/scenario.schema.json
	@$(BIN)/python -m sim describe --study-schema > scenarios/studies/study.schema.json.new
	@mv scenarios/studies/study.schema.json.new scenarios/studies/study.schema.json

mechanisms: setup ## reckon what each of the article's 48 mechanisms moves in the whole reform
	@$(BIN)/python scripts/mechanisms.py

catalogue: setup ## enter new and changed texts into the catalogues of translations
	@$(BIN)/python -m scripts.catalogue

house: setup ## measure the code and draw its rooms and imports: docs/architecture.md
	@$(BIN)/python scripts/house.py

flips: setup ## flip 10,000 bits in stored files: every one must be noticed
	@$(BIN)/python -m tests.lab.results.flips 10000

fuzz: setup ## spoilt files, random commands, crafted results: 10,000 of each must be answered in words (an hour)
	@$(BIN)/python -m tests.fuzz.fuzz 10000

messages: setup ## accept changed answers to wrong input: prints what changed and stores the new ones
	@$(BIN)/python -m tests.fuzz.messages

fingerprints: setup ## accept changed results: prints what changed and stores the new fingerprints
	@$(BIN)/python -m tests.fingerprints --update

clean: ## remove .venv and the caches; results stay
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage build dist
	find . -type d -name __pycache__ -prune -exec rm -rf {} +
