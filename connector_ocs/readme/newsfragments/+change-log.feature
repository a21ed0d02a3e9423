Optional change log in the OCS database: triggers say which computers to look at, and a
check tells whether they can be relied on. It takes over an existing table
``hardware_updates``.
