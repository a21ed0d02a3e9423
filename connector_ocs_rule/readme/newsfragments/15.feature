Rules and the owner from the OCS user are an addon of their own.
