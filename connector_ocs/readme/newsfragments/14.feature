Passwords are write-only and encrypted, and only a verified server can read them. The user of the backend needs `SELECT` on the imported tables only.
