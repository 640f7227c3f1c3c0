"""What became of a thread between two states of it: which comments are new, edited, moved, or gone.

`compare` finds out which comment is which, `merge` puts the gone ones back into the newer state, `words` tells the
difference of two texts word by word. Nothing here needs a library: a refresh without one uses it just as well.
"""
