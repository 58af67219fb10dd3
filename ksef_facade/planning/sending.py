"""Online or batch, and in how many sessions: decided from what the invoices are, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

from attrs import field, frozen, validators

from ksef_facade.errors import ConfigurationError
from ksef_facade.form_codes import FormCode

WantedMode: TypeAlias = Literal["auto", "online", "batch"]
Mode: TypeAlias = Literal["online", "batch"]
PlannedMode: TypeAlias = Literal["online", "batch", "mixed", "none"]

MODES: Final = ("auto", "online", "batch")

_ONLINE_ONLY: Final = frozenset({FormCode.PEF_3.value})
"""Batch sessions take no Peppol invoices and corrections (documented rule)."""
_ARCHIVE_OVERHEAD: Final = 400
"""Bytes that an archive adds to a file that cannot be compressed: two headers with its name of at
most 128 characters, and the blocks of the compression.
"""


@frozen(kw_only=True)
class SendingLimits:
    """What the choice goes by; the defaults hold for everybody.

    Attributes:
        online_at_once: invoices that online sessions take within a minute (contract
            `x-rate-limits` of group `invoiceSend`); more of them would wait.
        online_per_hour: the same within an hour.
        invoices: most invoices of one session (documented rule).
        archive_size: most bytes of a batch's archive (contract `BatchFileInfo.fileSize`).
    """

    online_at_once: int = field(default=30, validator=validators.ge(0))
    online_per_hour: int = field(default=180, validator=validators.ge(1))
    invoices: int = field(default=10_000, validator=validators.ge(1))
    archive_size: int = field(default=5_000_000_000, validator=validators.ge(1))


@frozen(kw_only=True)
class Outgoing:
    """What the choice depends on of one invoice; `size` is in bytes."""

    hash: str
    size: int
    form_code: FormCode
    has_attachment: bool = False
    offline: bool = False
    corrects: str | None = None

    @property
    def online_only(self) -> bool:
        """Whether only online sessions take it."""
        return self.corrects is not None or self.form_code.value in _ONLINE_ONLY

    @property
    def batch_only(self) -> bool:
        """Whether only batch sessions take it: attachments, unless in a correction."""
        return self.has_attachment and not self.online_only


@frozen(kw_only=True)
class Shipment:
    """What goes into one session, in this order."""

    mode: Mode
    form_code: FormCode
    offline: bool
    hashes: tuple[str, ...] = field(repr=False)


@frozen(kw_only=True)
class SendingPlan:
    """Sessions to open, one after the other; `reason` says in a sentence why these."""

    mode: PlannedMode
    reason: str
    shipments: tuple[Shipment, ...]


def plan_sending(
    invoices: Sequence[Outgoing],
    mode: WantedMode = "auto",
    limits: SendingLimits | None = None,
) -> SendingPlan:
    """Which sessions the invoices go to.

    Left to itself (`auto`) it is online for what goes out within a minute, where every invoice has
    its verdict and receipt at once, and a batch for more, which waits for no limit. Invoices that
    only one kind of session takes go there in any case.

    Raises:
        ConfigurationError: a batch is wanted for what only online sessions take.
    """
    rules = limits or SendingLimits()
    if mode not in MODES:
        raise ConfigurationError(f"mode is auto, online or batch, not {mode!r}")
    if not invoices:
        return SendingPlan(mode="none", reason="there is nothing to send", shipments=())
    online_only = [one for one in invoices if one.online_only]
    if mode == "batch" and online_only:
        raise ConfigurationError(
            f"{_why_online(online_only)}; leave the mode to auto or send those apart"
        )
    free = [one for one in invoices if not one.online_only and not one.batch_only]
    bound_to_batch = [one for one in invoices if one.batch_only]
    reasons = []
    if mode == "auto":
        in_batch, why = _choose(online_only, free, bound_to_batch, rules)
        if why:
            reasons.append(why)
    else:
        in_batch = mode == "batch"
        reasons.append(f"{mode} as asked for")
    if online_only:
        reasons.append(_why_online(online_only))
    if bound_to_batch and mode == "auto":
        reasons.append(
            f"{_counted(len(bound_to_batch), 'invoice')} with an attachment, which only batch "
            "sessions take"
        )
    by_batch = {one.hash for one in bound_to_batch} if mode != "online" else set()
    by_batch |= {one.hash for one in free} if in_batch else set()
    shipments = (
        *_shipments("online", [one for one in invoices if one.hash not in by_batch], rules),
        *_shipments("batch", [one for one in invoices if one.hash in by_batch], rules),
    )
    if len(shipments) > 1:
        reasons.append(f"{len(shipments)} sessions: {_why_several(shipments, invoices, rules)}")
    kinds = {shipment.mode for shipment in shipments}
    whole: PlannedMode = "mixed" if len(kinds) > 1 else shipments[0].mode
    return SendingPlan(mode=whole, reason="; ".join(reasons), shipments=shipments)


def _choose(
    online_only: Sequence[Outgoing],
    free: Sequence[Outgoing],
    bound_to_batch: Sequence[Outgoing],
    rules: SendingLimits,
) -> tuple[bool, str]:
    if not free:
        return False, ""
    count = len(online_only) + len(free)
    invoices = _counted(count, "invoice")
    if count > rules.online_at_once:
        hours = -(-count // rules.online_per_hour)
        slow = f" and {rules.online_per_hour} an hour" if hours > 1 else ""
        return True, (
            f"batch, since {invoices} would wait online for the limit of "
            f"{rules.online_at_once} a minute{slow}"
        )
    if bound_to_batch:
        return True, "batch, since a batch is needed anyway"
    go = "goes" if count == 1 else "go"
    return False, f"online, since {invoices} {go} out within a minute and each is settled at once"


def _why_online(invoices: Sequence[Outgoing]) -> str:
    if any(one.corrects is not None for one in invoices):
        return "technical corrections are taken by online sessions only"
    names = sorted({one.form_code.system_code for one in invoices})
    return f"{' and '.join(names)} invoices are taken by online sessions only"


def _why_several(
    shipments: Sequence[Shipment], invoices: Sequence[Outgoing], rules: SendingLimits
) -> str:
    causes = []
    if len({shipment.mode for shipment in shipments}) > 1:
        causes.append("both kinds are needed")
    if len({one.form_code for one in invoices}) > 1:
        causes.append("a session takes one form code")
    if len({one.offline for one in invoices}) > 1:
        causes.append("a session is offline or not")
    if len(invoices) > rules.invoices:
        causes.append(f"a session takes {rules.invoices} invoices")
    return ", ".join(causes) or f"an archive takes {rules.archive_size} bytes"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _shipments(
    mode: Mode, invoices: Iterable[Outgoing], rules: SendingLimits
) -> Iterator[Shipment]:
    groups: dict[tuple[FormCode, bool], list[Outgoing]] = {}
    for one in invoices:
        groups.setdefault((one.form_code, one.offline), []).append(one)
    for (form_code, offline), members in groups.items():
        for chunk in _chunks(mode, members, rules):
            yield Shipment(
                mode=mode,
                form_code=form_code,
                offline=offline,
                hashes=tuple(one.hash for one in chunk),
            )


def _chunks(
    mode: Mode, members: Sequence[Outgoing], rules: SendingLimits
) -> Iterator[list[Outgoing]]:
    chunk: list[Outgoing] = []
    size = 0
    for one in members:
        # As if nothing could be compressed, so that no archive comes out too large.
        added = one.size + _ARCHIVE_OVERHEAD if mode == "batch" else 0
        if chunk and (len(chunk) == rules.invoices or size + added > rules.archive_size):
            yield chunk
            chunk, size = [], 0
        chunk.append(one)
        size += added
    if chunk:
        yield chunk
