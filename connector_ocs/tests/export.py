# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from .rights_names import own_models


class ExportModelsMixin:
    """Mixin that checks whether exports keep text from OCS from being a formula."""

    allow_inherited_tests_method = True
    #: addon whose models are checked
    addon = "connector_ocs"
    #: names of its models whose text is entered by users, or by the addon itself
    without_text = frozenset()

    def has_mixin(self, name):
        return isinstance(self.env[name], self.env.registry["ocs.export.mixin"])

    def test_models(self):
        stored = {
            name
            for name in own_models(self.env, self.addon)
            if not self.env[name]._transient
        }
        self.assertTrue(stored)
        without = {name for name in stored if not self.has_mixin(name)}
        self.assertFalse(without - self.without_text)
