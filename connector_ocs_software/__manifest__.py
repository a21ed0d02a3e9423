# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
{
    "name": "Connector OCS Inventory - Software",
    "summary": "Import the software of computers from OCS Inventory NG",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Maintenance",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/connector-ocs",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["connector_ocs"],
    "data": [
        "security/ir.model.access.csv",
        "security/ocs_software_security.xml",
        "data/ocs_section.xml",
        "views/ocs_software_views.xml",
        "views/ocs_software_installation_views.xml",
        "views/maintenance_equipment_views.xml",
        "views/menus.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "assets": {
        "web.assets_tests": ["connector_ocs_software/static/tests/tours/**/*"],
    },
}
