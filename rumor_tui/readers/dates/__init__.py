"""Dates as pages write them: where one stands in a line (`find`), and the moment that it means (`parse`)."""
