"""The ways in which a text dump lays out its comments, one module each."""
