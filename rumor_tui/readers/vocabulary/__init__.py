"""What pages call things, in the main languages."""
