"""What is known of a thread: its texts, numbers and names, conversation and authors."""
