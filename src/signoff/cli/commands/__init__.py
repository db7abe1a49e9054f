"""The commands, one module each, imported when one is run."""
