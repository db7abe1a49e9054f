"""Screens and the questions they ask."""
