"""Tables: words of numbers, units, currencies and the calendar, words for finding names, and the data of the tagger."""
