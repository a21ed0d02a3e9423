Passwords are write-only and encrypted, and only a verified server can read them. The
user of the backend needs `SELECT` on the imported tables only; even the change log needs
neither `TRIGGER` nor access to the accounts of the server.

Neutralizing a database archives its backends and clears their passwords, and the change
log of OCS serves one database only: copies leave it alone and compare all computers.

Every public method checks the access to the backend before it uses its password.
docs/rights.rst shows what each role may do.

Settings and links act only within the companies of the users who write them, and
imports update no asset of a company that nobody approved.

Invalid characters in OCS stop no import, invisible ones are removed, and exported text
never runs as a formula in a spreadsheet.
