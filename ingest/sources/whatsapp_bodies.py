"""What stands in the body of a WhatsApp message besides words: media, notices, edits."""

import re
from typing import NamedTuple

_KINDS = {
    "photo": "image|photo|imagen|imagem|foto|bild|immagine|afbeelding|photo",
    "video": "video|vídeo|vidéo",
    "voice message": "audio|áudio|ptt|sprachnachricht",
    "sticker": "sticker|figurinha|adesivo|autocollant",
    "GIF": "gif",
    "document": "document|documento|dokument",
    "contact card": "contact card|contact|contacto|contato|kontaktkarte|contatto|kontakt",
}
_OMITTED = (
    "omitted|omitid[oa]|ocult[oa]|ocultad[oa]|weggelassen|absente?|omise?|omess[oa]|weggelaten"
)
_NAMED_OMITTED = re.compile(rf"^\W*({'|'.join(_KINDS.values())})\s+({_OMITTED})\W*$", re.IGNORECASE)
_ANY_OMITTED = re.compile(
    rf"^<(media|multimedia|mídia|medien|médias?|file multimediale|medi\w*)\s+"
    rf"[\w ]*?({_OMITTED})\s*>",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"^\u200e?<(?:attached|adjunto|anexado|anexo|anhang|pièce jointe|allegato|bijgevoegd)\s?:\s*"
    r"([^>]+)>",
    re.IGNORECASE,
)
_FILE_ATTACHED = re.compile(
    r"^\u200e?(\S[^\n]*?\.\w{2,5}) \((?:file attached|archivo adjunto|arquivo anexado|"
    r"ficheiro anexado|datei angehängt|fichier joint|file allegato|bestand bijgevoegd)\)",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\s*\u200e?<(?:this message was edited|se editó este mensaje\.?|mensagem editada|"
    r"diese nachricht wurde bearbeitet\.?|ce message a été modifié|questo messaggio è stato "
    r"modificato)>$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^\u200e?(this message was deleted|you deleted this message|se eliminó este mensaje|"
    r"eliminaste este mensaje|mensagem apagada|esta mensagem foi apagada|você apagou esta mensagem|"
    r"diese nachricht wurde gelöscht|du hast diese nachricht gelöscht|ce message a été supprimé|"
    r"vous avez supprimé ce message|questo messaggio è stato eliminato|hai eliminato questo "
    r"messaggio|missed (group )?(voice|video) call|(voice|video) call|llamada perdida|"
    r"videollamada perdida|chamada (de voz|de vídeo) perdida|verpasster (sprach|video)anruf|"
    r"appel (vocal|vidéo) manqué|chiamata (vocale|video) persa|null|"
    r"waiting for this message.*)(\W{0,3}|[,. ].{0,60})$",
    re.IGNORECASE,
)
_PLATFORM = re.compile(
    r"(end-to-end encrypted|created (this )?group|created group|changed (the|this) (subject|group|"
    r"chat)|changed their phone number|changed to \+|added you|joined using|joined via|"
    r"you('re| are) now an admin|disappearing messages|security code|pinned a message|"
    r"was added|is a contact|^\S.{0,60} (added|removed|left)\b.{0,80}$|"
    r"cifrad[oa]s? de (extremo a extremo|ponta a ponta)|ende-zu-ende-verschlüsselt|"
    r"chiffrés de bout en bout|crittograf\w+ end-to-end|creó (el|este) grupo|criou (o|este) grupo|"
    r"hat (die|diese) gruppe erstellt|a créé (le|ce) groupe|ha creato (il|questo) gruppo)",
    re.IGNORECASE,
)
_BY_FILE = {
    "photo": ("jpg", "jpeg", "png", "heic"),
    "sticker": ("webp",),
    "video": ("mp4", "mov", "3gp"),
    "voice message": ("opus", "m4a", "aac", "mp3", "ogg", "amr"),
    "contact card": ("vcf",),
}


class Body(NamedTuple):
    """A message body taken apart."""

    text: str
    attachment: str | None = None
    system: bool = False


def read_body(raw: str) -> Body:
    """Tell words, media and notices apart; the words stay exactly as written."""
    if raw.strip("\u200e") in ("", "."):
        return Body("", "view once media")
    if _NOTICE.match(raw) and "\n" not in raw.strip():
        return Body(raw, system=True)
    attached = _ATTACHED.match(raw) or _FILE_ATTACHED.match(raw)
    if attached:
        return Body(_caption(raw, attached.end()), _of_file(attached[1].strip()))
    if found := _ANY_OMITTED.match(raw):
        return Body(_caption(raw, found.end()), "media")
    first, _, rest = raw.partition("\n")
    if found := _NAMED_OMITTED.match(first):
        return Body(rest, _of_word(found[1]))
    return Body(_EDITED.sub("", raw))


def is_platform_text(raw: str, *, marked: bool) -> bool:
    """Say whether a body is the platform's own words, put into somebody's mouth.

    Args:
        raw: the body.
        marked: True when it begins with the mark that iOS puts before such texts.
    """
    return marked and _PLATFORM.search(raw) is not None


def is_group_notice(raw: str) -> bool:
    """Say whether a line of the platform is about a group."""
    return re.search(r"\bgroup\b|\bgrupo\b|gruppe|groupe|gruppo", raw, re.IGNORECASE) is not None


def _caption(raw: str, end: int) -> str:
    return raw[end:].lstrip(" \n\r")


def _of_file(name: str) -> str:
    ending = name.rsplit(".", 1)[-1].casefold()
    for kind, endings in _BY_FILE.items():
        if ending in endings:
            return "GIF" if "GIF" in name else kind
    return f"file: {name}"


def _of_word(word: str) -> str:
    for kind, words in _KINDS.items():
        if re.fullmatch(words, word, re.IGNORECASE):
            return kind
    return "media"
