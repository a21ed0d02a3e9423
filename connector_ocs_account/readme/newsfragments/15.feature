Administrative data has an addon of its own.
