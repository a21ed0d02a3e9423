# The commands are implemented in the Python package dev/ (python3 -m dev <command>).
.DEFAULT_GOAL := help
.PHONY: help setup demo change stop test e2e bench mutants lint docs rights wheels clean

DEV := sh dev/bootstrap.sh

help: ## show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; \
		do printf '  make %-8s %s\n' "$$name" "$$text"; done

setup: ## build the development environment in .dev/ (Odoo, PostgreSQL, MariaDB, OCS schemas)
	@$(DEV) setup

demo: ## start Odoo with a fleet imported from OCS
	@$(DEV) demo

change: ## simulate a day in the demo fleet
	@$(DEV) change

test: ## run the linters and all tests (ONLY=…, REPEAT=…, LOAD=…, FULL=1, DATABASES=all, ALONE=all)
	@$(DEV) test

e2e: ## run the tests with OCS's own server and agent
	@$(DEV) e2e

bench: ## measure the speed and compare it with alternatives and limits (QUICK=1: in minutes)
	@$(DEV) bench

mutants: ## change the code of ONLY=<file>, and list the changes that no TESTS=… notice
	@$(DEV) mutants

lint: ## run the pre-commit hooks on all files (FULL=1: including the slow ones)
	@$(DEV) lint

docs: ## generate README.rst, index.html and .pot of the addons
	@$(DEV) docs

rights: ## try who may what, and write the tables of docs/rights
	@OCS_WRITE_RIGHTS=1 $(DEV) test --only TestRights

wheels: ## build the wheels of the addons and install them in a new environment
	@$(DEV) wheels

stop: ## stop everything that these commands started
	@test ! -d .dev || $(DEV) stop

clean: ## stop, and remove .dev/
	@test ! -d .dev || $(DEV) clean
