"""The rules for English."""

from persona.facts import words
from persona.facts.rule import Rule, rule
from persona.facts.tastes import subject, thing, things
from persona.facts.values import (
    age,
    given_name,
    language,
    name,
    nation,
    occupation,
    organisation,
    place,
    played,
    role,
    short,
    words_as_they_are,
)

_NUMBER = r"an?|one|two|three|four|five|six|no|\d"
_OLDER = r"(?:older|younger|elder|little|big|baby|twin|half|step|oldest|youngest|eldest|middle)"
_OFTEN = (
    r"(?=.*\b(?:every|each|daily|weekly|on (?:weekends|sundays|saturdays)|a lot|often|regularly|"
    r"for a living|marathons?|competitively|times a|twice a|once a|as a hobby)\b)"
)

PLACES: tuple[Rule, ...] = (
    rule("lives in", r"<I> live (?:in|near|just outside(?: of)?|by) <V>", place),
    rule("lives in", r"<WE_ARE> (?:living|based|settled) in <V>", place),
    rule("lives in", r"\b(?:we're|i'm) in <V>(?<=\w) now\b", place),
    rule("lives in", r"<I> (?:have )?moved (?:back )?(?:out )?to <V>", place, bold=True),
    rule("lives in", r"\b(?:i've|we've|i have|we have) moved (?:back )?to <V>", place, bold=True),
    rule("lives in", r"<WE_ARE> moving (?:back )?to <V>", place, bold=True),
    rule("lives in", r"\b(?:i've|we've|i have) (?:been living|lived) in <V>\bfor\b", place),
    rule("lives in", r"\b(?:i've|we've|i have) (?:been living|lived) in <V>\bsince\b", place),
    rule("lives in", r"\b(?:i|we) used to live in <V>", place, time="past"),
    rule("lives in", r"\b(?:i|we) lived in <V>", place, time="past"),
    rule("lives in", r"\bmy (?:home town now|new home|current city) is <V>", place),
    rule("comes from", r"<AM> (?:\w+ )?from <V>", place),
    rule("comes from", r"<ME> come from <V>", place),
    rule("comes from", r"\bmy home ?town(?: is|,) <V>", place),
    rule("comes from", r"<AM> (?:a |an )?<V>", nation),
    rule("grew up in", r"\bi (?:grew up|was raised) in <V>", place),
    rule("born in", r"\bi was born (?:and raised )?in <V>", place),
)

SELF: tuple[Rule, ...] = (
    rule("name", r"\bmy (?:full |first |real )?name(?:'s| is) <V>", given_name),
    rule("name", r"^(?:hi|hey|hello)[!,. ]+(?:i'm|i am|this is) <V>", name),
    rule("name", r"\b(?:people|friends|everyone|you can|just) calls? me <V>", name),
    rule("age", r"<AM> (?P<v>\d{1,3})(?: (?:years? old|yrs? old|yo|y/o))\b", age),
    rule("age", r"<AM> (?:turning )?(?P<v>\d{2})(?=\s*(?:$|[.,!]|and\b|but\b|now\b|lol\b))", age),
    rule(
        "age", r"\b(?:i|i've) (?:just |recently )?turned (?P<v>\d{2})\b(?! (?:in|into|on|off))", age
    ),
    rule(
        "birthday",
        r"\bmy birthday(?:'s| is|,)(?: on)? (?P<v>(?:the )?\d{1,2}(?:st|nd|rd|th)?(?: of)? "
        r"[a-z]+|[a-z]+ \d{1,2}(?:st|nd|rd|th)?|in [A-Z][a-z]+)(?=\W|$)",
        words_as_they_are,
    ),
    rule("birthday", r"\bi was born on (?P<v>[\w ,/.-]{5,20}\d)", words_as_they_are),
    rule("speaks", r"<I> (?:can )?speak (?:fluent |some )?<V>", language),
    rule("speaks", r"<AM> (?:\w+ )?fluent in <V>", language),
    rule("speaks", r"\bmy (?:first|native|mother) (?:language|tongue) is <V>", language),
    rule(
        "learns",
        r"<AM> (?:\w+ )?(?:learning|studying)(?: how)?(?: to (?:speak|play))?(?: the)? <V>",
        language,
    ),
    rule("learns", r"<AM> (?:\w+ )?learning(?: how)? to play (?:the )?<V>", played),
    rule(
        "diet",
        r"<AM> (?:an? )?(?:strict )?(?P<v>vegan|vegetarian|pescatarian|lactose "
        r"intolerant)\b(?! \w)",
        words_as_they_are,
    ),
    rule(
        "diet",
        r"<AM> (?:an? )?(?P<v>vegan|vegetarian|pescatarian)(?= (?:now|since|for|and|but|so))",
        words_as_they_are,
    ),
    rule(
        "diet",
        r"\b(?:i|we) (?:don't|do not|dont|never) eat (?P<v>meat|pork|beef|fish|dairy|gluten)<END>",
        lambda v: f"no {v}",
    ),
    rule(
        "diet",
        r"\bi (?:don't|do not|dont|never) drink(?P<v>(?: alcohol)?)<END>",
        lambda _: "no alcohol",
    ),
    rule("allergic to", r"<AM> (?:\w+ )?allergic to <V>", things),
    rule(
        "religion",
        r"<AM> (?:an? )?(?:\w+ )?(?P<v>muslim|christian|catholic|jewish|hindu|buddhist|sikh|"
        r"atheist|agnostic)<END>",
        words_as_they_are,
    ),
    rule("health", r"\bi (?:was|am|got|have been|was just) (?:\w+ )?diagnosed with <V>", short),
    rule(
        "health",
        r"\bi(?:'ve)? (?:have |got |suffer from )+(?P<v>(?:\w+ )?(?:asthma|diabetes|epilepsy|"
        r"adhd|depression|migraines|endometriosis|celiac disease|coeliac disease|ocd|ptsd|"
        r"insomnia|arthritis))\b",
        words_as_they_are,
    ),
    rule(
        "health",
        r"\bi (?:broke|fractured|sprained|tore) my (?P<v>[a-z]+(?: [a-z]+)?)\b",
        lambda v: f"injured: {v.split()[0]}",
    ),
    rule("health", r"<AM> (?P<v>pregnant|diabetic|epileptic)<END>", words_as_they_are),
)

WORK: tuple[Rule, ...] = (
    rule("works at", r"<I> work (?:at|for) <V>", organisation),
    rule("works at", r"<AM> working (?:at|for) <V>", organisation),
    rule(
        "works at",
        r"\bi(?:'ve)? (?:just |recently )?(?:started|began)(?: working| a (?:new )?job| work| "
        r"my new job)? (?:at|with) (?P<v>(?-i:[A-Z]).*)",
        organisation,
        bold=True,
    ),
    rule(
        "works at",
        r"\b(?:i|i've) (?:just |finally |recently )?got (?:the|a|my)(?: new)? job (?:at|with) <V>",
        organisation,
    ),
    rule(
        "works at",
        r"(?<!lost )(?<!quit )(?<!left )(?<!from )\bmy (?:new )?job at <V>",
        organisation,
    ),
    rule(
        "works at",
        r"\bi (?:just |finally |recently )?(?:quit|left|lost|got fired from|got laid off "
        r"from) my (?:old )?job at <V>",
        organisation,
        time="past",
    ),
    rule("works at", r"\b(?:i|we) used to work (?:at|for) <V>", organisation, time="past"),
    rule("works at", r"\bi worked (?:at|for) <V>", organisation, time="past"),
    rule("works as", r"<I> (?:work|working) as (?:an? |the )<V>", role),
    rule("works as", r"<AM> working as (?:an? |the )<V>", role),
    rule("works as", r"<AM> (?:an?|the) <V>", occupation),
    rule("works as", r"\bi (?:used to work|worked) as (?:an? |the )<V>", role, time="past"),
    rule("works as", r"\bi (?:used to be|was) an? <V>", occupation, time="past"),
    rule(
        "works in",
        r"<I> work in (?P<v>(?:[a-z]+ )?(?:marketing|finance|sales|tech|it|hr|education|"
        r"healthcare|retail|hospitality|construction|advertising|insurance|real estate|"
        r"publishing|research|logistics|film|consulting))<END>",
        words_as_they_are,
    ),
    rule(
        "studies",
        r"<AM> (?:studying|majoring in|doing a (?:degree|phd|master's|masters) in) (?!for|at|"
        r"abroad|hard|with|to|and|in\b)<V>",
        subject,
    ),
    rule(
        "studies",
        r"<ME> (?:study|major in|majored in) (?!for|at|abroad|hard|with|a lot|in\b)<V>",
        subject,
    ),
    rule("studies", r"\bmy major is <V>", subject),
    rule("studies at", r"<I> (?:study at|attend) <V>", organisation),
    rule(
        "studies at",
        r"<ME> go to (?P<v>(?-i:[A-Z]{3,5}|(?:[A-Z][\w'-]+ )+(?:University|College|School|"
        r"High)))\b",
        words_as_they_are,
    ),
    rule(
        "studies at", r"<AM> (?:studying at|a student at|(?:an? )?\w+ student at) <V>", organisation
    ),
)

PEOPLE: tuple[Rule, ...] = (
    rule(
        "family",
        rf"<I> have (?P<v>(?:{_NUMBER})(?: {_OLDER})*(?: (?:{words.FAMILY})s?)(?: and "
        rf"(?:{_NUMBER})(?: {_OLDER})*(?: (?:{words.FAMILY})s?))?)(?! \w+(?:ed|ing)\b| "
        r"who\b.*\?)",
        words_as_they_are,
    ),
    rule(
        "family",
        r"<AM> (?P<v>an only child|the (?:oldest|youngest|eldest|middle child)(?: of \w+)?)<END>",
        words_as_they_are,
    ),
    rule(
        "relationship status",
        r"<AM> (?:happily |still )?(?P<v>single|married|divorced|widowed|engaged)(?=\s*(?:$|"
        r"[.,!]|to\b|and\b|with\b|since\b|for\b|now\b|but\b))",
        words_as_they_are,
    ),
    rule(
        "relationship status",
        r"\b(?:i|we) (?:just |finally )?got (?P<v>married|engaged|divorced)\b",
        words_as_they_are,
    ),
    rule(
        "relationship status", r"(?<!late )\bmy (?:wife|husband)\b(?P<v>)", short, fixed="married"
    ),
    rule("family", r"\b(?:my|our) (?:own )?(?P<v>kids|children)\b", words_as_they_are),
    rule("partner", r"<AM> (?:married|engaged) to <V>", name),
    rule(
        "has a pet",
        rf"<I> have (?P<v>(?:{_NUMBER})(?: [a-z]+)?? (?:{words.PETS})s?)(?=\s*(?:$|[.,!]|and\b|"
        r"called|named|who\b|that\b|but\b|at home|too\b|now\b))",
        words_as_they_are,
    ),
    rule(
        "has a pet",
        r"\b(?:i|we|i've|we've)(?: have)? (?:just |recently )?(?:got|adopted) (?P<v>an?(?: "
        rf"[a-z]+)?? (?:{words.PETS}))(?=\s*(?:$|[.,!]|and\b|called|named|from\b|last\b|"
        r"yesterday|who\b))",
        words_as_they_are,
    ),
    rule(
        "has a pet",
        r"\b(?:i|we)(?P<no> (?:don't|dont|do not)) have (?:any )?pets\b(?P<v>)",
        lambda _: [""],
    ),
)

TASTES: tuple[Rule, ...] = (
    rule("likes", r"<ME> (?:love|like|enjoy|adore) <V>", things, opposite="dislikes"),
    rule(
        "likes",
        r"<AM> (?:really |super |so |very |pretty |big |huge |quite )*(?:into|passionate "
        r"about|obsessed with|fond of|an? (?:big |huge |massive |real )?(?:fan|lover) of) <V>",
        things,
        opposite="dislikes",
    ),
    rule("likes", r"\bi(?:'ve| have) always (?:loved|liked|enjoyed) <V>", thing),
    rule(
        "dislikes",
        r"\bi (?:really |absolutely |just |kinda |fucking )*(?:hate|can't stand|cant stand|"
        r"cannot stand|despise|dislike) <V>",
        thing,
    ),
    rule("hobby", r"<I> play(?: (?:some|a lot of|a bit of))?(?: the)? <V>", played),
    rule("hobby", r"\b(?:i've|i have) been playing(?: the)? <V>", played),
    rule("hobby", r"\bi started playing(?: the)?(?: acoustic| electric| classical)? <V>", played),
    rule("hobby", r"\bi used to play(?: the)? <V>", played, time="past"),
    rule(
        "hobby",
        rf"<I> (?P<v>{'|'.join(sorted(words.DONE, key=len, reverse=True))})\b{_OFTEN}",
        words_as_they_are,
    ),
    rule(
        "hobby",
        r"<I> go (?P<v>climbing|running|hiking|swimming|surfing|skiing|cycling|fishing|"
        rf"bouldering|sailing|camping|dancing)\b{_OFTEN}",
        words_as_they_are,
    ),
    rule(
        "hobby",
        r"\b(?:my|one of my) (?:main |biggest |favou?rite )?hobb(?:y|ies)(?: is| are| include|"
        r":) <V>",
        things,
    ),
    rule(
        "drives",
        r"<ME> drive (?:an? |my )(?-i:[a-z]\w* )?(?P<v>(?-i:[A-Z][\w-]+(?: [A-Z0-9][\w-]*)?))",
        place,
    ),
    rule(
        "drives",
        rf"<ME> drive (?:an? |my )(?:\w+ )?(?P<v>(?-i:{words.CARS}))(?![\w-])",
        words_as_they_are,
    ),
    rule(
        "owns",
        rf"<I> (?:own|bought) (?P<v>an? (?:[a-z]+ ){{0,2}}?(?:{words.OWNED}))\b",
        words_as_they_are,
    ),
    rule(
        "owns",
        r"\b(?:i|we|i've|we've) (?:just |recently |finally )(?:got|bought) (?P<v>an? "
        rf"(?:[a-z]+ ){{0,2}}?(?:{words.OWNED}))\b",
        words_as_they_are,
    ),
)

PLANS: tuple[Rule, ...] = (
    rule(
        "plans",
        r"<WE_ARE> (?P<v>(?:going to|gonna|flying|moving|travell?ing|visiting|heading|driving|"
        r"getting married|starting|meeting|seeing|running|hosting)\b(?! (?:be|have|try|see "
        r"if)\b).*)",
        short,
        time="plan",
    ),
    rule(
        "plans",
        r"<I> (?:have|got|have got) (?P<v>(?:an?|my) (?:[a-z']+ )?(?:exam|interview|flight|"
        r"appointment|wedding|recital|concert|trip|race|marathon|surgery|presentation|"
        r"vacation|holiday)\b.*)",
        short,
        time="plan",
    ),
    rule(
        "plans",
        r"\b(?P<v>my (?:[a-z']+ )?(?:exam|interview|flight|wedding|graduation|recital|surgery|"
        r"race|marathon|vacation)) (?:is|starts)\b.*",
        words_as_they_are,
        time="plan",
    ),
)

ENGLISH: tuple[Rule, ...] = (*PLACES, *SELF, *WORK, *PEOPLE, *TASTES, *PLANS)
