"""``make bench``: compare the speed of the connector with peers and limits.

``docs/benchmarks.rst`` describes what is measured. The module ``run`` is the command,
``measurements`` has a file for each measurement, and the modules of ``inside`` run in
a process of Odoo.
"""
