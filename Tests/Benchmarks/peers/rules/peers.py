"""Runs tickets through somebody else's engine on one core and prints one line of figures, `name=value` each.

peers.py keywords|zen|cedar DIRECTORY SIZE SECONDS

`keywords` only scans for the keywords, with Aho-Corasick in C, and decides nothing: the least that has to be done by
whoever looks at each byte once. The others decide; a ticket that goes elsewhere than expected is an error. Rates are
of processor time. What is slow gets fewer tickets.
"""
import json
import pathlib
import re
import sys
import time


def keywords(rules):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for rule in rules:
        automaton.add_word(rule["keyword"], rule["id"])
    automaton.make_automaton()

    def run(ticket):
        for _ in automaton.iter(ticket["lowered"]):
            pass
        return None

    return run


def zen(rules):
    """A decision table; whole words are found by the words of the ticket being given as a list."""
    import zen as engine

    inputs = [
        {"id": "o", "name": "o", "type": "expression", "field": "organization"},
        {"id": "w", "name": "w", "type": "expression", "field": ""},
    ]
    rows = [
        {"_id": rule["id"], "o": json.dumps(rule["organization"]), "w": f'"{rule["keyword"]}" in words',
         "q": json.dumps(rule["queue"])}
        for rule in rules
    ]
    table = {"hitPolicy": "first", "inputs": inputs, "rules": rows,
             "outputs": [{"id": "q", "name": "q", "type": "expression", "field": "queue"}]}
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "t", "name": "t", "type": "decisionTableNode", "content": table, "position": {"x": 0, "y": 0}},
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}},
    ]
    edges = [{"id": "1", "sourceId": "in", "targetId": "t", "type": "edge"},
             {"id": "2", "sourceId": "t", "targetId": "out", "type": "edge"}]
    decision = engine.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def run(ticket):
        asked = {"organization": ticket["organization"], "words": ticket["words"]}
        return (decision.evaluate(asked)["result"] or {}).get("queue")

    return run


def cedar(rules):
    """A permit for each rule; the policies that determined the answer say which, the first of them decides."""
    import cedarpy

    policies = "\n".join(
        f'@id("{rule["id"]}") permit(principal, action, resource) when {{ '
        f'context.organization == "{rule["organization"]}" && context.words.contains("{rule["keyword"]}") }};'
        for rule in rules
    )
    queues = {rule["id"]: rule["queue"] for rule in rules}
    # Unnamed policies are numbered in the order of the file.
    queues.update({f"policy{order}": rule["queue"] for order, rule in enumerate(rules)})
    orders = {rule["id"]: order for order, rule in enumerate(rules)}
    orders.update({f"policy{order}": order for order in range(len(rules))})
    parsed = cedarpy.PolicySet.from_str(policies)
    entities = cedarpy.Entities.from_json_str("[]")

    def run(ticket):
        request = {
            "principal": 'User::"a"', "action": 'Action::"route"', "resource": 'Ticket::"t"',
            "context": {"organization": ticket["organization"], "words": ticket["words"]},
        }
        answer = cedarpy.is_authorized(request, parsed, entities)
        reasons = answer.diagnostics.reasons
        return queues[min(reasons, key=orders.__getitem__)] if reasons else None

    return run


def main():
    name, directory, size, seconds = sys.argv[1:]
    folder = pathlib.Path(directory)
    rules = sorted(json.loads((folder / f"rules_{size}.json").read_text()), key=lambda rule: rule["order"])
    tickets = json.loads((folder / "tickets.json").read_text())
    for ticket in tickets:
        ticket["lowered"] = (ticket["subject"] + " " + ticket["body"]).lower()
        ticket["words"] = sorted(set(re.findall("[a-z0-9]+", ticket["lowered"])))
    begin = time.process_time()
    run = {"keywords": keywords, "zen": zen, "cedar": cedar}[name](rules)
    compiled = time.process_time() - begin
    times = []
    begin = time.process_time()
    while not times or time.process_time() - begin < float(seconds):
        for ticket in tickets:
            start = time.perf_counter()
            queue = run(ticket)
            times.append(time.perf_counter() - start)
            if name != "keywords" and queue != ticket["expected"][size]:
                sys.exit(f"ticket {ticket['id']} goes to {queue}, not to {ticket['expected'][size]}")
            if time.process_time() - begin > float(seconds):
                break
    rate = len(times) / (time.process_time() - begin)
    times.sort()
    middle, late = times[len(times) // 2] * 1e6, times[len(times) * 99 // 100] * 1e6
    print(f"rate={rate} p50_us={middle} p99_us={late} compile_s={compiled} tickets={len(times)}")


main()
