Many computers are imported by pages: one job for some hundreds of them, which makes of
OCS exactly what one job for each computer makes of it, several times as fast. A run
counts computers, whatever their jobs, and can be stopped: what was not imported is found
by the next one. A look at a fleet in which nothing changed takes half the time.
