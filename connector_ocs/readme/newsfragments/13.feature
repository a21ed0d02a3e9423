OCS 2.12.4 (schema 7081) is tested, and fields of numbers in its administrative data are
imported as numbers.

Batteries are components of computers, with capacity, charge cycles and status (since
OCS 2.12.4).
