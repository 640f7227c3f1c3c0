"""Claims: which numbers of a thread state the same, which compete with them, and where."""
