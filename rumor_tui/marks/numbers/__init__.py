"""Numbers, amounts, dates, ranges and versions in a text, with their values."""
