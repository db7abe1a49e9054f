"""Widgets: each shows one thing, is bound to what it shows, and knows no screen."""
