Duplicates, merging and undoing merges are an addon of their own.
