Each number of a run opens the computers that it counts, and the numbers add up to what
was scanned: new, linked, changed, unchanged, removed, left out and why, failed,
cancelled. *Jobs* opens finished jobs as well. The duration is in words, and unexpected
errors are sentences. *Computers* on a backend counts what it lists, without archived
assets.
