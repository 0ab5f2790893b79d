"""What is read aloud while recording: every sound of English, in several moods."""

from typing import NamedTuple


class Passage(NamedTuple):
    """A few sentences and the mood they are read in."""

    mood: str
    text: str


SCRIPT = (
    Passage(
        "As you would tell a friend",
        "I usually wake before the sun and take a walk along the water. The air is cool, the"
        " birds are loud, and nobody asks me for anything. On the way home I buy bread, two brown"
        " eggs and a jar of thick honey.",
    ),
    Passage(
        "Happy",
        "Oh, that's wonderful! I thought you would never make it. Come in, come in! There's enough"
        " food here for a whole choir, and Joy has baked her famous orange cake.",
    ),
    Passage(
        "Cross",
        "No. I told you twice, and you couldn't even bother to listen. You took my good shoes, you"
        " broke the beige vase, and then you walked off. That is not how we do things.",
    ),
    Passage(
        "Asking",
        "Which bus should I catch, and how far is it? Did you hear about their voyage? If you had"
        " to choose, would it be the beach or the mountains?",
    ),
    Passage(
        "Whispering",
        "Quietly now, the child is asleep. Leave the cup beside the bed and shut the door.",
    ),
)
"""Read at an easy pace it takes about a minute."""
