Only a change log that was proven to work is relied on; otherwise, a run compares all
computers and says so. Errors of OCS that may pass are tried again, others name the
remedy. MD5 is no longer needed in the OCS database.

OCS 2.12.4 (schema 7081) is tested.

Batteries are components of computers, with capacity, charge cycles and status (since
OCS 2.12.4).

Linking an asset keeps its properties, and the chatter tells what an import empties. An
archived backend is quiet.
