"""What it takes to let a provider make the voice, in words for the command line and the page."""

from persona.voice.clone_desk import Preview
from persona.voice.voices import HOSTED


def told(preview: Preview) -> list[str]:
    """Return what it takes to let a provider make the voice, in lines for the user."""
    account, there = preview.account, HOSTED[preview.provider]
    return [
        f"{preview.seconds:.0f} s of the sample ({preview.megabytes} MB) go to {there},"
        f" where the voice will be called {preview.name!r}.",
        f"You agreed on {preview.consent.given_at:%-d %B %Y}: {preview.consent.statement}",
        preview.price,
        f"The account: plan {account.plan!r}, {account.characters_left:,} characters and"
        f" {account.voices_left} voices left.",
        f"Sent there this month: {preview.spent:,} of at most {preview.budget:,} characters.",
        *(["The voice made there before is deleted."] if preview.replaces else []),
        *(f"{line}." for line in preview.advice),
    ]
