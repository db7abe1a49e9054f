"""From bytes to signatures and back. Nothing here knows a session, a screen or a checklist.

Import the module that is needed: checking a report must not pay for, nor touch, what only signing needs.
"""
