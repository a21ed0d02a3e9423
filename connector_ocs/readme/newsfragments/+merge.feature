Assets that may be one machine are listed, and merged in one click with their history,
maintenance requests, monitors and attachments. A merge can be undone.
