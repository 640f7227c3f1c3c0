"""The reading session: one reader in one thread, without a screen.

Nothing here imports Textual. Each part holds what it knows of rows and carries it over when the thread is replaced
(`position.Remappable`).
"""
