The import of one computer asks the database a third less often: what is set on a
backend is read once in a process, and again after each change. A new asset takes no longer in a
large fleet than in a small one.
