# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Test that compares the rights of each role with the committed tables."""

import os
from functools import partial
from pathlib import Path

from .rights import OTHER, STRANGERS, RightsMixin
from .rights_names import own_methods, own_models
from .rights_table import method_cells, model_cells, page

#: Environment variable with which the tables are written instead of compared.
WRITE = "OCS_WRITE_RIGHTS"
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "rights"


class RightsTableMixin(RightsMixin):
    """Mixin that compares the rights of each role with the committed tables.

    The attempts call what the controllers of the web client and of JSON-2 call, without
    the HTTP requests: there are thousands. ``test_rights_http`` repeats those
    that must fail over both.
    """

    allow_inherited_tests_method = True

    def test_table(self):
        models = {
            model: model_cells(partial(self._operate, model))
            for model in own_models(self.env, self.addon)
        }
        methods = {
            (model, method): method_cells(partial(self._call, model, method))
            for model, method in own_methods(self.env, self.addon)
        }
        self._check_models(models)
        self._check_methods(methods)
        self._check_page(page(self.addon, models, methods))

    def _operate(self, model, role, company, letter):
        with self.subTest(model=model, role=role, company=company, letter=letter):
            return self.operate(role, company, model, letter)

    def _call(self, model, method, role, company):
        with self.subTest(model=model, method=method, role=role, company=company):
            return self.call(role, company, model, method)

    def _check_models(self, models):
        """Check what must hold whatever the committed tables say."""
        for model, cells in models.items():
            roles = [*STRANGERS, *([OTHER] if model in self.limited_models() else ())]
            for role in roles:
                with self.subTest(model=model, role=role):
                    self.assertEqual(cells[role], "no")

    def _check_methods(self, methods):
        for (model, method), cells in methods.items():
            for role in (*STRANGERS, *([OTHER] if model not in self.shared else ())):
                with self.subTest(model=model, method=method, role=role):
                    self.assertEqual(cells[role], "no")

    def _check_page(self, text):
        path = FOLDER / f"{self.addon}.rst"
        if os.environ.get(WRITE):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        if FOLDER.parent.is_dir():  # the addon may be installed without the repository
            self.assertEqual(path.read_text(), text, "Run `make rights`.")
