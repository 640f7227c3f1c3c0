"""Searching all texts of the library with the language of the thread view; `engine` answers, the rest serves it."""

from rumor_tui.library.search.engine import search_library

__all__ = ["search_library"]
