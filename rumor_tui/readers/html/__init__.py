"""HTML pages: the article, and the discussion under it."""
