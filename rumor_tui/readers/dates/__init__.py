"""Dates as people and programs write them, in many languages."""
