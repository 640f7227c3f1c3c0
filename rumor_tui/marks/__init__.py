"""What the text says: numbers and names, as marks on a text."""
