"""Attacks: hostile texts, documents, keys, servers and files, and what must hold under them.

Each attack has a generator with a seed. The suite runs a bounded part of it; the whole is a bench of the same code
(`tests/bench`), which prints what it found and exits with 1 if that is anything.
"""
