"""Tests of the words that pages print around comments."""
