"""The words of a go/no-go meeting as frozen values and pure functions.

Nothing here reads a file, a clock or the environment, and nothing here knows a screen: what happens in a meeting can
be tested, and read, without any of them.
"""
