"""Files: sessions, checklists and settings as TOML, what is kept beside them, and where they live.

Reading is done by tomllib and by own readers that name the line of a fault; edits are made by tomlkit, so that the
comments, the order and the unknown keys of whoever edits by hand survive. tomlkit is imported when the first edit is
saved and not before.
"""
