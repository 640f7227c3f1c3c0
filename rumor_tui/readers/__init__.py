"""Readers: bytes of a known shape become a Thread."""
