# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
{
    "name": "Connector OCS Inventory - Merge",
    "summary": "Find assets that are the same machine, and merge them",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Maintenance",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/connector-ocs",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["connector_ocs"],
    "data": [
        "security/ocs_merge_security.xml",
        "security/ir.model.access.csv",
        "views/maintenance_equipment_views.xml",
        "views/ocs_asset_merge_views.xml",
        "views/ocs_import_issue_views.xml",
        "views/menus.xml",
        "wizards/ocs_merge_wizard_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "assets": {
        "web.assets_tests": ["connector_ocs_merge/static/tests/tours/**/*"],
    },
}
