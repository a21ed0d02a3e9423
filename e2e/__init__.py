"""End-to-end tests: OCS's own server and agent, and an Odoo that imports from it."""
