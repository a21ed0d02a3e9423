# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
{
    "name": "Connector OCS Inventory: Benchmarks",
    "summary": "Plain models and an empty job for benchmarks of the connector",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "website": "https://github.com/OCA/connector-ocs",
    "author": "Odoo Community Association (OCA)",
    "license": "LGPL-3",
    "depends": ["queue_job"],
    "data": ["security/ir.model.access.csv"],
}
