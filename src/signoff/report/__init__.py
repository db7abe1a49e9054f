"""From a session to its report: the Markdown that people read and the data block that machines read.

A pure function of what it is given, so that the same revision always makes the same bytes. Whatever a user typed is
text in it and nothing else: it starts no line, opens no markup and hides no character.
"""
