"""What of a mail its author wrote: without quotations, signatures and what devices add."""

import re
from typing import NamedTuple

_VERBS = (
    "wrote|writes|schrieb|escribió|escribio|a écrit|écrit|escreveu|ha scritto|scrisse|schreef|"
    "skrev|kirjoitti|napisał|napisał\\(a\\)|napsal|написал|написала|пишет|пише|写道|寫道|のメール"
)
_ATTRIBUTION = re.compile(rf"^.{{0,300}}(?:{_VERBS}).{{0,200}}[:：]$", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:On|Am|El|Le|Em|Il|Op|Den|Dne|W dniu|Ke|В|Em|Le|A)\b.{0,300}$", re.IGNORECASE
)
_ADDRESSED = re.compile(r"<?[^\s<>@]{1,64}@[^\s<>@]{1,190}>?.{0,40}:$")
_ORIGINAL = re.compile(
    r"^-{2,}\s?(?:Original Message|Original Appointment|Forwarded message|Forwarded by .{0,80}|"
    r"Ursprüngliche Nachricht|Originalnachricht|Weitergeleitete Nachricht|Mensaje original|"
    r"Mensaje reenviado|Message d'origine|Message original|Message transféré|Mensagem original|"
    r"Mensagem encaminhada|Messaggio originale|Messaggio inoltrato|Oorspronkelijk bericht|"
    r"Doorgestuurd bericht|Ursprungligt meddelande|Oprindelig meddelelse|Wiadomość oryginalna|"
    r"Исходное сообщение|原始邮件)\s?-{2,}$|^Begin forwarded message:$",
    re.IGNORECASE,
)
_SENDER = re.compile(r"^\*?(?:From|Von|De|Da|Van|Från|Fra|Od|От|发件人)\s?:\*?\s?\S", re.IGNORECASE)
_HEADED = re.compile(
    r"^\*?(?:Sent|Date|To|Gesendet|Datum|An|Envoyé|À|Enviado|Fecha|Para|Data|Inviato|A|"
    r"Verzonden|Aan|Skickat|Till|Sendt|Til|Wysłano|Do|Отправлено|Кому|发送时间)\s?:",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"^(?:Sent from (?:my |Mail for |Yahoo|Outlook|Proton).{0,60}|Get Outlook for .{0,40}|"
    r"Von meinem .{0,30} gesendet\.?|Gesendet von .{0,40}|Enviado desde mi .{0,40}|"
    r"Enviado do meu .{0,40}|Envoyé de mon .{0,40}|Inviato da(?:l mio)? .{0,40}|"
    r"Verstuurd vanaf mijn .{0,40}|Skickat från min .{0,40}|Отправлено с .{0,40})$",
    re.IGNORECASE,
)
_HEADER_LINES = 5


class Body(NamedTuple):
    """A body parted in what was written for this mail and what was taken from elsewhere."""

    own: str
    quoted: str


def part_body(text: str) -> Body:
    """Part a body into the author's own words and the quotation; signatures are left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cut = _remainder(lines)
    rest = [_unquoted(line) for line in lines[cut:]]
    del lines[cut:]
    own: list[str] = []
    quoted: list[str] = []
    signed = False
    for number, line in enumerate(lines):
        if line.lstrip(" ").startswith(">"):
            quoted.append(_unquoted(line))
        elif line in ("-- ", "--"):
            signed = True
        elif not signed and not _leads_in(lines, number):
            own.append(line.rstrip())
    while own and (not own[-1] or _DEVICE.match(own[-1].strip())):
        own.pop()
    return Body("\n".join(own).strip(), "\n".join([*quoted, *rest]).strip())


def _unquoted(line: str) -> str:
    return line.lstrip("> ").rstrip()


def _remainder(lines: list[str]) -> int:
    """Return the line from where on everything is another mail, or how many lines there are."""
    for number, raw in enumerate(lines):
        line = raw.strip()[:400]
        if _ORIGINAL.match(line):
            return number
        if _SENDER.match(line) and _is_header(lines[number + 1 : number + _HEADER_LINES]):
            return number - 1 if number and set(lines[number - 1].strip()) == {"_"} else number
        if _is_attribution(line) and _OPENING.match(line) and not _quotes_follow(lines, number):
            return number
    return len(lines)


def _is_header(lines: list[str]) -> bool:
    return sum(_HEADED.match(line.strip()[:100]) is not None for line in lines) >= 2


def _leads_in(lines: list[str], number: int) -> bool:
    """Say whether a line is, or begins, the `On Monday Ben wrote:` above a quotation."""
    line = lines[number].strip()
    if not line or len(line) > 400:
        return False
    for last in range(number, min(number + 3, len(lines))):
        whole = " ".join(part.strip() for part in lines[number : last + 1])[:600]
        if _is_attribution(whole) and _quotes_follow(lines, last):
            return last == number or _OPENING.match(line) is not None
    return False


def _is_attribution(line: str) -> bool:
    if not line.endswith((":", "：")):
        return False
    return bool(_ATTRIBUTION.match(line) or _ADDRESSED.search(line[-300:]))


def _quotes_follow(lines: list[str], number: int) -> bool:
    following = (line for line in lines[number + 1 : number + 4] if line.strip())
    return next(following, "").lstrip(" ").startswith(">")
