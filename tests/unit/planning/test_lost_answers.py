"""What each way of failing means for an invoice that was being sent."""

import pytest

from ksef_facade import errors
from ksef_facade.answers.responses import Problem, Response
from ksef_facade.planning.lost_answers import may_have_acted, sending_failure

OPERATION = "POST /sessions/online/{referenceNumber}/invoices"


def answer(kind, status, *codes):
    response = Response(operation=OPERATION, status_code=status)
    return kind("x", response, Problem(shape="exception", codes=codes))


def transport(maybe_sent):
    return errors.TransportError("x", operation=OPERATION, maybe_sent=maybe_sent)


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (transport(True), "in_doubt"),
        (transport(False), "stop"),
        (answer(errors.ServerError, 500), "in_doubt"),
        (answer(errors.ServerError, 502), "in_doubt"),
        (answer(errors.ServerError, 503), "in_doubt"),
        (answer(errors.ServerError, 504), "in_doubt"),
        (answer(errors.UndecodableBody, 202), "in_doubt"),
        (answer(errors.ResponseError, 302), "in_doubt"),
        (answer(errors.BadRequest, 408), "in_doubt"),
        (answer(errors.BadRequest, 499), "in_doubt"),
        (answer(errors.BadRequest, 400, 21155), "session_over"),
        (answer(errors.UnknownSession, 400, 21173), "session_over"),
        (answer(errors.BadRequest, 400, 21180), "session_over"),
        (answer(errors.BadRequest, 400, 21184), "later"),
        (answer(errors.RateLimited, 429), "later"),
        (errors.BudgetExhausted("x", retry_after=1, group="invoiceSend"), "later"),
        (answer(errors.BadRequest, 400, 21166), "refused"),
        (answer(errors.BadRequest, 400, 21167), "refused"),
        (answer(errors.BadRequest, 400, 21402), "refused"),
        (answer(errors.BadRequest, 400, 21403), "refused"),
        (answer(errors.BadRequest, 400, 21405), "refused"),
        (answer(errors.BadRequest, 400, 21001), "refused"),
        (answer(errors.BadRequest, 400), "stop"),
        (answer(errors.BadRequest, 413), "stop"),
        (answer(errors.Unauthorized, 401), "stop"),
        (answer(errors.Forbidden, 403), "stop"),
        (answer(errors.NotFound, 404), "stop"),
        (errors.AuthenticationFailed("x"), "stop"),
        (errors.OperationUnavailable(OPERATION, "9"), "stop"),
        (errors.ConfigurationError("x"), "stop"),
        # What is not known here is never taken for certain.
        (errors.KsefError("x"), "in_doubt"),
    ],
)
def test_a_failure_means(error, meaning):
    assert sending_failure(error) == meaning
    assert may_have_acted(error) is (meaning == "in_doubt")
