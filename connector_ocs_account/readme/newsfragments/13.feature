Fields of numbers in OCS 2.12.4 (schema 7081) are imported as numbers.

OCS empties only what it has filled.
