from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.batch_session_context_limits_override import BatchSessionContextLimitsOverride
    from ..models.collective_identifier_context_limits_override import (
        CollectiveIdentifierContextLimitsOverride,
    )
    from ..models.online_session_context_limits_override import OnlineSessionContextLimitsOverride


T = TypeVar("T", bound="SetSessionLimitsRequest")


@_attrs_define
class SetSessionLimitsRequest:
    """
    Attributes:
        batch_session (BatchSessionContextLimitsOverride):
        collective_identifier (CollectiveIdentifierContextLimitsOverride):
        online_session (OnlineSessionContextLimitsOverride):
    """

    batch_session: BatchSessionContextLimitsOverride
    collective_identifier: CollectiveIdentifierContextLimitsOverride
    online_session: OnlineSessionContextLimitsOverride
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        batch_session = self.batch_session.to_dict()

        collective_identifier = self.collective_identifier.to_dict()

        online_session = self.online_session.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "batchSession": batch_session,
                "collectiveIdentifier": collective_identifier,
                "onlineSession": online_session,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.batch_session_context_limits_override import BatchSessionContextLimitsOverride
        from ..models.collective_identifier_context_limits_override import (
            CollectiveIdentifierContextLimitsOverride,
        )
        from ..models.online_session_context_limits_override import (
            OnlineSessionContextLimitsOverride,
        )

        d = dict(src_dict)
        batch_session = BatchSessionContextLimitsOverride.from_dict(d.pop("batchSession"))

        collective_identifier = CollectiveIdentifierContextLimitsOverride.from_dict(
            d.pop("collectiveIdentifier")
        )

        online_session = OnlineSessionContextLimitsOverride.from_dict(d.pop("onlineSession"))

        set_session_limits_request = cls(
            batch_session=batch_session,
            collective_identifier=collective_identifier,
            online_session=online_session,
        )

        set_session_limits_request.additional_properties = d
        return set_session_limits_request

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
