# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
{
    "name": "Connector OCS Inventory - Rules",
    "summary": "Set values of assets by rules on the computers in OCS Inventory NG",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Maintenance",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/connector-ocs",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["connector_ocs"],
    "data": [
        "security/ocs_rule_security.xml",
        "security/ir.model.access.csv",
        "views/ocs_rule_views.xml",
        "views/ocs_computer_binding_views.xml",
        "views/ocs_import_issue_views.xml",
        "views/maintenance_equipment_views.xml",
        "wizards/ocs_rule_explanation_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "assets": {
        "web.assets_tests": ["connector_ocs_rule/static/tests/tours/**/*"],
    },
}
