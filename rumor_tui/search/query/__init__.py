"""The query language: parsing, completion, and compiling a query for a thread."""
