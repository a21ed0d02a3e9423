"""``make mutants``: change the code in small ways, and run tests that should notice.

The README of the repository describes how to use it. No library fits: they run a
command for each mutant, and a start of Odoo takes longer than most tests. Here, one
process of Odoo runs the tests of all mutants, and replaces the code of the functions in
memory.
"""
