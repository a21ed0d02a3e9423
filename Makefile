# Everything is done by the package dev/ (python3 -m dev …); this file only names its commands.
.DEFAULT_GOAL := help
.PHONY: help setup demo change stop test e2e bench lint docs wheels clean

DEV := sh dev/bootstrap.sh

help: ## show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; \
		do printf '  make %-8s %s\n' "$$name" "$$text"; done

setup: ## build everything needed under .dev/ (Odoo, PostgreSQL, MariaDB, OCS schemas)
	@$(DEV) setup

demo: ## a running Odoo with a fleet imported from OCS
	@$(DEV) demo

change: ## let something happen in the demo fleet
	@$(DEV) change

test: ## lint, then every test (ONLY=…, REPEAT=…, LOAD=…, FULL=1); ends with "N passed, N failed"
	@$(DEV) test

e2e: ## the tests with OCS's own server and agent; ends with "N passed, N failed"
	@$(DEV) e2e

bench: ## how fast it is, beside its peers and its limits (QUICK=1: in minutes)
	@$(DEV) bench

lint: ## the hooks of pre-commit, on all files
	@$(DEV) lint

docs: ## write the addons' generated files (README.rst, index.html, .pot)
	@$(DEV) docs

wheels: ## the addons as they are released: built, and installed in a bare environment
	@$(DEV) wheels

stop: ## end what these commands started
	@test ! -d .dev || $(DEV) stop

clean: ## stop, and remove .dev/
	@test ! -d .dev || $(DEV) clean
