Only a change log that was proven to work is relied on; otherwise, a run compares all
computers and says so. Errors of OCS that may pass are tried again, others name the
remedy. MD5 is no longer needed in the OCS database.
