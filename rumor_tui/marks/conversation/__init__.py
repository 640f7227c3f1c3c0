"""Quotes between the texts of a thread, mentions of its participants, and the replies that follow from both."""
