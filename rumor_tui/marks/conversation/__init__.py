"""Who takes part in a discussion, who is addressed, who answers whom, and what is quoted from where."""
