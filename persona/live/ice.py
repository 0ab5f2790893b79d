"""Servers that help a browser and the app find each other through routers: STUN and TURN."""

from dataclasses import asdict, dataclass
from typing import Any

from persona.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class IceServer:
    """One server, as `RTCIceServer` of the web has it."""

    urls: str
    username: str | None = None
    credential: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it for the browser, which has to know the password too."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def ice_servers(settings: Settings) -> list[IceServer]:
    """Return the servers that the settings name; the name and password go to TURN alone."""
    secret = settings.turn_password
    return [
        IceServer(
            urls=url,
            username=settings.turn_user,
            credential=secret.get_secret_value() if secret else None,
        )
        if url.startswith("turn")
        else IceServer(urls=url)
        for url in (settings.ice_servers or "").split()
    ]
