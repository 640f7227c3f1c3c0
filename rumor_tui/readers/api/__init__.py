"""Answers of web APIs: JSON documents of many sites, API versions and dumps.

`document` looks into a JSON document without decoding all of it; `values` takes columns out of its objects;
`field_maps` says as data which fields of a comment and of an article mean what; `build` makes threads and listings of
rows. The other modules are readers, each with `sniff(document, hint)` and `read(document, hint)` as
`rumor_tui.readers` describes, for sites whose answers say more than what a comment has: what is missing and how to load
it, quotations, links by places in a text. `records` reads all others, whatever site they come from; `tables` and
`scripts` are its ways in for CSV and for JSON in programs.
"""
