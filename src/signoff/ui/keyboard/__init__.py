"""Every key that the program knows, each declared once. It knows no Textual, so that a command can check settings."""
