# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Where OCS keeps the software of computers."""

from odoo.addons.connector_ocs.lib.sections import Section

#: Name of the section in every schema.
NAME = "software"

#: No part of what is compared: a date alone is no other software.
_DATE = ("INSTALLDATE", "INSTALLDATE")

#: A row of the tables of publishers and versions that stands for none.
_UNAVAILABLE = 1

#: From schema 7037 on (OCS 2.8): rows of numbers, and texts in tables of their own.
#: OCS never gives the number of a text to another one.
SOFTWARE = Section(
    NAME,
    ("NAME_ID", "PUBLISHER_ID", "VERSION_ID"),
    many=True,
    lookups=(
        ("NAME", "(SELECT NAME FROM software_name WHERE ID = NAME_ID)"),
        (
            "PUBLISHER",
            "(SELECT PUBLISHER FROM software_publisher"
            f" WHERE ID = PUBLISHER_ID AND ID <> {_UNAVAILABLE})",
        ),
        (
            "VERSION",
            "(SELECT VERSION FROM software_version"
            f" WHERE ID = VERSION_ID AND ID <> {_UNAVAILABLE})",
        ),
        _DATE,
    ),
    is_watched=False,
)

#: Before: texts in each row.
SOFTWARES = Section(
    NAME,
    ("NAME", "PUBLISHER", "VERSION"),
    many=True,
    stored_in="softwares",
    lookups=(_DATE,),
    is_watched=False,
)
