# Two commands: «make run» sets everything up and runs Poststelle with its sample post,
# «make test» sets everything up and runs the whole suite. Both need root or sudo once.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

VENV := .venv
UV := .uv/bin/uv
UV_VERSION := 0.13.8
PYTHON ?= python3.11
NPM := $(VENV)/bin/python scripts/npm.py

RUN_PACKAGES := tesseract-ocr tesseract-ocr-deu tesseract-ocr-osd bubblewrap \
	libreoffice-writer-nogui libreoffice-core-nogui
TEST_PACKAGES := chromium clamav-daemon libatomic1 qpdf fonts-dejavu-core \
	tesseract-ocr-eng tesseract-ocr-ukr tesseract-ocr-ara tesseract-ocr-tur tesseract-ocr-rus
BENCH_PACKAGES := ghostscript pngquant

.PHONY: help run demo test check format setup setup-test bench-reading clean

help: ## Show what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Set up, serve on http://127.0.0.1:8000 with the sample post, and stay up
	$(VENV)/bin/poststelle demo --stay

demo: setup ## The same, and exit: 0 only if every item came to its expected place
	$(VENV)/bin/poststelle demo

test: setup-test ## Set up and run the whole suite
	$(VENV)/bin/pytest

check: setup-test ## Style, types, architecture, dependencies
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/deptry .

bench-reading: setup-test $(VENV)/.bench-packages ## Measure reading beside OCRmyPDF (ARGS=--quick for four minutes)
	$(VENV)/bin/python -m benchmarks.reading $(ARGS)

format: setup-test ## Put the code into its form
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

setup: $(VENV)/.run-packages web/node_modules/.installed ## Install what running needs

setup-test: setup $(VENV)/.test-packages ## Install what the tests need beside it

clean: ## Remove the environment (the data folder stays)
	rm -rf $(VENV) .uv web/node_modules

$(UV): Makefile
	scripts/system-packages python3-venv ca-certificates
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	touch $@

$(VENV)/.python: uv.lock pyproject.toml $(UV)
	UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never $(UV) sync --frozen --python $(PYTHON)
	touch $@

$(VENV)/.run-packages: $(VENV)/.python scripts/system-packages Makefile
	scripts/system-packages $(RUN_PACKAGES)
	touch $@

$(VENV)/.test-packages: $(VENV)/.python scripts/system-packages Makefile
	scripts/system-packages $(TEST_PACKAGES)
	touch $@

$(VENV)/.bench-packages: $(VENV)/.python scripts/system-packages Makefile
	scripts/system-packages $(BENCH_PACKAGES)
	touch $@

web/node_modules/.installed: web/package-lock.json $(VENV)/.python
	$(NPM) ci --prefix web --ignore-scripts --no-audit --no-fund
	touch $@
