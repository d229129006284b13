"""The workspace at a prompt: everything but the mouse. One file a group of commands."""
