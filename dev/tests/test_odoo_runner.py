"""Tests that pytest collects exactly the tests that Odoo's own runner would run."""

import subprocess
import sys

from dev import odoo_server, paths, pytest_runs, python_env, selection

FIND = """
import sys
from odoo import tools
from odoo.tests import loader

tools.config.parse_config(["-c", sys.argv[1]], setup_logging=False)
for addon in sys.argv[2:]:
    for module in loader.get_test_modules(addon):
        path = module.__name__.removeprefix("odoo.addons.").replace(".", "/")
        for test in loader.get_module_test_cases(module):
            print(f"{path}.py::{type(test).__name__}::{test._testMethodName}")
"""


def output(*command):
    """Return the lines with tests in the output of ``command``."""
    environment = {**python_env.environment(), selection.VARIABLE: ""}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=paths.ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [line for line in done.stdout.splitlines() if "::" in line]


def test_same_tests(tmp_path):
    addons, config = pytest_runs.addon_folders(), tmp_path / "odoo.conf"
    odoo_server.write_config(config)
    odoo = output("-c", FIND, config, *addons)
    options = [f"--odoo-config={config}", "--odoo-database=none", "-p", "no:xdist"]
    options += ["-p", "no:cacheprovider", "-p", "dev.pytest_plugin", "--collect-only"]
    pytest = output("-m", "pytest", "-q", f"--rootdir={paths.ROOT}", *options, *addons)
    assert len(pytest) == len(set(pytest)) > 500
    assert set(pytest) == set(odoo)
    assert len(odoo) == len(set(odoo))
