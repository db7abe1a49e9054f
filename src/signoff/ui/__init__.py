"""The screens. One object owns the open session; screens show it, widgets are bound to it and send messages up."""
