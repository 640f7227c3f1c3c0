"""The article of a page: where its text is, and that text as clean HTML."""
