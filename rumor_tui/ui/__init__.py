"""The interface: the only package that imports Textual."""

import os

# Textual paints at most so often a second, and reads the figure once, when it is first imported. Nothing here is
# animated: the figure only says how long the second paint that a key causes has to wait, and 60 would be felt.
os.environ.setdefault("TEXTUAL_FPS", "120")
