"""The mood of what is said, by its words: enough for a smile, no more."""

import re

_GLAD = frozenset(
    """glad happy happily lovely love loved loves great wonderful delighted pleasure fun funny laugh
    laughed haha congratulations welcome thanks thank enjoy enjoyed beautiful brilliant nice good
    hello hi smile proud yay favourite favorite best
    froh glücklich schön liebe toll wunderbar danke spaß lustig herzlich super
    feliz encantado gracias bonito divertido maravilloso alegre genial
    heureux heureuse merci beau belle drôle ravi ravie super bonjour""".split()
)
_GRAVE = frozenset(
    """sad sadly sorry died dead death lost loss miss missed ill sick illness pain hurt afraid fear
    terrible awful unfortunately regret grief funeral cancer war cry cried lonely worried alone
    traurig leider gestorben tot verloren krank schmerz angst schlimm bedauere
    triste murió muerte perdí enfermo dolor miedo lástima
    malheureusement mort perdu malade douleur peur désolé désolée""".split()
)
_GLAD_SIGNS, _GRAVE_SIGNS = "😀😃😄😁😊🙂😍🥰😂🤣❤🎉☺", "😢😭☹🙁😞😔💔"
_NOT = frozenset(
    "not no never hardly isn't wasn't don't didn't nicht kein keine nie no ne pas".split()
)
_FULL = 2.0
"""Words of a mood that make it whole."""


def mood_of(text: str) -> float:
    """Return the mood of a text from -1 (grave) to 1 (glad); 0 for most."""
    words = re.findall(r"[\w'’]+", text.casefold().replace("’", "'"))
    score = 0.0
    for number, word in enumerate(words):
        worth = (word in _GLAD) - (word in _GRAVE)
        denied = worth > 0 and not _NOT.isdisjoint(words[max(0, number - 2) : number])
        score += -0.5 * worth if denied else worth
    score += sum(text.count(sign) for sign in _GLAD_SIGNS)
    score -= sum(text.count(sign) for sign in _GRAVE_SIGNS)
    return max(-1.0, min(1.0, score / _FULL))
