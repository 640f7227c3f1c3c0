"""The library: every thread that was opened, what was read and marked of it, and what its page changed or deleted.

One SQLite file in the data folder (`folder`). `schema` has its tables and how each version came about, `database` opens
it, and one `Writer` writes. `record` puts a thread in and says what is new in it; `stored` gives it back. Nothing of
this is imported before the first screen stands.

Not known to the interface, which sees the protocol of `rumor_tui.library_types` (implemented in `keeper`).
"""
