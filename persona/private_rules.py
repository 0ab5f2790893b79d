"""The shapes that private data takes, and the sums that tell the real from the look-alike."""

import re

# A word of context within the same message turns a bare row of digits into a phone number.
PHONE_CONTEXT = re.compile(
    r"\b(?:call|ring|text|phone|cell|mobile|whats\s?app|tel|telephone|number|num|reach me|contact|"
    r"sms|signal|teléfono|móvil|celular|telefone|telemóvel|téléphone|portable|numéro|handy|"
    r"telefon|nummer|telefono|cellulare|numero|número)\b",
    re.I,
)
PHONE = re.compile(r"(?<![\w.,:/#@-])(?:\+|00)?\(?\d[\d\s().\-/]{4,19}\d(?![\w%€$£]|[.,:]\d)")
NOT_PHONE = re.compile(
    r"^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|(?:19|20)\d\d\s?-\s?\d{2,4}|"
    r"\d{1,3}(?:[., ]000)+|\d{1,2}\s?-\s?\d{1,2})$"
)

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?![\w-])", re.I)
CARD = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")

_NAME = r"[A-ZÀ-Ý][\w'’-]+"
_SURE_STREET = "Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Boulevard|Blvd|Crescent|Terrace"
_MAYBE_STREET = "Drive|Dr|Court|Ct|Place|Pl|Way|Close|Square|Row|Gardens|Hill"
_AFTER_STREET = (
    "Rua|Avenida|Av\\.|Travessa|Calle|C/|Paseo|Plaza|Via|Viale|Corso|Piazza|[Rr]ue|[Bb]oulevard"
)
_SMALL = "de|da|do|das|del|della|la|las|los|dos|des|du"
ADDRESSES = (
    re.compile(
        rf"\b\d{{1,5}}[A-Za-z]?,? (?:[NSEW]\.? )?(?:{_NAME} |\d+(?:st|nd|rd|th) ){{1,3}}"
        rf"(?:{_SURE_STREET}|{_MAYBE_STREET})\b"
    ),
    re.compile(rf"\b\d{{1,5}}[a-z]? (?:[a-z]+ ){{1,2}}(?:{_SURE_STREET.lower()})\b(?! \d)"),
    re.compile(rf"\b(?:{_AFTER_STREET}) (?:(?:{_SMALL}|{_NAME}) ?)+,? ?(?:n[ºo°.]+ ?)?\d{{1,4}}\b"),
    re.compile(
        r"\b\d{1,4}(?: bis)?,? (?:rue|avenue|boulevard|quai|impasse) "
        rf"(?:(?:de|du|des|la|les) |d'|l')*{_NAME}"
    ),
    re.compile(
        r"\b[A-ZÄÖÜ][\wäöüß-]+(?:straße|strasse|str\.|weg|gasse|platz|allee|laan|straat) "
        r"\d{1,4}[a-z]?\b"
    ),
    re.compile(r"\b(?:flat|apartment|apt|unit) (?:no\.? ?)?#?\d{1,4}[a-z]?\b(?=,|$|\.)", re.I),
)
NOT_STREET = re.compile(
    r"\b(?:years?|days?|hours?|minutes?|miles?|people|down|the|on|in|this|that|my|other|long|of)\b",
    re.I,
)

_DIGITS = r"[\d*#][\d*# -]{1,10}[\d*#]"
CODES = (
    re.compile(
        rf"\b(?:pin|cvv|cvc|otp|code|door ?code|gate ?code|alarm|lock ?box|combination|passcode|"
        rf"código|codigo|clave|codice|türcode|digicode)\b(?:\s+(?:\w+\s+){{0,4}})?"
        rf"(?:is|:|=|es|é|est|ist|was|'s)?\s*(?P<v>{_DIGITS})",
        re.I,
    ),
)
CODE_FALSE_FRIENDS = re.compile(
    r"\b(?:zip|postal|post|area|dress|promo|discount|error|country|qr|source)\s*$", re.I
)

PASSWORDS = (
    re.compile(
        r"\b(?:pass(?:word|wort|phrase)|pwd|contraseña|senha|mot de passe|parola d'ordine)\b"
        r"(?P<gap>(?:\s+(?:for|of|to|del|da|do|du|für)(?:\s+\w+){1,3}?)?\s*"
        r"(?:is|:|=|es|é|est|ist|was|è)\s*)[\"'“‘]?(?P<v>[^\s\"'”’]{4,})",
        re.I,
    ),
)
_PLAIN_WORDS = (
    "wrong incorrect correct right invalid required same different changed secret safe unsafe "
    "weak strong always never just really very that this what only still gone lost stolen your "
    "mine something anything nothing everything protected saved stored hashed easy hard long "
    "short falsch richtig incorrecta correcta errada faux fausse"
)
NOT_A_PASSWORD = frozenset(_PLAIN_WORDS.split())

_ID_WORDS = (
    r"passport|social security|ssn|national id|id (?:card|number)|driver'?s? licen[cs]e|"
    r"driving licen[cs]e|pasaporte|dni|nie|cpf|nif|cédula|passeport|reisepass|personalausweis|"
    r"steuer-?id|codice fiscale|insurance number|ni number|nhs number|passaporte|carta d'identità"
)
ID_BY_CONTEXT = re.compile(
    rf"\b(?:{_ID_WORDS})\b"
    r"(?:\s*(?:number|no\.?|nummer|número|numéro|numero|is|:|#|es|é|est|ist|nr\.?))*"
    r"\s*(?P<v>(?=[\w .-]*\d{3})[A-Z0-9](?:[A-Z0-9]|[ .-](?=[A-Z0-9])){5,17})\b",
    re.I,
)
SSN = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")
DNI = re.compile(r"\b(?P<digits>[XYZ]?\d{7,8})-?(?P<letter>[A-Z])\b")
CPF = re.compile(r"(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)")
CODICE_FISCALE = re.compile(r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b")
NINO = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")

_ILLNESS = (
    r"cancer|tumou?r|leuk[ae]+mia|lymphoma|diabet(?:es|ic)|asthma|epilep(?:sy|tic)|hiv|aids|"
    r"hepatitis|lupus|arthritis|parkinson'?s|alzheimer'?s|dementia|multiple sclerosis|crohn'?s|"
    r"coeliac|celiac|endometriosis|pcos|ibs|hypertension|high blood pressure|thyroid|migraines?|"
    r"an[a]?emia|stroke|heart (?:attack|condition|disease|failure)|kidney (?:stones?|disease)|"
    r"depress(?:ion|ed)|bipolar|schizophreni[ac]|ptsd|ocd|adhd|autis(?:m|tic)|anorexia|bulimia|"
    r"eating disorder|panic attacks?|anxiety(?: disorder| attacks?)?|addiction|alcoholi(?:sm|c)|"
    r"miscarriage|pregnan(?:t|cy)|abortion|ivf|chemo(?:therapy)?|covid|pneumonia|herniated dis[ck]|"
    r"insomnia|concussion|diabète|cáncer|câncer|krebs|cancro|embarazada|grávida|enceinte|"
    r"schwanger|incinta|depresión|depressão|dépression|depressionen"
)
_MEDICINE = (
    r"insulin|antidepressants?|ssris?|prozac|zoloft|lexapro|xanax|valium|lithium|ritalin|adderall|"
    r"metformin|statins?|blood thinners?|chemo|methadone|steroids|antibiotics|beta blockers?"
)
_HAS = (
    r"have|has|had|got|am|is|was|been|being|are|suffer(?:s|ed)? from|struggl(?:e|es|ed|ing) with|"
    r"diagnosed with|fighting|battling|survived|living with|battle with|caught"
)
_WHO = r"(?:i|we|she|he|i've|i'm|im|my \w+)(?:'ve|'m|'s)?\s+(?:\w+\s+)?"
_HAS_ABROAD = r"tengo|tenho|j'ai|ich habe|ho|estoy|estou|je suis|ich bin|sono"
HEALTH = (
    re.compile(rf"\b{_WHO}(?:{_HAS})\s+(?:\w+\s+){{0,3}}?(?P<v>{_ILLNESS})\b", re.I),
    re.compile(rf"\b(?:i'm|im|she's|he's)\s+(?:\w+\s+){{0,2}}?(?P<v>{_ILLNESS})\b", re.I),
    re.compile(rf"\bmy\s+(?:\w+\s+)?(?P<v>{_ILLNESS})\b", re.I),
    re.compile(r"\bdiagnosed (?:\w+ ){0,2}with\s+(?P<v>(?:\w+\s+){0,2}\w+)", re.I),
    re.compile(
        rf"\b{_WHO}(?:take|takes|taking|on|prescribed|need)\s+(?:\w+\s+)?(?P<v>{_MEDICINE})\b",
        re.I,
    ),
    re.compile(rf"\b(?:{_HAS_ABROAD})\s+(?:\w+\s+)?(?P<v>{_ILLNESS})\b", re.I),
)
NOT_HEALTH = re.compile(
    r"\b(?:not|n't|never|no|joke|like|as if|would|could|if|giving|gave|gives|game|test|fundrais\w*|"
    r"research|awareness|heart of)\b",
    re.I,
)


_AMOUNT = (
    r"(?:[$€£¥]\s?\d[\d.,']*(?:\s?(?:k|m|mil|million|thousand)\b)?|"
    r"\d[\d.,']*\s?(?:k|m|mil|million|thousand)?\s?"
    r"(?:[$€£¥]|(?:usd|eur|gbp|chf|euros?|dollars?|pounds?|quid|grand|francs?|reais|pesos?)\b)|"
    r"\b\d{2,3}\s?k\b)"
)
_MONEY_MATTER = (
    r"salar(?:y|io)|wages?|payslip|pay ?check|income|savings|overdraft|mortgage|debts?|loan|"
    r"pension|inheritance|net worth|bank balance|severance|redundancy|i (?:\w+ )?(?:earn|make|owe)|"
    r"(?:they|she|he) pays? me|i(?:'m| am| was) (?:paid|on)|sueldo|nómina|ahorros|hipoteca|deuda|"
    r"salário|dívida|salaire|épargne|hypothèque|dette|gehalt|schulden|hypothek|stipendio|mutuo"
)
MONEY = (
    re.compile(rf"\b(?:{_MONEY_MATTER})\b[^.!?\n]{{0,40}}?{_AMOUNT}", re.I),
    re.compile(
        rf"{_AMOUNT}[^.!?\n]{{0,25}}?\b(?:in debt|in savings|a year after tax|overdraft)\b", re.I
    ),
)

SECRETS = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    re.compile(
        r"\b(?:sk-[\w-]{20,}|gh[pousr]_\w{30,}|github_pat_\w{40,}|glpat-[\w-]{20,}|xox[abposr]-[\w-]{10,}|"
        r"AKIA[0-9A-Z]{16}|AIza[\w-]{35}|SG\.[\w-]{16,}\.[\w-]{16,}|[rs]k_live_\w{16,}|hf_\w{30,})"
    ),
    re.compile(r"\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}"),
    re.compile(
        r"\b(?:api[_ -]?key|secret|token)\s*(?:is|:|=)\s*[\"']?(?=[\w+/-]*\d)[\w+/-]{16,}", re.I
    ),
)


def luhn_holds(digits: str) -> bool:
    """Tell whether a row of digits passes the check sum of payment cards."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def iban_holds(iban: str) -> bool:
    """Tell whether an account number without blanks passes its check sum."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def dni_holds(digits: str, letter: str) -> bool:
    """Tell whether a Spanish identity number ends in the right letter."""
    number = digits.translate(str.maketrans("XYZ", "012"))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23] == letter


def cpf_holds(text: str) -> bool:
    """Tell whether a Brazilian tax number ends in the right two digits."""
    digits = [int(letter) for letter in text if letter.isdigit()]
    sums = [sum(d * w for d, w in zip(digits, range(n, 1, -1), strict=False)) for n in (10, 11)]
    return [total * 10 % 11 % 10 for total in sums] == digits[9:]
