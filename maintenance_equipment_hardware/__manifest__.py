# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
{
    "name": "Maintenance Equipment Hardware",
    "summary": "Hardware, components and monitors of computers, with their history",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Maintenance",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/connector-ocs",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["maintenance"],
    "data": [
        "security/ir.model.access.csv",
        "security/maintenance_equipment_security.xml",
        "views/maintenance_equipment_views.xml",
        "views/maintenance_equipment_component_views.xml",
        "views/maintenance_equipment_connection_views.xml",
        "views/menus.xml",
    ],
    "demo": ["demo/maintenance_equipment.xml"],
    "assets": {
        "web.assets_backend": ["maintenance_equipment_hardware/static/src/**/*"],
        "web.assets_tests": ["maintenance_equipment_hardware/static/tests/tours/**/*"],
    },
}
