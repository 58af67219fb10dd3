"""Online or batch, how many sessions, and the sentence that says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade import ConfigurationError, FormCode
from ksef_facade.planning.sending import Outgoing, SendingLimits, plan_sending


def invoices(count, first=0, **changes):
    given = {"size": 1000, "form_code": FormCode.FA_3, **changes}
    return [Outgoing(hash=str(number), **given) for number in range(first, first + count)]


def shapes(plan):
    return [(one.mode, one.form_code.system_code, len(one.hashes)) for one in plan.shipments]


def test_nothing():
    plan = plan_sending([])
    assert (plan.mode, plan.shipments) == ("none", ())


@pytest.mark.parametrize(
    ("count", "mode", "words"),
    [
        (1, "online", "1 invoice go"),
        (1, "online", "1 invoice goes out within a minute"),
        (30, "online", "30 invoices go out within a minute"),
        (31, "batch", "31 invoices would wait online for the limit of 30 a minute"),
        (180, "batch", "30 a minute"),
        (181, "batch", "30 a minute and 180 an hour"),
    ],
)
def test_the_count_decides(count, mode, words):
    plan = plan_sending(invoices(count))
    assert plan.mode == mode
    assert words in plan.reason
    assert shapes(plan) == [(mode, "FA (3)", count)]


@pytest.mark.parametrize("mode", ["online", "batch"])
def test_a_mode_can_be_asked_for(mode):
    for count in (1, 500):
        plan = plan_sending(invoices(count), mode)
        assert (plan.mode, plan.reason) == (mode, f"{mode} as asked for")


def test_an_unknown_mode_is_refused():
    with pytest.raises(ConfigurationError, match="auto, online or batch"):
        plan_sending(invoices(1), "fast")


def test_attachments_go_by_batch_whatever_their_number():
    plan = plan_sending(invoices(1, has_attachment=True))
    assert shapes(plan) == [("batch", "FA (3)", 1)]
    assert "attachment, which only batch sessions take" in plan.reason
    both = plan_sending([*invoices(2), *invoices(1, 2, has_attachment=True)])
    assert shapes(both) == [("batch", "FA (3)", 3)]
    assert "a batch is needed anyway" in both.reason


def test_an_attachment_that_is_to_go_online_goes_online():
    assert plan_sending(invoices(1, has_attachment=True), "online").mode == "online"


@pytest.mark.parametrize("form_code", [FormCode.PEF_3, FormCode.PEF_KOR_3])
def test_peppol_goes_online_whatever_its_number(form_code):
    plan = plan_sending(invoices(100, form_code=form_code))
    assert plan.mode == "online"
    assert form_code.system_code in plan.reason
    with pytest.raises(ConfigurationError, match="online sessions only"):
        plan_sending(invoices(1, form_code=form_code), "batch")


def test_corrections_go_online_with_their_attachments():
    corrections = invoices(40, corrects="original", has_attachment=True, offline=True)
    plan = plan_sending(corrections)
    assert plan.mode == "online"
    assert "technical corrections" in plan.reason
    with pytest.raises(ConfigurationError, match="technical corrections"):
        plan_sending(corrections, "batch")


def test_what_must_go_online_and_much_else_makes_both():
    plan = plan_sending([*invoices(50), *invoices(2, 50, form_code=FormCode.PEF_3)])
    assert plan.mode == "mixed"
    assert shapes(plan) == [("online", "PEF (3)", 2), ("batch", "FA (3)", 50)]
    assert "both kinds are needed" in plan.reason
    assert "PEF (3) invoices are taken by online sessions only" in plan.reason


def test_each_form_code_and_offline_mode_has_its_session():
    mixed = [
        *invoices(1),
        *invoices(1, 1, form_code=FormCode.FA_2),
        *invoices(1, 2, offline=True),
        *invoices(1, 3),
    ]
    plan = plan_sending(mixed)
    assert [one.hashes for one in plan.shipments] == [("0", "3"), ("1",), ("2",)]
    assert "3 sessions: a session takes one form code, a session is offline or not" in plan.reason


def test_more_than_a_session_takes_makes_several():
    plan = plan_sending(invoices(20_001))
    assert shapes(plan) == [
        ("batch", "FA (3)", 10_000),
        ("batch", "FA (3)", 10_000),
        ("batch", "FA (3)", 1),
    ]
    assert "a session takes 10000 invoices" in plan.reason


def test_more_than_an_archive_takes_makes_several():
    plan = plan_sending(invoices(10, size=1_000_000_000), "batch")
    assert [len(one.hashes) for one in plan.shipments] == [4, 4, 2]
    assert "an archive takes 5000000000 bytes" in plan.reason


@given(
    st.lists(
        st.tuples(
            st.integers(1, 900),
            st.sampled_from([FormCode.FA_3, FormCode.FA_2, FormCode.PEF_3]),
            st.booleans(),
            st.booleans(),
            st.sampled_from([None, "original"]),
        ),
        max_size=40,
    )
)
def test_every_invoice_goes_once_and_where_it_may(rows):
    given = [
        Outgoing(
            hash=str(number),
            size=size,
            form_code=form,
            has_attachment=attachment,
            offline=offline,
            corrects=corrects,
        )
        for number, (size, form, attachment, offline, corrects) in enumerate(rows)
    ]
    limits = SendingLimits(online_at_once=5, invoices=4, archive_size=3000)
    plan = plan_sending(given, limits=limits)
    sent = [digest for one in plan.shipments for digest in one.hashes]
    assert sorted(sent) == sorted(one.hash for one in given)
    known = {one.hash: one for one in given}
    for shipment in plan.shipments:
        members = [known[digest] for digest in shipment.hashes]
        assert 1 <= len(members) <= 4
        assert {(one.form_code, one.offline) for one in members} == {
            (shipment.form_code, shipment.offline)
        }
        if shipment.mode == "batch":
            assert not any(one.online_only for one in members)
            assert sum(one.size for one in members) <= 3000
        else:
            assert not any(one.batch_only for one in members)
    assert plan.reason
