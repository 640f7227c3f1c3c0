"""Exports of sites as text, a module each: `sniff` looks at the first lines only, and `read` never raises."""
