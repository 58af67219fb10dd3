"""All answers of the run together: whether they hold what the facade reads. Runs after the other checks."""

from scripts.contract_tests.checking import facts, probes


@facts("answers.needs")
@probes("properties-never-seen")
def test_answers_hold_what_the_facade_needs(world, check):
    # Where this is the only check that is run, these answers are what there is to look at.
    world.ask("GET", "/security/public-key-certificates", bearer=None)
    world.ask("GET", "/sessions", params={"sessionType": "Online"})
    found = world.run.findings.read
    check("answers.needs", not found.lacking, sorted(found.lacking) or f"{len(found.seen)} places")
    check.probe("properties-never-seen", ", ".join(found.never_seen) or "none")
