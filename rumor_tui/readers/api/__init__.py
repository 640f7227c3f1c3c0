"""Answers of the web's interfaces for programs: JSON documents of many sites, ages and dumps.

`document` looks into a JSON document without decoding it; `values` takes columns out of its objects; `shapes` says
in tables what the fields of a comment and of an article mean, and makes threads of them. The other modules are
readers, each a pair of `sniff(document, hint)` and `read(document, hint)` as `rumor_tui.readers` describes; the sites
whose answers are a plain list of comments share one table, `sites`.
"""
