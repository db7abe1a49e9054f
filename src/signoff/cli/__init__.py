"""The command line: thin commands over the workflows. The screens are imported only when one is shown."""
