"""What is painted: blocks, bodies and the theme, as rows of styled cells."""
