Possible duplicates say what they have in common and can be told apart. The wizard compares
them side by side, with all messages, and merges several machines at once. A merge says in
words what it moved.
