Jobs that import new titles at the same time no longer wait for each other.
