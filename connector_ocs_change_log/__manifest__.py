# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
{
    "name": "Connector OCS Inventory - Change Log",
    "summary": "Find the changes of OCS Inventory NG by triggers in its database",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Maintenance",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/connector-ocs",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["connector_ocs"],
    "data": [
        "security/ir.model.access.csv",
        "security/ocs_change_log_security.xml",
        "wizards/ocs_change_log_wizard_views.xml",
        "views/ocs_backend_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["connector_ocs_change_log/static/tests/tours/**/*"],
    },
}
