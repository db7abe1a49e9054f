"""How fast the installed program is, beside the least that Textual can do. Not a test: see `__main__.py`."""
