# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Sections that describe how OCS stores the software of computers."""

from odoo.addons.connector_ocs.lib.sections import Section

#: Name of the section in every schema.
NAME = "software"

#: Not part of the digest: software with another date is not different software.
_DATE = ("INSTALLDATE", "INSTALLDATE")

#: ID of the row "Unavailable" in the tables of publishers and versions.
_UNAVAILABLE = 1

#: Since schema 7037 (OCS 2.8): rows of IDs, which refer to texts in other tables.
#: OCS never reuses the ID of a text.
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
    lookup_tables=("software_name", "software_publisher", "software_version"),
    is_watched=False,
)

#: Before schema 7037: texts in each row.
SOFTWARES = Section(
    NAME,
    ("NAME", "PUBLISHER", "VERSION"),
    many=True,
    stored_in="softwares",
    lookups=(_DATE,),
    is_watched=False,
)
