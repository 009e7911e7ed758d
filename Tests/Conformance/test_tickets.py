"""Tickets: routed, found, taken, moved; versions, idempotency keys and dry runs."""
import os
import threading

from signalbox_messages import METHODS, pb
from tenant import ok
from test_path import TenantCase
from world import WORLD


class Tickets(TenantCase):
    def test_routed(self):
        made = self.tenant.ticket(self.ann, "My Delta is broken", body="b é", channel="email", tags=["x", "y"],
                                  resource="delta-gpu", priority=pb.PRIORITY_HIGH)
        self.assertEqual((made.version, made.queue, made.assignee), (1, "Delta", ""))
        decision = made.decision
        self.assertEqual((decision.queue, decision.by, decision.rule, decision.line), ("Delta", "rule", "delta", 3))
        rules = self.tenant.rules
        self.assertEqual((decision.rule_set, decision.rule_set_version, decision.rule_set_hash),
                         (rules.name, rules.version, rules.hash))
        matched = [(m.pattern, m.field, m.position) for m in decision.matched]
        self.assertEqual(matched, [("delta", "subject", 1)])
        ticket = ok(self.ann.call("GetTicket", number=made.number))
        self.assertEqual((ticket.subject, ticket.body, ticket.channel, list(ticket.tags), ticket.resource, ticket.priority),
                         ("My Delta is broken", "b é", "email", ["x", "y"], "delta-gpu", pb.PRIORITY_HIGH))
        self.assertEqual((ticket.number, ticket.version, ticket.queue, ticket.status),
                         (made.number, 1, "Delta", pb.TICKET_STATUS_NEW))
        why = ok(self.ann.call("WhyTicket", number=made.number))
        self.assertEqual((why.queue, why.decision, why.moved_by_person), ("Delta", decision, False))
        self.assertEqual([(t.rule, t.line, t.fired) for t in why.traces], [("delta", 3, True)])

    def test_otherwise_and_default_assignee(self):
        made = self.tenant.ticket(self.ann, "something else")
        self.assertEqual((made.queue, made.assignee, made.decision.by), ("ACCESS-ACO", "cat", "otherwise"))
        why = ok(self.cat.call("WhyTicket", number=made.number))
        self.assertEqual([(t.rule, t.fired) for t in why.traces], [("delta", False)])
        self.assertTrue(why.traces[0].failed)
        defaults = ok(self.cat.call("GetTicket", number=made.number))
        self.assertEqual((defaults.channel, defaults.priority), ("api", pb.PRIORITY_NORMAL))

    def test_fields(self):
        good = dict(subject="delta", requester="a@example.org")
        bad = [("subject", ""), ("subject", "x" * 501), ("subject", "two\nlines"), ("channel", "pigeon"),
               ("body", "b" * (256 * 1024 + 1)), ("priority", 9)]
        for field, value in bad:
            with self.subTest(field):
                self.refused(self.ann.call("CreateTicket", **{**good, field: value}), "INVALID_FIELD", field)
        for field, value in (("subject", "é" * 500), ("body", "b" * (256 * 1024)), ("channel", "phone")):
            with self.subTest(field):
                made = ok(self.ann.call("CreateTicket", **{**good, field: value}))
                reader = self.ann if made.queue == "Delta" else self.cat
                self.assertEqual(getattr(ok(reader.call("GetTicket", number=made.number)), field), value)

    def test_list(self):
        numbers = [self.tenant.ticket(self.ann, f"delta {i}", body="b").number for i in range(5)]
        self.assertEqual(numbers, sorted(set(numbers)))
        other = self.tenant.ticket(self.ann, "else").number
        found = self.pages(self.ann, "ListTickets", "tickets")
        listed = [t.number for t in found]
        self.assertEqual(listed, sorted(set(listed), reverse=True), "newest first, each once")
        self.assertLessEqual(set(numbers), set(listed))
        self.assertNotIn(other, listed, "ann is no agent of ACCESS-ACO")
        self.assertEqual({t.body for t in found}, {""}, "lists are without bodies")
        ok(self.ann.call("TakeTicket", number=numbers[0], expected_version=1))
        mine = [t.number for t in self.pages(self.ann, "ListTickets", "tickets", assignee="ann")]
        self.assertIn(numbers[0], mine)
        self.assertNotIn(numbers[1], mine)
        free = [t.number for t in self.pages(self.ann, "ListTickets", "tickets", unassigned=True, queue="Delta")]
        self.assertIn(numbers[1], free)
        self.assertNotIn(numbers[0], free)
        self.assertEqual(self.pages(self.ann, "ListTickets", "tickets", status=pb.TICKET_STATUS_CLOSED), [])

    def test_pages_while_tickets_come(self):
        for i in range(4):
            self.tenant.ticket(self.ann, f"delta page {i}")
        before = [t.number for t in self.pages(self.ann, "ListTickets", "tickets")]
        found, page = [], ""
        while True:
            answer = ok(self.ann.call("ListTickets", page_size=2, page=page))
            found += [t.number for t in answer.tickets]
            page = answer.next_page
            if not page:
                break
            self.tenant.ticket(self.ann, "delta in between")
        self.assertEqual(found, before, "no ticket twice and none left out")

    def test_take(self):
        number = self.tenant.ticket(self.ann, body="kept").number
        self.refused(self.ann.call("TakeTicket", number=number), "INVALID_FIELD", "expected_version")
        taken = ok(self.ann.call("TakeTicket", number=number, expected_version=1)).ticket
        self.assertEqual((taken.assignee, taken.version), ("ann", 2))
        self.refused(self.bob.call("TakeTicket", number=number, expected_version=2), "ALREADY_ASSIGNED")
        self.refused(self.bob.call("TakeTicket", number=number, expected_version=1), "VERSION_MISMATCH")
        self.assertEqual(ok(self.ann.call("GetTicket", number=number)).assignee, "ann")

    def test_changed_ticket_is_the_ticket(self):
        """Only lists are said to be without bodies."""
        number = self.tenant.ticket(self.ann, body="kept").number
        taken = ok(self.ann.call("TakeTicket", number=number, expected_version=1)).ticket
        # The answer to a change is the ticket as it is now, without its body.
        whole = ok(self.ann.call("GetTicket", number=number))
        self.assertEqual(whole.body, "kept")
        whole.body = ""
        self.assertEqual(taken, whole)

    def test_take_at_once(self):
        """Of two who take the same version, one gets the ticket."""
        number = self.tenant.ticket(self.ann).number
        calls = [c.start("TakeTicket", number=number, expected_version=1) for c in (self.ann, self.bob)]
        answers = [call.result() for call in calls]
        self.assertEqual(sorted(a.status.reason for a in answers), ["", "VERSION_MISMATCH"])

    def test_reassign(self):
        number = self.tenant.ticket(self.ann).number
        move = lambda who, version, **target: who.call(
            "ReassignTicket", **{"number": number, "expected_version": version, "reason": "better there", **target})
        self.refused(move(self.ann, 1, to_person="bob", reason=""), "INVALID_FIELD", "reason")
        self.refused(move(self.ann, 1), "INVALID_FIELD")
        self.refused(move(self.ann, 0, to_person="bob"), "INVALID_FIELD", "expected_version")
        self.refused(move(self.ann, 1, to_person="cat"), "NOT_AN_AGENT")
        self.refused(move(self.ann, 1, to_queue="Delta"), "ALREADY_THERE")
        self.refused(move(self.ann, 1, to_queue="Nowhere"), "QUEUE_NOT_FOUND")
        self.refused(move(self.ann, 7, to_person="bob"), "VERSION_MISMATCH")
        inside = ok(move(self.ann, 1, to_person="bob")).ticket
        self.assertEqual((inside.queue, inside.assignee, inside.version), ("Delta", "bob", 2))
        stale = self.refused(move(self.ann, 1, to_queue="ACCESS-ACO"), "VERSION_MISMATCH")
        self.assertEqual(stale.code, 10)
        outside = ok(move(self.ann, 2, to_queue="ACCESS-ACO")).ticket
        self.assertEqual((outside.queue, outside.version), ("ACCESS-ACO", 3))
        self.refused(self.ann.call("GetTicket", number=number), "TICKET_NOT_FOUND")
        self.assertEqual(ok(self.cat.call("GetTicket", number=number)).queue, "ACCESS-ACO")
        self.assertTrue(ok(self.cat.call("WhyTicket", number=number)).moved_by_person)
        history = self.pages(self.cat, "GetTicketHistory", "events", number=number)
        self.assertEqual([(e.kind, e.ticket_version, e.actor, e.reason) for e in history],
                         [("ticket.created", 1, "ann", ""), ("ticket.reassigned_internally", 2, "ann", "better there"),
                          ("ticket.reassigned_externally", 3, "ann", "better there")])
        revisions = [e.revision for e in history]
        self.assertEqual(revisions, sorted(set(revisions)))
        self.assertIn(("queue", "Delta", "ACCESS-ACO"), [(c.field, c.before, c.after) for c in history[2].changes])
        self.assertIn(("assignee", "", "bob"), [(c.field, c.before, c.after) for c in history[1].changes])

    # ---- idempotency

    def test_same_key_same_answer(self):
        asked = dict(subject="delta once", requester="a@example.org", key=os.urandom(16))
        first = self.ann.call("CreateTicket", **asked)
        revision = self.tenant.revision()
        second = self.ann.call("CreateTicket", **asked)
        third = self.tenant.connect("ann").call("CreateTicket", attempt=1, **asked)
        ok(first)
        self.assertEqual((second.data, third.data), (first.data, first.data))
        self.assertEqual(self.tenant.revision(), revision, "one effect")

    def test_same_key_at_once(self):
        asked = dict(subject="delta at once", requester="a@example.org", key=os.urandom(16))
        revision = self.tenant.revision()
        others = [self.tenant.connect("ann") for _ in range(3)]
        calls = [c.start("CreateTicket", **asked) for c in [self.ann, *others] for _ in range(5)]
        answers = [call.result() for call in calls]
        self.assertEqual({a.status.code for a in answers}, {0}, [a.status for a in answers])
        self.assertEqual(len({a.data for a in answers}), 1)
        self.assertEqual(self.tenant.revision(), revision + 1)

    def test_key_reused(self):
        key = os.urandom(16)
        made = self.tenant.ticket(self.ann, "delta", key=key)
        revision = self.tenant.revision()
        other = self.ann.call("CreateTicket", subject="delta 2", requester="asker@example.org", key=key)
        self.refused(other, "KEY_REUSED")
        self.refused(self.ann.call("TakeTicket", number=made.number, expected_version=1, key=key), "KEY_REUSED")
        self.assertEqual(self.tenant.revision(), revision)

    def test_key_required(self):
        revision = self.tenant.revision()
        for name, method in METHODS.items():
            if method.effect == pb.EFFECT_WRITE:
                with self.subTest(name):
                    system = method.caller == pb.CALLER_SYSTEM_ADMIN
                    self.refused((self.tenant.system if system else self.boss).call(name, key=b""), "KEY_REQUIRED")
        self.assertEqual(self.tenant.revision(), revision)

    def test_keys_of_1_and_64_bytes(self):
        for key in (b"\0", b"\xff" * 64):
            self.tenant.ticket(self.ann, "delta", key=key)

    # ---- dry runs

    def test_dry_run(self):
        number = self.tenant.ticket(self.ann, "delta").number
        revision = self.tenant.revision()
        key = os.urandom(16)
        tried = self.tenant.ticket(self.ann, "delta tried", dry_run=True, key=key)
        self.assertEqual((tried.queue, tried.decision.rule), ("Delta", "delta"))
        taken = ok(self.ann.call("TakeTicket", number=number, expected_version=1, dry_run=True)).ticket
        self.assertEqual((taken.assignee, taken.version), ("ann", 2))
        ok(self.boss.call("CreatePerson", handle="ghost", dry_run=True))
        ok(self.boss.call("PutRules", text=self.tenant.rules.text.replace("version 1", "version 9"), dry_run=True))
        self.refused(self.boss.call("CreatePerson", handle="ann", dry_run=True), "ALREADY_EXISTS")
        name = WORLD.fresh_name("ghost")
        ok(self.tenant.system.call("CreateTenant", name=name, dry_run=True))
        self.assertEqual(self.tenant.revision(), revision)
        self.assertEqual(ok(self.ann.call("GetTicket", number=number)).version, 1)
        self.refused(self.boss.call("GetPerson", handle="ghost"), "PERSON_NOT_FOUND")
        self.assertEqual(ok(self.boss.call("GetRules")), self.tenant.rules)
        self.refused(self.tenant.system.call("GetTenant", metadata={"tenant": name}), "TENANT_NOT_FOUND")
        made = self.tenant.ticket(self.ann, "delta tried", key=key)
        self.assertEqual(self.tenant.revision(), revision + 1, "a dry run keeps nothing, its key neither")
        self.assertEqual(ok(self.ann.call("GetTicket", number=made.number)).subject, "delta tried")

    def test_many_at_once(self):
        """40 tickets from 4 connections, each acknowledged once and to be read at once."""
        numbers, errors = [], []

        def work(index):
            try:
                connection = self.tenant.connect("ann")
                calls = [connection.start("CreateTicket", subject=f"delta {index} {i}", requester="a@example.org")
                         for i in range(10)]
                for call in calls:
                    made = ok(call.result())
                    ok(self.ann.call("GetTicket", number=made.number))
                    numbers.append(made.number)
            except Exception as error:
                errors.append(error)
        threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(errors, [])
        self.assertEqual(len(set(numbers)), 40)
