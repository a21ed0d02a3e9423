Text from OCS is cleaned in one place, for every query, and a run no longer asks OCS for
its version twice, or for what only *Test connection* shows.
Computers show whether and why the next run imports them again.
