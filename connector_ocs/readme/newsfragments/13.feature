OCS 2.12.4 (schema 7081) is tested, and fields of numbers in its administrative data are
imported as numbers.
