# Two commands matter: `make demo` and `make test`. Each sets up .venv on first use.
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
# The first interpreter on this machine that really is Python 3.11 or newer.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
STAMP := $(VENV)/.samestory-installed

.PHONY: help demo test lint types notebooks docs check lock clean

help:  ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */\1\t/' | expand -t 12

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "samestory needs Python 3.11 or newer; none was found on PATH. Install one, or run: make PYTHON=/path/to/python $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -m venv --clear $(VENV) || { echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu install the package python3-venv, then run make again." >&2; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP)  ## set up, then compare the three outlets of corpora/demo
	$(BIN)/samestory demo --out results/demo --overwrite

test: $(STAMP)  ## set up, then run the tests, two files at a time
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

lint: $(STAMP)  ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)  ## static types
	$(BIN)/mypy

notebooks: $(STAMP)  ## execute the notebooks in place and redraw figures/
	$(BIN)/python notebooks/build.py

docs: $(STAMP)  ## build the documentation as a site, every warning an error
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html

check: lint types test  ## everything that continuous integration checks

lock: pyproject.toml  ## pin the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra all --group dev pyproject.toml --output-file requirements.lock

clean:  ## remove the environment and results
	rm -rf $(VENV) results
