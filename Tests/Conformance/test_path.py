"""The way of a tenant from its creation to tickets that are routed, taken and moved; refusals on the way."""
import hashlib
import unittest

import signalbox_frames as f
from raw_connection import RawConnection
from signalbox_client import WAIT_S, CallReset, ConnectionLost, Refused
from signalbox_messages import ERRORS, METHODS, pb
from tenant import RULES, Tenant, ok
from world import WORLD


class TenantCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tenant = Tenant(cls.__name__.lower())
        cls.addClassCleanup(cls.tenant.close)
        cls.tenant.fill()
        cls.boss, cls.ann, cls.bob, cls.cat = cls.tenant.boss, cls.tenant.ann, cls.tenant.bob, cls.tenant.cat

    def refused(self, answer, reason, field=None):
        """The call was refused with the reason, and with the code and retry that errors.tsv has for it."""
        status = answer.status
        self.assertEqual((status.reason, status.code, status.retry), (reason, *ERRORS[reason]), status)
        self.assertIsNone(answer.data)
        if field:
            self.assertIn(field, [v.field for v in status.violations], status)
        return status

    def pages(self, connection, method, repeated, **fields):
        """All entries, asked for two at a time; no page is empty but a first one, none is larger than asked."""
        found, page = [], ""
        while True:
            answer = ok(connection.call(method, page_size=2, page=page, **fields))
            entries = getattr(answer, repeated)
            self.assertLessEqual(len(entries), 2)
            found += entries
            page = answer.next_page
            if not page:
                return found
            self.assertEqual(len(entries), 2, "a page that is not the last is full")


class SetUp(TenantCase):
    def test_tenant(self):
        name = self.tenant.name
        self.assertEqual(self.tenant.created.tenant.name, name)
        self.assertEqual(ok(self.boss.call("GetTenant")).display_name, "Conformance")
        self.refused(self.tenant.system.call("CreateTenant", name=name), "ALREADY_EXISTS")
        self.assertIn(name, [t.name for t in self.pages(self.tenant.system, "ListTenants", "tenants")])
        self.refused(self.tenant.system.call("CreateTenant"), "INVALID_FIELD", "name")

    def test_system_admin_names_the_tenant(self):
        system = self.tenant.system
        self.refused(system.call("GetTenant"), "TENANT_REQUIRED")
        self.refused(system.call("GetTenant", metadata={"tenant": WORLD.fresh_name("none")}), "TENANT_NOT_FOUND")
        self.assertEqual(ok(system.call("GetTenant", metadata={"tenant": self.tenant.name})).name, self.tenant.name)

    def test_settings(self):
        settings = pb.TenantSettings(awardee_queue_pattern="ACCESS-<WORD>", categories=["login", "storage"])
        self.assertEqual(ok(self.boss.call("UpdateTenantSettings", settings=settings)).settings, settings)
        self.assertEqual(ok(self.boss.call("GetTenant")).settings, settings)
        asked = dict(kind=pb.QUEUE_KIND_AWARDEE, organization="ACO", agents=["cat"], additional=True)
        for name in ("ACO", "ACCESS-", "ACCESS-a-b", "xACCESS-a", "access-a"):
            with self.subTest(name):
                self.refused(self.boss.call("RegisterQueue", name=name, **asked), "INVALID_FIELD", "name")
        ok(self.boss.call("RegisterQueue", name="ACCESS-a1", **asked))
        ticket = dict(subject="s", requester="asker@example.org")
        self.refused(self.ann.call("CreateTicket", category="other", **ticket), "INVALID_FIELD", "category")
        ok(self.ann.call("CreateTicket", category="login", **ticket))
        ok(self.boss.call("UpdateTenantSettings", settings=pb.TenantSettings()))
        self.assertEqual(ok(self.boss.call("GetTenant")).settings, pb.TenantSettings())

    def test_organizations(self):
        made = ok(self.boss.call("CreateOrganization", name="Gamma", kind=pb.ORGANIZATION_KIND_PARTNER, display_name="G é"))
        self.assertEqual(ok(self.ann.call("GetOrganization", name="Gamma")), made)
        self.assertEqual((made.name, made.kind, made.display_name), ("Gamma", pb.ORGANIZATION_KIND_PARTNER, "G é"))
        self.refused(self.boss.call("CreateOrganization", name="Gamma", kind=1), "ALREADY_EXISTS")
        self.refused(self.ann.call("GetOrganization", name="Nowhere"), "ORGANIZATION_NOT_FOUND")
        self.refused(self.ann.call("CreateOrganization", name="Epsilon", kind=1), "NOT_PERMITTED")
        names = [o.name for o in self.pages(self.ann, "ListOrganizations", "organizations")]
        self.assertEqual(len(names), len(set(names)))
        self.assertLessEqual({"Delta", "ACO", "Gamma"}, set(names))

    def test_people(self):
        made = ok(self.boss.call("CreatePerson", handle="dora", display_name="Dora", email="d@example.org"))
        self.assertEqual(ok(self.ann.call("GetPerson", handle="dora")), made)
        self.assertEqual(made.organization, "")
        self.refused(self.boss.call("CreatePerson", handle="dora"), "ALREADY_EXISTS")
        self.refused(self.boss.call("CreatePerson", handle="eve", organization="Nowhere"), "ORGANIZATION_NOT_FOUND")
        self.refused(self.ann.call("GetPerson", handle="eve"), "PERSON_NOT_FOUND")
        handles = [p.handle for p in self.pages(self.ann, "ListPeople", "people")]
        self.assertEqual(len(handles), len(set(handles)))
        self.assertLessEqual({"ann", "bob", "cat", "dora"}, set(handles))

    def test_page_size(self):
        self.refused(self.ann.call("ListPeople", page_size=201), "INVALID_FIELD", "page_size")
        ok(self.ann.call("ListPeople", page_size=200))
        self.refused(self.ann.call("ListPeople", page="nonsense"), "CURSOR_INVALID")

    def test_describe_says_who_calls(self):
        caller = ok(self.ann.call("Describe")).caller
        self.assertEqual((caller.tenant, caller.role, caller.person, caller.token_name),
                         (self.tenant.name, "agent", "ann", "token-ann"))
        caller = ok(self.boss.call("Describe")).caller
        self.assertEqual((caller.tenant, caller.role, caller.person), (self.tenant.name, "tenant_admin", ""))

    def test_tokens(self):
        self.refused(self.boss.call("CreateToken", name="t", role=pb.TOKEN_ROLE_AGENT), "INVALID_FIELD", "person")
        self.refused(self.boss.call("CreateToken", name="t", role=pb.TOKEN_ROLE_AGENT, person="nobody"), "PERSON_NOT_FOUND")
        self.refused(self.boss.call("CreateToken", name="boss", role=pb.TOKEN_ROLE_AGENT, person="ann"), "ALREADY_EXISTS")
        self.refused(self.boss.call("CreateToken", name="root", role=pb.TOKEN_ROLE_SYSTEM_ADMIN), "NOT_PERMITTED")
        self.refused(self.ann.call("CreateToken", name="t", role=pb.TOKEN_ROLE_AGENT, person="ann"), "NOT_PERMITTED")
        asked = dict(name="twice", role=pb.TOKEN_ROLE_AGENT, person="ann", key=b"token-key")
        first, second = (ok(self.boss.call("CreateToken", **asked)) for _ in range(2))
        self.assertTrue(first.secret)
        self.assertEqual((second.secret, second.token), ("", first.token), "a repeated answer has no secret")
        tokens = {t.name: t for t in self.pages(self.boss, "ListTokens", "tokens")}
        self.assertEqual(tokens["token-ann"].person, "ann")

    def test_revoked_token(self):
        """A connection that is open ends with GOAWAY(UNAUTHENTICATED) at its next call at the latest."""
        made = ok(self.boss.call("CreateToken", name="short", role=pb.TOKEN_ROLE_AGENT, person="ann"))
        with WORLD.connect(made.secret) as connection:
            ok(connection.call("GetTenant"))
            self.assertTrue(ok(self.boss.call("RevokeToken", name="short")).token.revoked)
            try:
                answer = connection.call("GetTenant")
                self.assertEqual(answer.status.reason, "UNAUTHENTICATED")
            except (ConnectionLost, Refused):
                pass
            except CallReset as reset:
                # The GOAWAY was there before the call: it was not executed.
                self.assertEqual(reset.code, f.REFUSED)
            self.assertTrue(connection.wait_closed())
            self.assertEqual([g["code"] for g in connection.goaways], [f.UNAUTHENTICATED])
        with RawConnection(WORLD.server, token=made.secret) as connection:
            self.assertEqual(connection.frame().code, f.UNAUTHENTICATED)
        self.refused(self.boss.call("RevokeToken", name="short"), "TOKEN_REVOKED")
        self.refused(self.boss.call("RevokeToken", name="never"), "TOKEN_NOT_FOUND")

    def test_watch_of_a_revoked_token(self):
        """It ends by itself, though nobody says how soon."""
        made = ok(self.boss.call("CreateToken", name="watcher", role=pb.TOKEN_ROLE_AGENT, person="ann"))
        with WORLD.connect(made.secret) as connection:
            watch = connection.start("WatchTickets", queues=["Delta"], cursor="start")
            self.assertTrue(watch.next().HasField("event"))
            ok(self.boss.call("RevokeToken", name="watcher"))
            try:
                self.assertEqual(watch.result().status.reason, "UNAUTHENTICATED")
            except ConnectionLost:
                self.assertEqual([g["code"] for g in connection.goaways], [f.UNAUTHENTICATED])


class QueuesAndRules(TenantCase):
    def test_registration(self):
        asked = dict(name="Delta-2", kind=pb.QUEUE_KIND_RESOURCE_PROVIDER, organization="Delta", description="two",
                     agents=["ann"], watchers=["bob", "list@example.org"], default_assignee="ann", keywords=["second"])
        registration = ok(self.ann.call("RegisterQueue", additional=True, **asked))
        self.assertEqual((registration.state, registration.asked_by), (pb.REGISTRATION_STATE_SUBMITTED, "ann"))
        self.refused(self.ann.call("GetQueue", name="Delta-2"), "QUEUE_NOT_FOUND")
        self.refused(self.ann.call("ApproveQueueRegistration", registration=registration.id), "NOT_PERMITTED")
        waiting = self.pages(self.boss, "ListQueueRegistrations", "registrations", state=pb.REGISTRATION_STATE_SUBMITTED)
        self.assertIn(registration, waiting)
        approved = ok(self.boss.call("ApproveQueueRegistration", registration=registration.id, answer="welcome"))
        self.assertEqual((approved.registration.state, approved.registration.answer, approved.registration.decided_by),
                         (pb.REGISTRATION_STATE_APPROVED, "welcome", "boss"))
        queue = ok(self.ann.call("GetQueue", name="Delta-2"))
        self.assertEqual(queue, approved.queue)
        for name, value in asked.items():
            found = getattr(queue, name)
            self.assertEqual(list(found) if isinstance(value, list) else found, value, name)
        self.assertEqual(queue.state, pb.QUEUE_STATE_ACTIVE)
        self.refused(self.boss.call("ApproveQueueRegistration", registration=registration.id), "REGISTRATION_DECIDED")
        names = [q.name for q in self.pages(self.ann, "ListQueues", "queues", organization="Delta")]
        self.assertIn("Delta-2", names)
        self.assertNotIn("ACCESS-ACO", names)

    def test_registration_refused(self):
        asked = dict(name="Other", kind=pb.QUEUE_KIND_RESOURCE_PROVIDER, organization="Delta", agents=["ann"])
        self.refused(self.cat.call("RegisterQueue", **asked), "NOT_PERMITTED")
        self.refused(self.ann.call("RegisterQueue", **asked), "ORGANIZATION_HAS_QUEUE")
        asked["additional"] = True
        self.refused(self.ann.call("RegisterQueue", **{**asked, "default_assignee": "bob"}), "INVALID_FIELD",
                     "default_assignee")
        self.refused(self.ann.call("RegisterQueue", **{**asked, "agents": ["nobody"]}), "PERSON_NOT_FOUND")
        self.refused(self.boss.call("RegisterQueue", **{**asked, "organization": "Nowhere"}), "ORGANIZATION_NOT_FOUND")
        registration = ok(self.ann.call("RegisterQueue", **asked)).id
        self.refused(self.boss.call("DeclineQueueRegistration", registration=registration), "INVALID_FIELD", "answer")
        declined = ok(self.boss.call("DeclineQueueRegistration", registration=registration, answer="no need"))
        self.assertEqual((declined.state, declined.answer), (pb.REGISTRATION_STATE_DECLINED, "no need"))
        self.assertEqual(ok(self.ann.call("GetQueueRegistration", registration=registration)), declined)
        self.refused(self.boss.call("ApproveQueueRegistration", registration=registration), "REGISTRATION_DECIDED")
        self.refused(self.boss.call("ApproveQueueRegistration", registration=1 << 40), "REGISTRATION_NOT_FOUND")

    def test_registration_back_and_forth(self):
        asked = dict(name="Draft", kind=pb.QUEUE_KIND_INTERNAL, organization="Delta", agents=["ann"], draft=True)
        draft = ok(self.ann.call("RegisterQueue", **asked))
        self.assertEqual(draft.state, pb.REGISTRATION_STATE_DRAFT)
        named = dict(registration=draft.id)
        for who, sees in ((self.boss, False), (self.bob, True), (self.cat, False)):
            listed = ok(who.call("ListQueueRegistrations", page_size=200)).registrations
            self.assertEqual(draft in listed, sees)
        self.refused(self.cat.call("CommentQueueRegistration", comment="hm", **named), "REGISTRATION_NOT_FOUND")
        self.refused(self.boss.call("ApproveQueueRegistration", **named), "REGISTRATION_STATE")
        self.refused(self.boss.call("SubmitQueueRegistration", **named), "NOT_PERMITTED")
        ok(self.bob.call("UpdateQueueRegistration", keywords=pb.TextList(values=["one", "two"]), **named))
        self.assertEqual(ok(self.ann.call("SubmitQueueRegistration", **named)).state, pb.REGISTRATION_STATE_SUBMITTED)
        self.refused(self.ann.call("UpdateQueueRegistration", name="Other", **named), "REGISTRATION_STATE")
        self.refused(self.boss.call("RequestRegistrationChanges", **named), "INVALID_FIELD", "answer")
        returned = ok(self.boss.call("RequestRegistrationChanges", answer="which desk?", **named))
        self.assertEqual((returned.state, returned.answer), (pb.REGISTRATION_STATE_CHANGES_REQUESTED, "which desk?"))
        ok(self.ann.call("CommentQueueRegistration", comment="never mind", **named))
        self.assertEqual(ok(self.ann.call("WithdrawQueueRegistration", **named)).state, pb.REGISTRATION_STATE_WITHDRAWN)
        self.refused(self.boss.call("DeclineQueueRegistration", answer="no", **named), "REGISTRATION_DECIDED")
        events = self.pages(self.boss, "GetRegistrationHistory", "events", **named)
        self.assertEqual([e.kind for e in events], [
            "registration.drafted", "registration.amended", "registration.submitted", "registration.changes_requested",
            "registration.commented", "registration.withdrawn"])
        self.assertEqual({e.registration for e in events}, {draft.id})
        self.assertEqual([(c.field, c.before, c.after) for c in events[1].changes], [("keywords", "", "one, two")])

    def test_rules_with_errors(self):
        text = RULES.replace("subject", "subjct")
        line = text.split("\n").index('    when subjct contains "delta"') + 1
        status = self.refused(self.boss.call("PutRules", text=text), "RULES_INVALID")
        self.assertTrue(any(f"{line}:10" in v.description for v in status.violations), status)
        found = ok(self.ann.call("CheckRules", text=text)).diagnostics
        self.assertEqual([(d.line, d.column, d.length, d.source_line) for d in found],
                         [(line, 10, 6, '    when subjct contains "delta"')])
        self.assertEqual(ok(self.ann.call("GetRules")), self.tenant.rules, "a refused rule set changes nothing")

    def test_column_counts_characters(self):
        text = RULES.replace('contains "delta"', 'contains "délta 🜂" nonsense')
        found = ok(self.ann.call("CheckRules", text=text)).diagnostics[0]
        source = '    when subject contains "délta 🜂" nonsense'
        self.assertEqual((found.source_line, found.column, found.length), (source, source.index("nonsense") + 1, 8))

    def test_rules(self):
        rules = self.tenant.rules
        self.assertEqual((rules.name, rules.version, rules.activated_by), ("conformance", 1, "boss"))
        self.assertEqual(rules.hash, hashlib.sha256(rules.text.encode()).digest())
        self.assertEqual(ok(self.ann.call("GetRules", hash=rules.hash)), rules)
        self.refused(self.ann.call("GetRules", hash=b"\0" * 32), "RULES_NOT_FOUND")
        self.refused(self.ann.call("PutRules", text=RULES), "NOT_PERMITTED")
        checked = ok(self.ann.call("CheckRules", text=RULES))
        self.assertEqual((list(checked.diagnostics), checked.rule_count), ([], 1))
        again = ok(self.ann.call("CheckRules", text=checked.canonical_text))
        self.assertEqual(again.canonical_text, checked.canonical_text)
        text = RULES.replace("version 1", "version 2")
        self.refused(self.boss.call("PutRules", text=text, expected_hash=b"\1" * 32), "VERSION_MISMATCH")
        second = ok(self.boss.call("PutRules", text=text, expected_hash=rules.hash))
        self.assertEqual(second.version, 2)
        self.refused(self.boss.call("PutRules", text=text.replace("version 2", "version 3"), expected_hash=rules.hash),
                     "VERSION_MISMATCH")
        self.assertEqual(ok(self.ann.call("GetRules")), second)
        self.assertEqual(ok(self.ann.call("GetRules", hash=rules.hash)).text, rules.text)
        type(self).tenant.rules = second

    def test_no_rules(self):
        empty = Tenant("norules")
        self.addCleanup(empty.close)
        self.refused(empty.boss.call("CreateTicket", subject="s", requester="a@example.org"), "NO_RULES")
        self.refused(empty.boss.call("GetRules"), "RULES_NOT_FOUND")

    def test_retire(self):
        self.refused(self.boss.call("RetireQueue", name="Delta"), "QUEUE_IN_USE")
        self.tenant.queue(name="Old", kind=pb.QUEUE_KIND_INTERNAL, organization="Delta", agents=["ann"])
        self.tenant.queue(name="Older", kind=pb.QUEUE_KIND_INTERNAL, organization="Delta", agents=["ann"], additional=True)
        led = ok(self.boss.call("RetireQueue", name="Older", redirect_to="Old"))
        self.assertEqual((led.state, led.redirect), (pb.QUEUE_STATE_RETIRED, "Old"))
        self.refused(self.boss.call("RetireQueue", name="Old", redirect_to="Older"), "QUEUE_RETIRED")
        self.assertEqual(ok(self.boss.call("RetireQueue", name="Old")).state, pb.QUEUE_STATE_RETIRED)
        number = self.tenant.ticket(self.ann).number
        self.refused(self.ann.call("ReassignTicket", number=number, expected_version=1, to_queue="Old", reason="r"),
                     "QUEUE_RETIRED")


class Deadlines(TenantCase):
    def ended(self, method, request, stream=1, **header):
        with RawConnection(WORLD.server, token=self.tenant.tokens["ann"]) as connection:
            number = METHODS[method].number
            data = request.SerializeToString()
            connection.send(f.open_(stream, data[:16000], f.MORE if data[16000:] else f.END_STREAM, method=number, **header))
            for at in range(16000, len(data), 16000):
                connection.send(f.msg(stream, data[at:at + 16000], f.MORE if data[at + 16000:] else f.END_STREAM))
            return connection.end_of(stream, WAIT_S)

    def test_watch(self):
        frame = self.ended("WatchTickets", pb.WatchTicketsRequest(queues=["Delta"]), timeout_ms=1)
        self.assertEqual((frame.name, frame.status.code, frame.status.reason), ("END", 4, "DEADLINE_EXCEEDED"))
        self.assertIn(frame.status.retry, (pb.RETRY_SAME_KEY, pb.RETRY_NOT_EXECUTED))

    def test_large_rule_set(self):
        """240 KB of rules are neither read nor checked within a millisecond."""
        rule = '  rule r%d { when subject contains "delta" then queue "Delta" }\n'
        text = RULES.replace("  rule delta", "".join(rule % i for i in range(3900)) + "  rule delta")
        frame = self.ended("CheckRules", pb.CheckRulesRequest(text=text), timeout_ms=1)
        self.assertEqual((frame.name, frame.status.code, frame.status.reason), ("END", 4, "DEADLINE_EXCEEDED"))
