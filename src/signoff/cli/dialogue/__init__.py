"""The whole walk line by line, for screen readers and scripts: every line stands for itself, and none is painted over.

It is the walk of the screens: the same keys, the same questions, the same rules from the domain. Every edit is on the
disk before the next line is read.
"""
