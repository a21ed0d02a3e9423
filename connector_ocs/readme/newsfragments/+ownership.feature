Each field of an asset belongs to OCS, to Odoo, or to OCS until a person edits it. The
form of the asset shows the fields that are held, with what OCS says of them, and gives
them back with one click.
