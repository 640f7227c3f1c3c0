"""Answers of web APIs: JSON documents of many sites, API versions and dumps.

`document` looks into a JSON document without decoding all of it; `values` takes columns out of its objects;
`field_maps` says as data which fields of a comment and of an article mean what; `build` makes threads and listings of
rows. The other modules are readers, each with `sniff(document, hint)` and
`read(document, hint)` as `rumor_tui.readers` describes; sites that answer with a plain list of comments share one
table, `sites`.
"""
