"""What the recognisers know: units, words for numbers, and the trained weights of the name tagger."""
