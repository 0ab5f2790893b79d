"""What stands in the body of a WhatsApp message besides words: media, notices, edits."""

import re
from typing import NamedTuple

_KINDS = {
    "photo": "image|photo|imagen|imagem|foto|bild|immagine|afbeelding",
    "video": "video|vídeo|vidéo",
    "voice message": "audio|áudio|ptt|sprachnachricht",
    "sticker": "sticker|figurinha|adesivo|autocollant",
    "GIF": "gif",
    "document": "document|documento|dokument",
    "contact card": "contact card|contact|contacto|contato|kontaktkarte|contatto|kontakt",
}
_BY_FILE = {
    "photo": ("jpg", "jpeg", "png", "heic"),
    "sticker": ("webp",),
    "video": ("mp4", "mov", "3gp"),
    "voice message": ("opus", "m4a", "aac", "ogg", "amr"),
    "audio": ("mp3", "wav", "flac"),
    "contact card": ("vcf",),
}
_LEFT_OUT = (
    "omitted|omitid[oa]|ocult[oa]|ocultad[oa]|weggelassen|ausgelassen|ausgeschlossen|absente?|"
    "omise?|manquante?|retirée?|omess[oai]|non inclus[oa]|esclus[oa]|weggelaten"
)
_MEDIA = re.compile(
    r"\u200e?<(?:(?:media|multimedia|mídia|medien|médias?|file multimediale|medi\w*) "
    rf"[\w ]*?(?:{_LEFT_OUT})|без медиафайлов|medya dahil edilmedi|pominięto multimedia|"
    r"media tidak disertakan)\s*>",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\u200e?(\S[^\n]*?\.\w{2,5}) \((?:file attached|archivo adjunto|arquivo anexado|"
    r"ficheiro anexado|datei angehängt|fichier joint|file allegato|bestand bijgevoegd)\)",
    re.IGNORECASE,
)
_IOS_FILE = re.compile(
    r"(?:^|\u200e)<(?:attached|adjunto|anexado|anexo|anhang|pièce jointe|allegato|bijgevoegd)"
    r"\s?:\s*([^>\n]+)>",
    re.IGNORECASE,
)
_IOS_MEDIA = re.compile(
    rf"(?:^|\u200e)({'|'.join(_KINDS.values())}) (?:{_LEFT_OUT})(?=\n|$)", re.IGNORECASE
)
_IOS_DOCUMENT = re.compile(r"\u200e?([^\n]{1,255}\.\w{1,5}) • [^\n]{0,60}$")
_EDITED = re.compile(
    r"<(?:this message was edited|se editó este mensaje\.?|mensagem editada|"
    r"diese nachricht wurde bearbeitet\.?|ce message a été modifié|questo messaggio è stato "
    r"modificato)>$",
    re.IGNORECASE,
)
_LOCATION = re.compile(
    r"\u200e?(?:live )?(?:location|ubicación|localização|standort|position|localisation|"
    r"posizione|locatie): https://",
    re.IGNORECASE,
)
_POLL = re.compile(
    r"\u200e?\w{4,12}: ?\n[^\n]*\n\u200e?(?:OPTION|OPCIÓN|OPÇÃO|OPZIONE|OPTIE): ", re.IGNORECASE
)
_NOTICE = re.compile(
    r"\u200e?(?:(?:this message was deleted|you deleted this message|se eliminó este mensaje|"
    r"eliminaste este mensaje|mensagem apagada|esta mensagem foi apagada|"
    r"você apagou esta mensagem|diese nachricht wurde gelöscht|"
    r"du hast diese nachricht gelöscht|ce message a été supprimé|vous avez supprimé ce message|"
    r"questo messaggio è stato eliminato|hai eliminato questo messaggio)"
    r"(?: by admin [^\n]{1,60})?|missed (?:group )?(?:voice|video) call|null|"
    r"waiting for this message\. this may take a while)\.?\s*$",
    re.IGNORECASE,
)
_PLATFORM = re.compile(
    r"end-to-end encrypted|created (?:this )?group|changed (?:the|this) (?:subject|group|chat)|"
    r"changed their phone number|changed to \+|joined using|joined via|"
    r"you(?:'re| are) now an admin|disappearing messages|security code|pinned a message|"
    r"was added|is a contact|^\S.{0,60} (?:added|removed|left)\b.{0,80}$|"
    r"^(?:missed )?(?:group )?(?:voice|video) call\b|^llamada |^videollamada |^chamada |"
    r"^(?:verpasster )?(?:sprach|video)anruf|^appel (?:vocal|vidéo)|^chiamata |"
    r"cifrad[oa]s? de (?:extremo a extremo|ponta a ponta)|ende-zu-ende-verschlüsselt|"
    r"chiffrés de bout en bout|crittograf\w+ end-to-end|creó (?:el|este) grupo|"
    r"criou (?:o|este) grupo|hat (?:die|diese) gruppe erstellt|a créé (?:le|ce) groupe|"
    r"ha creato (?:il|questo) gruppo",
    re.IGNORECASE,
)
_OF_GROUP = re.compile(r"\bgroup\b|\bgrupo\b|gruppe|groupe|gruppo", re.IGNORECASE)


class Body(NamedTuple):
    """A message body taken apart."""

    text: str
    attachment: str | None = None
    system: bool = False


def read_body(raw: str) -> Body:
    """Tell words, media and notices apart; the words stay exactly as written."""
    if raw in ("", "\u200e"):
        return Body("", "view once media")
    words = _without_edit(raw) if raw.endswith(">") else raw
    return _media(words) or _shared(words) or Body(words, system=_NOTICE.match(words) is not None)


def _without_edit(raw: str) -> str:
    start = raw.rfind("<")
    return raw[:start].rstrip("\u200e \n") if _EDITED.match(raw, start) else raw


def is_platform_text(raw: str) -> bool:
    """Say whether a body is the platform's own words, put into somebody's mouth.

    They begin with a mark that people don't type.
    """
    return raw.startswith("\u200e") and _PLATFORM.search(raw[1:]) is not None


def is_group_notice(raw: str) -> bool:
    """Say whether a line of the platform is about a group."""
    return _OF_GROUP.search(raw) is not None


def _media(words: str) -> Body | None:
    return _in_brackets(words) or _without_brackets(words)


def _in_brackets(words: str) -> Body | None:
    if "<" in words:  # a look for one sign is many times faster than a pattern
        if found := _MEDIA.match(words):
            return Body(_caption(words, found), "media")
        if (found := _FILE.match(words)) is None and (found := _IOS_FILE.search(words)):
            return Body(_ios_caption(words, found), _of_file(found[1].strip()))
    return None


def _without_brackets(words: str) -> Body | None:
    if " (" in words and (found := _FILE.match(words)):
        return Body(_caption(words, found), _of_file(found[1]))
    if found := _IOS_MEDIA.match(words) or ("\u200e" in words and _IOS_MEDIA.search(words)):
        if document := _IOS_DOCUMENT.match(words[: found.start()]):
            return Body(_behind(words, found), _of_file(document[1]))
        return Body(_caption(words, found), _of_word(found[1]))
    return None


def _shared(words: str) -> Body | None:
    if "https://" in words and _LOCATION.match(words):
        return Body(words, "location")
    return Body(words, "poll") if "\n" in words and _POLL.match(words) else None


def _caption(words: str, media: re.Match[str]) -> str:
    """Return what stands behind the media, or before it."""
    before = words[: media.start()].rstrip(" \n")
    return "\n".join(part for part in (before, _behind(words, media)) if part)


def _ios_caption(words: str, media: re.Match[str]) -> str:
    """Return the same, without the name and the pages that stand before a document."""
    document = _IOS_DOCUMENT.match(words[: media.start()])
    named = document and media[1].strip().endswith(document[1].strip())
    return _behind(words, media) if named else _caption(words, media)


def _behind(words: str, media: re.Match[str]) -> str:
    return words[media.end() :].lstrip(" \n")


def _of_file(name: str) -> str:
    ending = name.rsplit(".", 1)[-1].casefold()
    for kind, endings in _BY_FILE.items():
        if ending in endings:
            return "GIF" if "GIF" in name else kind
    return f"file: {name.removeprefix(_number(name))}"


def _number(name: str) -> str:
    """Return the running number that iOS puts before a file's own name."""
    found = re.match(r"\d{1,8}-", name)
    return found[0] if found else ""


def _of_word(word: str) -> str:
    for kind, words in _KINDS.items():
        if re.fullmatch(words, word, re.IGNORECASE):
            return kind
    return "media"
