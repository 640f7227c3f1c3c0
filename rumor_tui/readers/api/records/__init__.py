"""Any JSON value with people's texts: records that have a text with an author or a date, at any depth.

`items` cuts a value into its objects in lists; `names` says what fields are called; `roles` chooses, by names and by
values, which field is the text, the author, the date of alike objects; `find` gathers the records and what contains
them; `links` finds out what each answers; `people` resolves identifiers of authors; `rich_text` joins texts in pieces;
`bodies` puts texts in one format; `platforms` are the exceptions, as data;
`article` says what the records are about, and `build` makes the thread or the listing.
"""
