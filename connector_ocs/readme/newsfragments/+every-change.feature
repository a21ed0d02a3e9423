Changes are found by digests that the OCS database computes, one for each section of a
computer; the sections to import are a choice. Each look for changes is a run with its
progress. A computer that leaves OCS has its asset archived, scrapped or kept, a machine
with a new id keeps its asset, and a run that would touch too many assets asks first.
