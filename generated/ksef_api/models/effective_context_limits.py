from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.batch_session_effective_context_limits import BatchSessionEffectiveContextLimits
    from ..models.collective_identifier_effective_context_limits import (
        CollectiveIdentifierEffectiveContextLimits,
    )
    from ..models.online_session_effective_context_limits import OnlineSessionEffectiveContextLimits


T = TypeVar("T", bound="EffectiveContextLimits")


@_attrs_define
class EffectiveContextLimits:
    """
    Attributes:
        batch_session (BatchSessionEffectiveContextLimits | None | Unset):
        collective_identifier (CollectiveIdentifierEffectiveContextLimits | None | Unset):
        online_session (None | OnlineSessionEffectiveContextLimits | Unset):
    """

    batch_session: BatchSessionEffectiveContextLimits | None | Unset = UNSET
    collective_identifier: CollectiveIdentifierEffectiveContextLimits | None | Unset = UNSET
    online_session: None | OnlineSessionEffectiveContextLimits | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.batch_session_effective_context_limits import (
            BatchSessionEffectiveContextLimits,
        )
        from ..models.collective_identifier_effective_context_limits import (
            CollectiveIdentifierEffectiveContextLimits,
        )
        from ..models.online_session_effective_context_limits import (
            OnlineSessionEffectiveContextLimits,
        )

        batch_session: dict[str, Any] | None | Unset
        if isinstance(self.batch_session, Unset):
            batch_session = UNSET
        elif isinstance(self.batch_session, BatchSessionEffectiveContextLimits):
            batch_session = self.batch_session.to_dict()
        else:
            batch_session = self.batch_session

        collective_identifier: dict[str, Any] | None | Unset
        if isinstance(self.collective_identifier, Unset):
            collective_identifier = UNSET
        elif isinstance(self.collective_identifier, CollectiveIdentifierEffectiveContextLimits):
            collective_identifier = self.collective_identifier.to_dict()
        else:
            collective_identifier = self.collective_identifier

        online_session: dict[str, Any] | None | Unset
        if isinstance(self.online_session, Unset):
            online_session = UNSET
        elif isinstance(self.online_session, OnlineSessionEffectiveContextLimits):
            online_session = self.online_session.to_dict()
        else:
            online_session = self.online_session

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if batch_session is not UNSET:
            field_dict["batchSession"] = batch_session
        if collective_identifier is not UNSET:
            field_dict["collectiveIdentifier"] = collective_identifier
        if online_session is not UNSET:
            field_dict["onlineSession"] = online_session

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.batch_session_effective_context_limits import (
            BatchSessionEffectiveContextLimits,
        )
        from ..models.collective_identifier_effective_context_limits import (
            CollectiveIdentifierEffectiveContextLimits,
        )
        from ..models.online_session_effective_context_limits import (
            OnlineSessionEffectiveContextLimits,
        )

        d = dict(src_dict)

        def _parse_batch_session(data: object) -> BatchSessionEffectiveContextLimits | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                batch_session_type_1 = BatchSessionEffectiveContextLimits.from_dict(data)

                return batch_session_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(BatchSessionEffectiveContextLimits | None | Unset, data)

        batch_session = _parse_batch_session(d.pop("batchSession", UNSET))

        def _parse_collective_identifier(
            data: object,
        ) -> CollectiveIdentifierEffectiveContextLimits | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                collective_identifier_type_1 = CollectiveIdentifierEffectiveContextLimits.from_dict(
                    data
                )

                return collective_identifier_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CollectiveIdentifierEffectiveContextLimits | None | Unset, data)

        collective_identifier = _parse_collective_identifier(d.pop("collectiveIdentifier", UNSET))

        def _parse_online_session(
            data: object,
        ) -> None | OnlineSessionEffectiveContextLimits | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                online_session_type_1 = OnlineSessionEffectiveContextLimits.from_dict(data)

                return online_session_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | OnlineSessionEffectiveContextLimits | Unset, data)

        online_session = _parse_online_session(d.pop("onlineSession", UNSET))

        effective_context_limits = cls(
            batch_session=batch_session,
            collective_identifier=collective_identifier,
            online_session=online_session,
        )

        effective_context_limits.additional_properties = d
        return effective_context_limits

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
