"""The development environment: Odoo, PostgreSQL, MariaDB and OCS databases.

Run it as ``python3 -m dev <command>`` or through the Makefile. It only uses the
standard library, because it runs before anything is installed.
"""
