"""The screens: what has the whole terminal."""
