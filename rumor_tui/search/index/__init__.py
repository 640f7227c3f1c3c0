"""What is indexed of a thread: its texts, marks, quotes, replies and authors."""
