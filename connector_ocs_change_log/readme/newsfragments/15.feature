The change log of OCS is an addon of its own. Without it, nothing is ever written to OCS.
