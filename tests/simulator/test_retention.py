"""What is kept for a while, and then is gone."""

from __future__ import annotations

from datetime import timedelta

from ksef_facade.simulator import Simulator
from tests.simulator.plain_client import Sender


def test_status_of_a_login_is_gone_after_a_week(simulator: Simulator, anyone: Sender) -> None:
    # The token that asks for it lives 45 minutes, and so it must be made to live longer.
    simulator.settings.authentication_token_lifetime = timedelta(days=30)
    started = anyone.log_in(simulator.issue_token(anyone.nip)).json()
    headers = {"Authorization": f"Bearer {started['authenticationToken']['token']}"}
    path = f"/auth/{started['referenceNumber']}"
    simulator.clock.advance(timedelta(days=7, seconds=-1))
    assert anyone.http.get(path, headers=headers).status_code == 200
    simulator.clock.advance(1)
    gone = anyone.http.get(path, headers=headers)
    assert gone.status_code == 410
    assert gone.json()["title"] == "Gone"
