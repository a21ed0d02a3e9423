Every public method checks the access to the backend before it uses its password. docs/rights.rst shows what each role may do.
