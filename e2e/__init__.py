"""Tests of the whole: OCS's own server and agent, and an Odoo that imports from it."""
