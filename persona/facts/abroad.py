"""A few sure rules each for Spanish, Portuguese, French, German and Italian."""

from persona.facts.rule import Rule, rule
from persona.facts.tastes import thing
from persona.facts.values import age, name, organisation, place, role

_WORKS_ES = r"\b(?P<no>ya no |no )?trabajo"

SPANISH: tuple[Rule, ...] = (
    rule("name", r"\b(?:me llamo|mi nombre es) <V>", name),
    rule("lives in", r"\b(?P<no>ya no |no )?(?:vivo|vivimos) en <V>", place),
    rule("lives in", r"\b(?:me mudé|nos mudamos|me he mudado) a <V>", place),
    rule("comes from", r"\b(?P<no>no )?soy de <V>", place),
    rule("born in", r"\bnací en <V>", place),
    rule("age", r"\btengo (?P<v>\d{1,3}) años", age),
    rule("works at", rf"{_WORKS_ES} (?:en|para) <V>", organisation),
    rule("works as", rf"{_WORKS_ES} (?:como|de) <V>", role),
    rule(
        "likes",
        r"\b(?P<no>no )?me (?:gustan?|encantan?)(?: mucho)? (?:el |la |los |las )?<V>",
        thing,
        opposite="dislikes",
    ),
    rule("allergic to", r"\bsoy alérgic[oa] (?:a los |a las |a la |al |a )<V>", thing),
    rule("diet", r"\bsoy (?P<v>vegan[oa]|vegetarian[oa])\b", thing),
    rule(
        "speaks",
        r"\bhablo (?P<v>español|inglés|francés|portugués|alemán|italiano|catalán)\b",
        thing,
    ),
)

PORTUGUESE: tuple[Rule, ...] = (
    rule("name", r"\b(?:(?:eu )?me chamo|chamo-me|(?:o )?meu nome é) <V>", name),
    rule("lives in", r"\b(?P<no>já não |não )?(?:moro|moramos|vivemos) (?:em|no|na) <V>", place),
    rule(
        "lives in",
        r"\b(?:me mudei|mudei-me|mudei|nos mudamos) (?:para o |para a |para |pra )<V>",
        place,
    ),
    rule("comes from", r"\b(?P<no>não )?sou (?:de|do|da) <V>", place),
    rule("born in", r"\bnasci (?:em|no|na) <V>", place),
    rule("age", r"\btenho (?P<v>\d{1,3}) anos", age),
    rule(
        "works at",
        r"\b(?P<no>já não |não )?trabalho (?:na|no|em|para a|para o|pra) <V>",
        organisation,
    ),
    rule("works as", r"\b(?P<no>já não |não )?trabalho como <V>", role),
    rule(
        "likes",
        r"\b(?P<no>não )?(?:(?:eu )?gosto|gosto muito) (?:muito )?d[eoa]s? <V>",
        thing,
        opposite="dislikes",
    ),
    rule("likes", r"\beu adoro <V>", thing),
    rule("allergic to", r"\bsou alérgic[oa] (?:ao |à |aos |às |a )<V>", thing),
    rule("diet", r"\bsou (?P<v>vegan[oa]|vegetarian[oa])\b", thing),
    rule("speaks", r"\bfalo (?P<v>português|inglês|francês|espanhol|alemão|italiano)\b", thing),
)

FRENCH: tuple[Rule, ...] = (
    rule("name", r"\b(?:je m'appelle|mon prénom c'est) <V>", name),
    rule("lives in", r"\b(?:j'habite|on habite|je vis) (?:à|en|au) <V>", place),
    rule("lives in", r"\b(?:j'ai déménagé|on a déménagé) (?:à|en|au) <V>", place),
    rule("comes from", r"\bje viens (?:de |du |d')<V>", place),
    rule("born in", r"\bje suis née? (?:à|en|au) <V>", place),
    rule("age", r"\bj'ai (?P<v>\d{1,3}) ans\b", age),
    rule("works at", r"\bje (?P<no>ne )?travaille (?:plus )?(?:chez|pour) <V>", organisation),
    rule("works as", r"\bje travaille comme <V>", role),
    rule("likes", r"\bj'(?:aime|adore)(?: bien| beaucoup)? (?:le |la |les |l')?<V>", thing),
    rule("dislikes", r"\bje (?:déteste|n'aime pas) (?:le |la |les |l')?<V>", thing),
    rule("allergic to", r"\bje suis allergique (?:aux |au |à la |à l'|à )<V>", thing),
    rule("diet", r"\bje suis (?P<v>végane?|végétarien(?:ne)?)\b", thing),
    rule(
        "speaks", r"\bje parle (?P<v>français|anglais|espagnol|allemand|italien|portugais)\b", thing
    ),
)

GERMAN: tuple[Rule, ...] = (
    rule("name", r"\b(?:ich heiße|ich heisse|mein name ist) <V>", name),
    rule(
        "lives in",
        r"\b(?:ich wohne|wir wohnen|ich lebe)(?: jetzt)?(?P<no> nicht mehr)? in <V>",
        place,
    ),
    rule("lives in", r"\b(?:ich bin|wir sind) nach (?P<v>[A-ZÄÖÜ][\wäöüß-]+) gezogen", place),
    rule("comes from", r"\bich komme aus <V>", place),
    rule("born in", r"\bich (?:bin|wurde) in (?P<v>[A-ZÄÖÜ][\wäöüß-]+) geboren", place),
    rule("age", r"\bich bin (?P<v>\d{1,3})(?: jahre alt)?(?=\s*(?:$|[.,!]|jahre|und\b))", age),
    rule("works at", r"\bich arbeite(?: jetzt)?(?P<no> nicht mehr)? bei <V>", organisation),
    rule("works as", r"\bich arbeite(?: jetzt)? als <V>", role),
    rule(
        "likes",
        r"\bich (?:mag|liebe) (?P<no>(?:kein|keine|keinen) )?<V>",
        thing,
        opposite="dislikes",
    ),
    rule("dislikes", r"\bich hasse <V>", thing),
    rule("allergic to", r"\bich bin (?:gegen|auf) (?P<v>[\wäöüß]+) allergisch", thing),
    rule("allergic to", r"\bich bin allergisch (?:gegen|auf) <V>", thing),
    rule("diet", r"\bich bin (?P<v>Veganer(?:in)?|Vegetarier(?:in)?|vegan|vegetarisch)\b", thing),
    rule(
        "speaks", r"\bich spreche (?P<v>Deutsch|Englisch|Französisch|Spanisch|Italienisch)\b", thing
    ),
)

ITALIAN: tuple[Rule, ...] = (
    rule("name", r"\bmi chiamo <V>", name),
    rule("lives in", r"\b(?P<no>non )?(?:abito|abitiamo|vivo)(?: più)? (?:a|in) <V>", place),
    rule("lives in", r"\b(?:mi sono trasferit[oa]|ci siamo trasferiti) a <V>", place),
    rule("comes from", r"\b(?:vengo da|sono di) <V>", place),
    rule("born in", r"\bsono nat[oa] a <V>", place),
    rule("age", r"\bho (?P<v>\d{1,3}) anni", age),
    rule("works at", r"\b(?P<no>non )?lavoro(?: più)? (?:per|alla|da|presso) <V>", organisation),
    rule("works as", r"\blavoro come <V>", role),
    rule(
        "likes",
        r"\b(?P<no>non )?mi pia(?:ce|cciono)(?: molto)? (?:il |la |lo |i |le |gli |l')?<V>",
        thing,
        opposite="dislikes",
    ),
    rule("allergic to", r"\bsono allergic[oa] (?:ai |alle |alla |al |a )<V>", thing),
    rule("diet", r"\bsono (?P<v>vegan[oa]|vegetarian[oa])\b", thing),
    rule("speaks", r"\bparlo (?P<v>italiano|inglese|francese|spagnolo|tedesco)\b", thing),
)

ABROAD: tuple[Rule, ...] = (*SPANISH, *PORTUGUESE, *FRENCH, *GERMAN, *ITALIAN)
