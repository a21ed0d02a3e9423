The employee or department of an asset that is merged goes to the one that is kept.
