"""Web pages saved as plain text: the article and its comments from lines alone."""
