# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from copy import deepcopy

from .common import OcsCase

CHOICES = [["red", "Red"], ["blue", "Blue"]]
#: One definition of each type.
DEFINITIONS = [
    {"name": "p_char", "string": "Sticker", "type": "char"},
    {"name": "p_text", "string": "Remarks", "type": "text"},
    {"name": "p_html", "string": "Manual", "type": "html"},
    {"name": "p_boolean", "string": "Insured", "type": "boolean"},
    {"name": "p_integer", "string": "Shelf", "type": "integer"},
    {"name": "p_float", "string": "Weight", "type": "float"},
    {
        "name": "p_monetary",
        "string": "Price",
        "type": "monetary",
        "currency_field": "x_currency_id",
    },
    {"name": "p_date", "string": "Checked On", "type": "date"},
    {"name": "p_datetime", "string": "Seen At", "type": "datetime"},
    {
        "name": "p_selection",
        "string": "Color",
        "type": "selection",
        "selection": CHOICES,
    },
    {
        "name": "p_tags",
        "string": "Labels",
        "type": "tags",
        "tags": [["red", "Red", 1], ["blue", "Blue", 2]],
    },
    {
        "name": "p_many2one",
        "string": "Insurer",
        "type": "many2one",
        "comodel": "res.partner",
    },
    {
        "name": "p_many2many",
        "string": "Contacts",
        "type": "many2many",
        "comodel": "res.partner",
    },
]


class PropertiesCase(OcsCase):
    """Test case with an asset that has properties of every type, entered by hand."""

    def setUp(self):
        super().setUp()
        partners = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        self.definitions = deepcopy(DEFINITIONS)
        self.values = {
            "p_char": "HAND-1",
            "p_text": "one\ntwo",
            "p_html": "<p>one</p>",
            "p_boolean": True,
            "p_integer": 7,
            "p_float": 1.5,
            "p_monetary": 99.9,
            "p_date": "2026-01-31",
            "p_datetime": "2026-01-31 10:00:00",
            "p_selection": "blue",
            "p_tags": ["red", "blue"],
            "p_many2one": partners[0].id,
            "p_many2many": partners.ids,
        }

    def category(self, name, definitions=()):
        return self.env["maintenance.equipment.category"].create(
            {"name": name, "equipment_properties_definition": list(definitions)}
        )

    def asset(self, category, **values):
        asset = self.env["maintenance.equipment"].create(
            {"name": "By hand", "category_id": category.id, **values}
        )
        asset.equipment_properties = self.values
        self.flush()
        return asset

    def flush(self):
        self.env.flush_all()
        self.env.invalidate_all()

    def properties(self, asset):
        """Return {name: value} of the properties that the form shows."""
        self.flush()
        values = asset.equipment_properties._values
        definitions = asset.category_id.equipment_properties_definition
        return {each["name"]: values.get(each["name"]) for each in definitions}

    def assert_kept(self, asset):
        found = self.properties(asset)
        for name, value in self.values.items():
            with self.subTest(name=name):
                self.assertEqual(found.get(name), value)
