"""Plans: one for each platform, from an address that was recognised to a document that a reader knows."""
