"""Numbers in a text: what they are written like, what they count, and what they amount to."""
