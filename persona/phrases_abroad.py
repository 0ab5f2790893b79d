"""The fixed replies in other languages than English, under its two-letter code."""

from dataclasses import dataclass

from persona.intent import Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What is said where no model should word it; each with one or more ways to say it."""

    unknown: tuple[str, ...]
    unknown_to_owner: tuple[str, ...]
    private: tuple[str, ...]
    refused: tuple[str, ...]
    small: dict[Intent, tuple[str, ...]]
    nature: str
    """Takes the name of the owner as `{owner}`."""
    noted: str
    """Takes what was learnt as `{lines}`."""


ABROAD = {
    "de": Phrases(
        unknown=(
            "Keine Ahnung, darüber habe ich wohl nie geredet",
            "Das weiß ich ehrlich gesagt nicht",
        ),
        unknown_to_owner=("Das weiß ich noch nicht. Sag es mir, dann merke ich es mir",),
        private=("Das ist privat, das sage ich lieber nicht", "Das behalte ich für mich"),
        refused=("Nein, so etwas mache ich nicht in meinem Namen",),
        small={
            Intent.GREETING: ("Hallo!", "Hi, was gibt's?"),
            Intent.WELLBEING: ("Gut, danke! Und dir?",),
            Intent.THANKS: ("Gern", "Kein Problem"),
            Intent.FAREWELL: ("Tschüss! Bis bald",),
            Intent.STATEMENT: ("Ach ja? Erzähl mehr",),
        },
        nature="Ich bin ein KI-Zwilling von {owner}, gemacht aus Worten von {owner}. Kein Mensch",
        noted="Alles klar, ich merke mir: {lines}",
    ),
    "es": Phrases(
        unknown=("Ni idea, creo que nunca hablé de eso", "La verdad, eso no lo sé"),
        unknown_to_owner=("Eso todavía no lo sé. Dímelo y lo recordaré",),
        private=("Eso es privado, prefiero no decirlo", "Eso me lo guardo para mí"),
        refused=("No, eso no lo hago en mi nombre",),
        small={
            Intent.GREETING: ("¡Hola!", "Hola, ¿qué tal?"),
            Intent.WELLBEING: ("Bien, gracias. ¿Y tú?",),
            Intent.THANKS: ("De nada",),
            Intent.FAREWELL: ("¡Adiós! Hablamos pronto",),
            Intent.STATEMENT: ("¿Ah, sí? Cuéntame más",),
        },
        nature="Soy un gemelo de IA de {owner}, hecho con sus palabras. No soy la persona",
        noted="Vale, lo recordaré: {lines}",
    ),
    "fr": Phrases(
        unknown=(
            "Aucune idée, je crois que je n'en ai jamais parlé",
            "Franchement, je ne sais pas",
        ),
        unknown_to_owner=("Je ne le sais pas encore. Dis-le-moi et je m'en souviendrai",),
        private=("C'est privé, je préfère ne pas le dire", "Ça, je le garde pour moi"),
        refused=("Non, je ne fais pas ça en mon nom",),
        small={
            Intent.GREETING: ("Salut !", "Coucou, ça va ?"),
            Intent.WELLBEING: ("Ça va, merci ! Et toi ?",),
            Intent.THANKS: ("De rien",),
            Intent.FAREWELL: ("Salut ! À bientôt",),
            Intent.STATEMENT: ("Ah bon ? Raconte",),
        },
        nature="Je suis un jumeau IA de {owner}, fait de ses mots. Pas la personne elle-même",
        noted="C'est noté, je m'en souviendrai : {lines}",
    ),
    "it": Phrases(
        unknown=("Non ne ho idea, credo di non averne mai parlato", "Sinceramente non lo so"),
        unknown_to_owner=("Questo non lo so ancora. Dimmelo e me lo ricorderò",),
        private=("È una cosa privata, preferisco non dirla", "Questo lo tengo per me"),
        refused=("No, questo non lo faccio a mio nome",),
        small={
            Intent.GREETING: ("Ciao!", "Ehi, come va?"),
            Intent.WELLBEING: ("Bene, grazie! E tu?",),
            Intent.THANKS: ("Di niente",),
            Intent.FAREWELL: ("Ciao! A presto",),
            Intent.STATEMENT: ("Ah sì? Racconta",),
        },
        nature="Sono un gemello IA di {owner}, fatto delle sue parole. Non la persona",
        noted="Va bene, me lo ricorderò: {lines}",
    ),
    "pt": Phrases(
        unknown=("Não faço ideia, acho que nunca falei disso", "Sinceramente, isso não sei"),
        unknown_to_owner=("Isso ainda não sei. Diz-me e eu lembro-me",),
        private=("Isso é privado, prefiro não dizer", "Isso guardo para mim"),
        refused=("Não, isso não faço em meu nome",),
        small={
            Intent.GREETING: ("Olá!", "Oi, tudo bem?"),
            Intent.WELLBEING: ("Tudo bem! E contigo?",),
            Intent.THANKS: ("De nada",),
            Intent.FAREWELL: ("Tchau! Até já",),
            Intent.STATEMENT: ("Ah é? Conta mais",),
        },
        nature="Sou um gémeo de IA de {owner}, feito das suas palavras. Não a pessoa",
        noted="Está bem, vou lembrar-me: {lines}",
    ),
}
