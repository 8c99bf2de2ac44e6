PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes
LOCK := $(BIN)/pip-compile -q --upgrade --allow-unsafe --generate-hashes --strip-extras \
	--no-header --no-emit-options --no-emit-index-url

# Where the demo listens, and whether it keeps the cases of the last one: make demo KEEP=1
PORT := 3000
WORKBENCH_PORT := 4040
KEEP :=

SEED :=
KILLS := 300

.PHONY: setup demo format check style types test covered chaos bench bench-quick pictures migration lock

setup: .venv/dev # exactly what is locked, and the hooks
	@git rev-parse --git-dir >/dev/null 2>&1 && $(BIN)/pre-commit install \
		|| echo "No hooks were installed; all else is ready."

demo: .venv/runtime # Caseflag in a Slack on your machine; prints the address to open
	@PORT=$(PORT) WORKBENCH_PORT=$(WORKBENCH_PORT) KEEP=$(KEEP) sh demo/run

format: .venv/dev
	$(BIN)/ruff format && $(BIN)/ruff check --fix

check: style types # all that needs no test run

style: .venv/dev
	$(BIN)/ruff format --check && $(BIN)/ruff check && $(BIN)/lint-imports

types: .venv/dev
	$(BIN)/mypy

test: style # all of it; the types are looked at meanwhile, which one core alone would wait for
	@$(MAKE) --no-print-directory -j2 types covered

covered: .venv/dev # 95 % of everything, every branch of the rules and of the conversation
	@$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto --dist worksteal && $(BIN)/coverage combine -q && $(BIN)/coverage report
	$(BIN)/coverage report --include='policy/*,handlers/*' --fail-under=100

chaos: .venv/dev # kill 1, 2 and 4 replicas at random, for half an hour: make chaos SEED=6 KILLS=300
	$(BIN)/python -m tests.chaos --kills $(KILLS) $(if $(SEED),--seed $(SEED)) --out docs/chaos.md

bench: .venv/dev # measure Caseflag beside its peers, for 20 minutes on a machine that does nothing else
	$(BIN)/python -m benchmarks --out docs/benchmarks.md

bench-quick: .venv/dev # the same in two minutes, to look and not to keep
	$(BIN)/python -m benchmarks --quick

pictures: .venv/dev # take the README's pictures anew
	$(BIN)/python -m pytest --pictures tests/journeys/test_demo.py tests/journeys/test_demo_desk.py tests/workbench/page/test_story.py

migration: .venv/dev # make migration m="promises get a trend"
	$(BIN)/alembic revision --autogenerate -m "$(m)"

lock: .venv/dev
	$(LOCK) --extra=postgres -o requirements.lock pyproject.toml
	$(LOCK) --extra=postgres --extra=ical --extra=dev -c requirements.lock -o requirements-dev.lock pyproject.toml

# The environment is as new as its lock. Without Debian's python3-venv, `venv` leaves half of one
# behind (a python, no pip) and virtualenv makes it instead, from a folder: no global install.
.venv/runtime: requirements.lock | $(BIN)/pip
	@echo "Installing what $< names."
	@$(INSTALL) -r $<
	@touch $@

.venv/dev: requirements-dev.lock | $(BIN)/pip
	@echo "Installing what $< names."
	@$(INSTALL) -r $<
	@touch $@ .venv/runtime

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Caseflag needs Python 3.11 or later.")'
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv \
		&& $(PYTHON) -m pip install -q --target .tools virtualenv \
		&& PYTHONPATH=.tools $(PYTHON) -m virtualenv -q .venv; } \
		|| { echo "$(PYTHON) has neither venv nor pip: install python3-venv or python3-pip." >&2; exit 1; }
