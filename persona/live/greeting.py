"""What a twin says when somebody comes."""


def greeting(owner: str) -> str:
    """Return a greeting that says at once what it is."""
    return f"Hi! I'm the AI twin of {owner}. What would you like to talk about?"
