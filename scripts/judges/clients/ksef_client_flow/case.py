"""What the flow works with: a company, its invoices, others it has to do with."""

from __future__ import annotations

import base64

from ksef_client import models as m

from scripts.judges.clients.steps import CASE

NIP = CASE["nip"]
FA_3 = m.FormCode(system_code="FA (3)", schema_version="1-0E", value="FA")
INVOICES = [base64.b64decode(text) for text in CASE["invoices"]]
#: Accepted, rejected: the last of the invoices has no valid schema.
GOOD, BAD = INVOICES[:-1], INVOICES[-1]
OTHER_NIP, PESEL = "7980332920", "30112206276"
