# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
{
    "name": "Connector OCS Inventory - Administrative Data",
    "summary": "Import administrative data of computers from OCS Inventory NG",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Maintenance",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/connector-ocs",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["connector_ocs"],
    "data": [
        "security/ir.model.access.csv",
        "security/ocs_account_security.xml",
        "views/ocs_backend_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "assets": {
        "web.assets_tests": ["connector_ocs_account/static/tests/tours/**/*"],
    },
}
