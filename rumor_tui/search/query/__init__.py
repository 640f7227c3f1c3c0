"""The search language: parsing, operators, predicates and completion."""
