"""Dates as pages write them: where one is in a line (`find`), and which moment it is (`parse`)."""
