"""Searching all texts of the library with the language of the thread view; `engine` answers, the rest serves it."""
