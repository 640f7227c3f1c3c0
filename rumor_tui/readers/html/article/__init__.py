"""The article of a page: its main content, title and text."""
