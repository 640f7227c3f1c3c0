"""The layouts that a discussion in a dump may have: posts under or above bylines, list items, and fallbacks."""
