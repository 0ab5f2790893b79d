"""The live conversation's way to the browser."""
