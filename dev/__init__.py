"""Builds a place to run this project in: Odoo, PostgreSQL, MariaDB, OCS databases.

Run it as ``python3 -m dev <command>`` or through the Makefile. It uses the standard
library only: it runs before anything is installed.
"""
