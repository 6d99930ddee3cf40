# Everything that can be done with this site. `make` alone prints the list.
# Each target does its own set-up, and does nothing that has been done already.

PORT ?= 8000
# Another configuration to build with, for example one that inherits mkdocs.yml and changes the address.
CONFIG ?= mkdocs.yml
# What `make impact` compares with; with SITE=folder it keeps the site of today there.
BASE ?= main
VENV := .venv
# A virtual environment keeps its programs elsewhere on Windows.
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
# Programs are always started as modules: their scripts hold absolute paths and break when the folder is moved.
RUN := $(BIN)/python -m

# Material prints a banner about MkDocs 2 on every start. We know: requirements/site.in stays below 2.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help new serve test build check schema addresses fresh impact generate report bench bench-search lighthouse load lock format clean

help: ## print this list
	@echo "usage: make TARGET [PORT=$(PORT)] [PYTHON=/path/to/python]"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target help; do \
		printf '  %-12s %s\n' $$target "$$help"; done

new: ## begin a new article; asks for its kind and title, or takes KIND=problem TITLE="..."
	@sh tools/environment.sh site
	@$(BIN)/python hooks/new.py

serve: ## show the site at http://127.0.0.1:8000/ and reload it on every change (PORT=8001 for another port)
	@sh tools/environment.sh site
	@$(BIN)/python tools/port.py $(PORT)
	@$(RUN) mkdocs serve --dev-addr 127.0.0.1:$(PORT)

test: ## everything that the CI checks: style, types, workflows, the engine, the built site in a browser
	@sh tools/environment.sh test
	@sh tools/browser.sh
	@sh tools/nginx.sh
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(BIN)/zizmor --offline --quiet .github
	$(RUN) check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(RUN) check_jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(RUN) check_jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/this-page-did-not-help.yml
	$(RUN) check_jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(RUN) pytest --numprocesses 3 --dist loadfile

build: ## build the site into site/ (or SITE=folder; CACHE=no for all of it anew, JOBS=1 in one process); any warning is an error, and leaves the last good site
	@sh tools/environment.sh site
	COMPRESS=yes $(RUN) mkdocs build --strict --clean --config-file $(CONFIG) $(if $(SITE),--site-dir "$(SITE)")

check: ## check the articles and their language, in seconds (FIX=1 mends what can be mended by itself)
	@sh tools/environment.sh check
	@$(BIN)/python hooks/check.py $(if $(FIX),--fix)
	@$(BIN)/python hooks/editor.py

schema: ## renew what editors know about keys, values and slugs; check does it too
	@sh tools/environment.sh site
	@$(BIN)/python hooks/editor.py

fresh: ## list what is to be checked again soon; fails if something is overdue
	@sh tools/environment.sh site
	@$(BIN)/python hooks/fresh.py

addresses: ## write today's addresses into docs/addresses.txt, so that none of them is ever lost
	@sh tools/environment.sh check
	@$(BIN)/python hooks/check.py --record

impact: ## say in Markdown what the changes since BASE do to readers; BASE=main is any branch, tag or commit
	@sh tools/environment.sh site >&2
	@$(BIN)/python hooks/impact.py $(if $(SITE),--site "$(SITE)") "$(BASE)"

generate: ## write the whole site as Markdown that any generator can build: make generate OUT=folder
	@sh tools/environment.sh site
	@$(BIN)/python hooks/generate.py --config $(CONFIG) "$(OUT)"

report: ## print the figures of the knowledge base and its flow, and what the engine takes of a large build (a minute)
	@sh tools/environment.sh check
	@$(BIN)/python hooks/check.py --report
	@$(BIN)/python bench/duplicates.py
	@$(BIN)/python bench/overhead.py

bench: ## build the same articles with other generators too, and compare; 10,000 of them take an hour (QUICK=1: minutes)
	@sh tools/environment.sh check
	@sh tools/yardsticks.sh
	@$(BIN)/python bench/builds.py --results bench/results $(if $(QUICK),--quick)
	@$(BIN)/python bench/flow.py --results bench/results $(if $(QUICK),30 100 300)
	@$(BIN)/python bench/checks.py --results bench/results $(if $(QUICK),30 100 300)

bench-search: ## measure the search: what it finds, loads and takes, beside the theme's own (minutes)
	@sh tools/environment.sh test
	@sh tools/browser.sh
	@$(BIN)/python bench/search.py

lighthouse: ## look at one page of each kind with Lighthouse, as on a slow phone; needs npx and network (some minutes)
	@sh tools/environment.sh test
	@$(RUN) mkdocs build --strict --clean --config-file $(CONFIG)
	@$(BIN)/python tools/lighthouse.py site

load: build ## serve the built site with nginx on this machine, and print requests per second and p99 (ten seconds)
	@sh tools/nginx.sh load
	@$(BIN)/python bench/load.py

lock: ## choose the newest versions that requirements/*.in allow, and write them down with their hashes
	@sh tools/environment.sh test
# --universal: one lock for every system and every Python from 3.11 on.
# --no-header: the header would repeat the command. Without --emit-index-url no address gets into the lock.
	cd requirements && for list in site check test zensical; do ../$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes \
		--python-version 3.11 --no-header --output-file $$list.txt $$list.in || exit 1; done

format: ## lay out the Python files, and mend what can be mended by itself
	@sh tools/environment.sh test
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

clean: ## remove what these targets made
	rm -rf site .site.* .cache $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
