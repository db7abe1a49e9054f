"""What takes more than one room: making a session, exporting, signing and verifying a report.

The screens and the command line both come here, so that neither does it in a way of its own.
"""
