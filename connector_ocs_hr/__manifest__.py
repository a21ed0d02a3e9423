# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
{
    "name": "Connector OCS Inventory - HR",
    "summary": "Assign assets to the employees reported by OCS Inventory NG",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Maintenance",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/connector-ocs",
    "license": "LGPL-3",
    "development_status": "Beta",
    "depends": ["connector_ocs_rule", "hr_maintenance"],
    "data": ["views/maintenance_equipment_views.xml"],
    "auto_install": True,
    "post_init_hook": "post_init_hook",
}
