"""What the twin looks like: the owner's own mouth and head, moved by the sounds of speech."""
