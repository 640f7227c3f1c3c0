"""Claims: a figure that several people give, where it comes from, and who changes it."""
