"""Plans: one for each platform, from a recognised address to a document that a reader can read."""
