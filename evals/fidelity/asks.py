"""Ways to ask for the things that are said of people, under the names of `memory.attributes`."""

ASKS: dict[str, tuple[str, ...]] = {
    "lives in": (
        "where do you live?",
        "which city do you live in?",
        "where are you based these days?",
        "where's home for you now?",
        "where are you living at the moment?",
    ),
    "works as": (
        "what do you do for a living?",
        "what's your job?",
        "what do you work as?",
        "what's your profession?",
        "what is your occupation these days?",
    ),
    "works at": (
        "where do you work?",
        "who do you work for?",
        "which company do you work for?",
        "who's your employer?",
        "where do you work these days?",
    ),
    "studies": (
        "what do you study?",
        "what did you study?",
        "what was your degree in?",
        "what's your major?",
        "which subject did you study?",
    ),
    "studies at": (
        "where do you study?",
        "which university do you go to?",
        "what school do you go to?",
        "which college are you at?",
        "where did you study?",
    ),
    "grew up in": (
        "where did you grow up?",
        "where did you spend your childhood?",
        "where in the world did you grow up?",
        "what place did you grow up in, where was it?",
        "where was your childhood home?",
    ),
    "comes from": (
        "where are you from?",
        "where do you come from?",
        "what's your hometown?",
        "where are you from originally?",
        "which country are you from?",
    ),
    "born in": (
        "where were you born?",
        "what's your birthplace?",
        "where exactly were you born?",
        "in which place were you born, where?",
        "do you know where you were born?",
    ),
    "birthday": (
        "when's your birthday?",
        "when were you born?",
        "what's your date of birth?",
        "what day is your birthday?",
        "which day is your birthday on?",
    ),
    "partner": (
        "who is your partner?",
        "what's your partner called?",
        "do you have a boyfriend or girlfriend, who is it? your partner i mean",
        "tell me about your partner?",
        "what is the name of your partner?",
    ),
    "relationship status": (
        "are you seeing anyone?",
        "are you single?",
        "are you married?",
        "what's your relationship status?",
        "are you dating someone?",
    ),
    "has a pet": (
        "do you have a pet?",
        "have you got any pets?",
        "what pet do you have?",
        "tell me about your pets?",
        "do you keep a dog or a cat?",
    ),
    "hobby": (
        "what are your hobbies?",
        "what do you do in your free time?",
        "what do you do for fun?",
        "how do you spend your spare time?",
        "what's a hobby of yours?",
    ),
    "speaks": (
        "which languages do you speak?",
        "what languages do you speak?",
        "how many languages do you speak, which ones?",
        "what do you speak, which language?",
        "what language do you speak at home?",
    ),
    "diet": (
        "are you vegetarian?",
        "do you eat meat?",
        "what's your diet like?",
        "are you vegan or vegetarian?",
        "is there anything in your diet that you don't eat?",
    ),
    "drives": (
        "what do you drive?",
        "what's your car?",
        "what car do you drive?",
        "what car have you got, what do you drive?",
        "which car do you drive?",
    ),
}
"""Five wordings each."""

_FAVOURITE = (
    "what's your favourite {thing}?",
    "which {thing} is your favourite {thing}?",
    "do you have a favourite {thing}?",
    "what is your favourite {thing} of all?",
    "your favourite {thing}, what is it?",
)

WRAPPINGS = (
    "{question}",
    "hey, {question}",
    "just curious, {question}",
    "sorry if you told me already, but {question}",
    "quick one: {question}",
)
"""What people put around a question without changing it."""


def ways_to_ask(attribute: str) -> tuple[str, ...]:
    """Return five ways to ask for an attribute; none where the list has none."""
    if attribute.startswith("favourite "):
        thing = attribute.removeprefix("favourite ")
        return tuple(way.format(thing=thing) for way in _FAVOURITE)
    return ASKS.get(attribute, ())


def wrapped(question: str) -> tuple[str, ...]:
    """Return a question in five wrappings that mean the same."""
    return tuple(wrapping.format(question=question) for wrapping in WRAPPINGS)
