Neutralizing a database archives its backends and clears their passwords, and the change
log of OCS serves one database only: copies leave it alone and compare all computers.
