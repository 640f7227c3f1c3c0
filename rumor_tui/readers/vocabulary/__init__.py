"""What pages print around comments, in the main languages, and how to look such phrases up in a line."""
