"""Names of people, organisations, places and products in a text."""
