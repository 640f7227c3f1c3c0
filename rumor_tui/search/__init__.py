"""Looking for text in a thread: the query, the index, the matches."""
