"""Names in a text: a trained tagger for English, rules for other languages, and how the forms of a name belong
together."""
