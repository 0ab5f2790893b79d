"""What a twin says when it could not make out what was said."""

PARDON = "Sorry, I didn't catch that. Could you say it again?"
