"""Closed lists that make a rule sure: what can be played, spoken, worked as, kept as a pet."""


def _set(words: str) -> frozenset[str]:
    """Return the words of a text that is divided by commas."""
    return frozenset(word.strip() for word in words.split(",") if word.strip())


COMMON = frozenset(
    (
        "i you he she it we they me him her us them my your his its our their this that these "
        "those a an the and or but so if then when while as than of to in on at by for with from "
        "about into out up down off over under again here there where why how what who which all "
        "any both each few more most other some such no not only own same too very can will just "
        "should now is am are was were be been being have has had do does did would could might "
        "must get got go going gone went come came make made take took see saw know think want "
        "like love good bad new old big small great nice little long high different right wrong "
        "next last first one two three day days week year years time times way thing things man "
        "people life home house place work school town city area country world room part lot lots "
        "kind sort stuff something anything everything nothing someone everyone everybody person "
        "back even still also well really pretty much many always never ever once today tomorrow "
        "yesterday tonight yeah yes ok okay oh hey hi lol haha maybe sure fine true fun cool "
        "happy sad fear peace chaos denial hope hell heaven vain general fact fiction person bed "
        "front case charge need trouble love class line touch between public private downtown "
        "campus college dorms dorm apartment student office bits pain tears awe shock hiding sync "
        "wanted asked said told loves likes called bought gave wants says just goes lives works "
        "isolation constant between reality abroad nearby outside inside harmony order progress"
    ).split()
)
"""Words that are no place, name or firm when written small."""

CALENDAR = _set(
    "monday, tuesday, wednesday, thursday, friday, saturday, sunday, january, february, march, "
    "april, may, june, july, august, september, october, november, december, christmas, easter, "
    "thanksgiving, ramadan, eid, halloween"
)

NO_NAMES = COMMON | CALENDAR | _set("god, lord, i'm, i've, i'll, i'd, mr, mrs, dr, also, because")

NATIONS = _set(
    "american, british, english, scottish, irish, welsh, canadian, australian, mexican, brazilian, "
    "portuguese, spanish, french, german, italian, dutch, belgian, swiss, austrian, swedish, "
    "norwegian, danish, finnish, icelandic, polish, czech, hungarian, romanian, bulgarian, greek, "
    "turkish, russian, ukrainian, chinese, japanese, korean, vietnamese, thai, filipino, "
    "filipina, indonesian, malaysian, indian, pakistani, bangladeshi, bengali, nepali, "
    "sri lankan, iranian, persian, iraqi, syrian, lebanese, egyptian, moroccan, algerian, "
    "tunisian, nigerian, ghanaian, kenyan, ethiopian, south african, colombian, peruvian, "
    "chilean, argentinian, venezuelan, cuban, puerto rican, dominican, taiwanese, singaporean, "
    "israeli, saudi"
)

LANGUAGES = _set(
    "english, spanish, portuguese, french, german, italian, dutch, swedish, norwegian, danish, "
    "finnish, icelandic, polish, czech, slovak, hungarian, romanian, bulgarian, greek, turkish, "
    "russian, ukrainian, serbian, croatian, arabic, hebrew, persian, farsi, hindi, urdu, bengali, "
    "bangla, punjabi, gujarati, tamil, telugu, marathi, nepali, mandarin, cantonese, chinese, "
    "japanese, korean, vietnamese, thai, tagalog, filipino, indonesian, malay, swahili, yoruba, "
    "amharic, zulu, welsh, irish, gaelic, catalan, basque, galician, latin, esperanto, asl, "
    "sign language, español, inglés, inglês, português, francés, francês, anglais, espagnol, "
    "allemand, englisch, spanisch, französisch, deutsch, inglese, spagnolo, francese, tedesco"
)

INSTRUMENTS = _set(
    "guitar, piano, drums, bass, violin, viola, cello, flute, clarinet, saxophone, sax, trumpet, "
    "trombone, ukulele, harp, banjo, keyboard, keyboards, accordion, harmonica, tabla, sitar, "
    "oboe, bass guitar, the organ"
)

PLAYED = INSTRUMENTS | _set(
    "football, soccer, basketball, baseball, volleyball, tennis, table tennis, ping pong, "
    "badminton, squash, padel, rugby, cricket, hockey, ice hockey, field hockey, golf, softball, "
    "handball, lacrosse, water polo, ultimate, ultimate frisbee, frisbee, pickleball, pool, darts, "
    "chess, poker, dnd, d&d, dungeons and dragons, minecraft, fortnite, valorant, overwatch, "
    "league of legends, dota, dota 2, cs:go, csgo, counter-strike, call of duty, cod, fifa, "
    "board games, video games, videogames, card games, computer games, roblox, apex legends, "
    "world of warcraft, wow, magic the gathering, smash bros, rocket league"
)

DONE = _set(
    "climb, boulder, run, jog, swim, surf, ski, snowboard, skate, skateboard, cycle, hike, paint, "
    "draw, sing, dance, knit, crochet, sew, bake, garden, fish, hunt, box, row, sail, kayak, "
    "meditate, scuba dive, dive, lift, lift weights, work out, journal, blog, write poetry, "
    "do yoga, do pilates, do karate, do judo, do ceramics, do pottery, do crossfit"
)

OCCUPATIONS = _set(
    "nurse, doctor, physician, surgeon, dentist, vet, veterinarian, pharmacist, paramedic, "
    "therapist, psychologist, psychiatrist, counselor, counsellor, social worker, teacher, "
    "professor, lecturer, tutor, librarian, engineer, developer, programmer, designer, architect, "
    "electrician, plumber, carpenter, mechanic, welder, builder, farmer, gardener, chef, cook, "
    "baker, barista, bartender, waiter, waitress, server, cashier, accountant, auditor, banker, "
    "analyst, economist, consultant, manager, lawyer, attorney, paralegal, judge, journalist, "
    "reporter, editor, writer, author, translator, interpreter, photographer, filmmaker, actor, "
    "actress, musician, singer, dancer, artist, painter, illustrator, animator, pilot, "
    "flight attendant, driver, courier, firefighter, police officer, soldier, scientist, "
    "researcher, biologist, chemist, physicist, mathematician, statistician, data scientist, "
    "salesman, saleswoman, realtor, hairdresser, barber, tailor, secretary, receptionist, "
    "student, freelancer, entrepreneur, software engineer, postdoc, phd student, intern, midwife, "
    "physiotherapist, nanny, coach, personal trainer, youtuber, streamer, model, retiree"
)

PETS = (
    "dog|puppy|pup|cat|kitten|parrot|hamster|rabbit|bunny|turtle|tortoise|horse|goldfish|snake|"
    "lizard|gecko|guinea pig|budgie|canary|ferret|parakeet|hedgehog|iguana|chicken|pony"
)

OWNED = (
    "house|flat|apartment|condo|cottage|cabin|car|van|truck|motorcycle|motorbike|bike|bicycle|"
    "scooter|boat|kayak|surfboard|telescope|drone|piano|guitar|violin|cello|camera|caravan|camper|"
    "farm|vineyard|restaurant|bakery|cafe|café|bookshop|shop|business|company"
)

WORKPLACES = (
    "bank|school|hospital|startup|start-up|restaurant|cafe|café|coffee shop|bakery|library|museum|"
    "university|college|lab|clinic|pharmacy|law firm|firm|factory|farm|hotel|bookshop|bookstore|"
    "gym|studio|nonprofit|non-profit|ngo|charity|supermarket|warehouse|daycare|kindergarten|"
    "nursing home|shelter|company|consultancy|agency|newspaper|theater|theatre|zoo|garage"
)

FAMILY = (
    "sister|brother|sibling|kid|child|children|son|daughter|twin|twin brother|twin sister|"
    "stepbrother|stepsister|half brother|half sister|niece|nephew|grandchild|grandkid|grandson|"
    "granddaughter|cousin"
)

_KIN_WORDS = {
    "sister": "sister sis hermana irmã sœur soeur schwester sorella",
    "brother": "brother bro hermano irmão frère bruder fratello",
    "son": "son hijo filho fils sohn figlio",
    "daughter": "daughter hija filha fille tochter figlia",
    "mother": "mother mom mum mamá madre mãe maman mutter mamma",
    "father": "father dad papá padre pai papa vater papà",
    "partner": "wife husband partner girlfriend boyfriend fiancé fiancée fiance novia novio esposa "
    "esposo marido mujer namorada namorado copine copain femme mari freundin freund frau mann "
    "moglie marito fidanzata fidanzato",
    "friend": "friend bestie amiga amigo",
}

KIN = {word: attribute for attribute, row in _KIN_WORDS.items() for word in row.split()}
"""Words for one's people, each with the attribute it belongs to."""
CARS = (
    "alfa romeo|aston martin|audi|bentley|bmw|byd|cadillac|chevrolet|chevy|chrysler|citro[eë]n|"
    "cupra|dacia|daewoo|daihatsu|dodge|ferrari|fiat|ford|genesis|gmc|honda|hyundai|infiniti|isuzu|"
    "jaguar|jeep|kia|lada|lamborghini|lancia|land rover|lexus|lincoln|lotus|maserati|mazda|"
    "mercedes|mg|mini(?! (?:van|bus|cab|truck))|mitsubishi|nissan|opel|peugeot|polestar|porsche|"
    "ram|range rover|renault|rivian|rolls[ -]royce|rover|saab|seat|[sš]koda|subaru|suzuki|tata|"
    "tesla|toyota|trabant|vauxhall|volkswagen|volvo|vw"
)
"""Makes of cars as many write them, without a capital; but none of `a smart little car`."""
