"""rumor-tui: a terminal reader for an article and the discussion under it."""

__version__ = "0.1.0"
