"""The panes of the reader screen, and what stands around them."""
