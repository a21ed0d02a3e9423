"""``make bench``: how fast the connector is, beside its peers and its limits.

``docs/benchmarks.rst`` says what is measured. Here: ``run`` is the command,
``measurements`` has one file for each measurement, and ``inside`` what runs in an
Odoo's process.
"""
