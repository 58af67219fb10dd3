"""Providers of Peppol services, which register themselves by logging in."""

from __future__ import annotations

from datetime import datetime

from attrs import define, field, frozen


@frozen
class Provider:
    """A provider, as it was when it logged in for the first time."""

    peppol_id: str
    name: str
    created: datetime


@define
class ProviderRegister:
    """All providers of a simulator."""

    _by_id: dict[str, Provider] = field(factory=dict)

    def note_login(self, peppol_id: str, name: str, now: datetime) -> None:
        """Register a provider at its first login (documented rule)."""
        if peppol_id not in self._by_id:
            self._by_id[peppol_id] = Provider(peppol_id, name, now)

    def newest_first(self) -> list[Provider]:
        """All providers, the newest first, those of one moment by identifier."""
        by_id = sorted(self._by_id.values(), key=lambda provider: provider.peppol_id)
        return sorted(by_id, key=lambda provider: provider.created, reverse=True)
