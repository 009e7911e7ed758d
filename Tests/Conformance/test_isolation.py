"""Two tenants on one server: what belongs to the one is, for the other, exactly what does not exist.

Each call is made twice by the second tenant: with a name, number, cursor or page of the first one, and with one that
nobody has. The two answers must have the same bytes, but for the name itself where it is said back.
"""
import unittest

from signalbox_messages import METHODS, pb
from tenant import RULES, Tenant, ok
from world import WORLD


def turned(token):
    """The token with one of its characters changed: well-formed, and made by nobody."""
    return token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]


class Isolation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.first, cls.second = Tenant("first"), Tenant("second")
        cls.addClassCleanup(cls.first.close)
        cls.addClassCleanup(cls.second.close)
        first = cls.first.fill()
        cls.second_fill()
        boss = first.boss
        ok(boss.call("CreateOrganization", name="Secret", kind=pb.ORGANIZATION_KIND_PARTNER))
        ok(boss.call("CreatePerson", handle="sid", organization="Secret"))
        ok(boss.call("CreateToken", name="sid-token", role=pb.TOKEN_ROLE_AGENT, person="sid"))
        first.queue(name="Secret-1", kind=pb.QUEUE_KIND_RESOURCE_PROVIDER, organization="Secret", agents=["sid", "ann"])
        cls.registration = first.queue(name="Secret-2", kind=pb.QUEUE_KIND_RESOURCE_PROVIDER, organization="Secret",
                                       agents=["sid", "ann"], additional=True)
        cls.waiting = ok(boss.call("RegisterQueue", name="Secret-3", kind=pb.QUEUE_KIND_RESOURCE_PROVIDER,
                                   organization="Secret", agents=["sid"], additional=True)).id
        text = RULES.replace("conformance", "secret").replace('queue "Delta"', 'queue "Secret-1"')
        cls.rules = ok(boss.call("PutRules", text=text))
        # Numbers follow the tenant's revision: enough tickets to be beyond all that the second tenant has.
        while True:
            cls.made = first.ticket(first.ann)
            if cls.made.number > cls.second.revision() + 40:
                break
        cls.taken = ok(first.ann.call("TakeTicket", number=cls.made.number, expected_version=1))
        first.ticket(first.ann)
        first.ticket(first.ann)

    @classmethod
    def second_fill(cls):
        second = cls.second
        ok(second.boss.call("CreateOrganization", name="Own", kind=pb.ORGANIZATION_KIND_RESOURCE_PROVIDER))
        ok(second.boss.call("CreatePerson", handle="olga", organization="Own"))
        second.tokens["olga"] = ok(second.boss.call("CreateToken", name="olga", role=pb.TOKEN_ROLE_AGENT,
                                                    person="olga")).secret
        second.queue(name="Own", kind=pb.QUEUE_KIND_RESOURCE_PROVIDER, organization="Own", agents=["olga"])
        ok(second.boss.call("PutRules", text='ruleset "own" version 1\nphase route first {\n  otherwise { queue "Own" }\n}\n'))
        second.olga = second.connect("olga")
        cls.own = second.ticket(second.olga)

    def same(self, method, theirs, nobodys, **fields):
        """Calls with `theirs` and with `nobodys` (each a dictionary of one field); both by admin and by agent."""
        for who in (self.second.boss, self.second.olga):
            answers = []
            for found in (theirs, nobodys):
                revision = self.second.revision()
                answer = who.call(method, **{**fields, **found})
                if self.second.revision() != revision:
                    self.fail(f"{method} {found} changed the second tenant")
                status = answer.status
                self.assertFalse(answer.ok and answer.data, f"{method} {found} was answered")
                said = status.SerializeToString()
                for value in found.values():
                    for text in value if isinstance(value, (list, tuple)) else [value]:
                        text = text if isinstance(text, bytes) else str(text).encode()
                        said = said.replace(text, b"?" * len(text))
                answers.append((said, answer.data))
            self.assertEqual(answers[0], answers[1], f"{method}: {theirs} against {nobodys}")
            self.assertNotEqual(status.code, 0)

    def test_names(self):
        unknown, text = dict(name="Secret-9"), dict(name="Secret-1")
        self.same("GetQueue", text, unknown)
        self.same("RetireQueue", text, unknown)
        self.same("GetOrganization", dict(name="Secret"), dict(name="Absent"))
        self.same("GetPerson", dict(handle="sid"), dict(handle="nob"))
        self.same("RevokeToken", dict(name="sid-token"), dict(name="nob-token"))
        self.same("RotateToken", dict(name="sid-token"), dict(name="nob-token"))
        self.same("CreateToken", dict(person="sid"), dict(person="nob"), name="t", role=pb.TOKEN_ROLE_AGENT)
        self.same("CreatePerson", dict(organization="Secret"), dict(organization="Absent"), handle="h")
        asked = dict(name="New", kind=pb.QUEUE_KIND_RESOURCE_PROVIDER)
        self.same("RegisterQueue", dict(organization="Secret"), dict(organization="Absent"), agents=["olga"], **asked)
        self.same("RegisterQueue", dict(agents=["sid"]), dict(agents=["nob"]), organization="Own", **asked)

    def test_registrations(self):
        for number in (self.registration, self.waiting):
            # The second tenant has fewer revisions than these numbers, and nobody has the larger ones.
            self.same("GetQueueRegistration", dict(registration=number), dict(registration=number + 50))
            self.same("ApproveQueueRegistration", dict(registration=number), dict(registration=number + 50))
            self.same("DeclineQueueRegistration", dict(registration=number), dict(registration=number + 50), answer="no")
            for method, more in (("SubmitQueueRegistration", {}), ("WithdrawQueueRegistration", {}),
                                 ("RequestRegistrationChanges", dict(answer="a")), ("GetRegistrationHistory", {}),
                                 ("CommentQueueRegistration", dict(comment="c")), ("PlanQueueRegistration", {}),
                                 ("UpdateQueueRegistration", dict(name="Mine")), ("LintQueueRegistration", {})):
                self.same(method, dict(registration=number), dict(registration=number + 50), **more)

    def test_tickets(self):
        theirs, nobodys = dict(number=self.made.number), dict(number=self.made.number + 30)
        self.assertEqual(len(str(theirs["number"])), len(str(nobodys["number"])))
        for method in ("GetTicket", "GetTicketHistory", "WhyTicket"):
            self.same(method, theirs, nobodys)
        for version in (0, 1, 2):
            self.same("TakeTicket", theirs, nobodys, expected_version=version)
            for target in (dict(to_person="olga"), dict(to_person="sid"), dict(to_queue="Own"), dict(to_queue="Secret-1")):
                self.same("ReassignTicket", theirs, nobodys, expected_version=version, reason="r", **target)

    def test_own_ticket_to_their_queue_or_person(self):
        own = dict(number=self.own.number, expected_version=1, reason="r")
        self.same("ReassignTicket", dict(to_queue="Secret-1"), dict(to_queue="Secret-9"), **own)
        self.same("ReassignTicket", dict(to_person="sid"), dict(to_person="nob"), **own)

    def test_watches(self):
        self.same("WatchTickets", dict(queues=["Secret-1"]), dict(queues=["Secret-9"]))
        self.same("WatchTickets", dict(queues=["Own", "Secret-1"]), dict(queues=["Own", "Secret-9"]), cursor="start")

    def test_cursors(self):
        for cursor in (self.made.cursor, self.taken.cursor):
            self.same("WatchTickets", dict(cursor=cursor), dict(cursor=turned(cursor)), queues=["Own"])
            self.same("WatchTickets", dict(cursor=cursor), dict(cursor=turned(cursor)), queues=["Secret-1"])

    def test_pages(self):
        boss = self.first.boss
        lists = ["ListOrganizations", "ListPeople", "ListTokens", "ListQueues", "ListQueueRegistrations", "ListTickets"]
        for method in lists:
            with self.subTest(method):
                page = ok(boss.call(method, page_size=1)).next_page
                self.assertTrue(page)
                self.same(method, dict(page=page), dict(page=turned(page)))
        page = ok(boss.call("GetTicketHistory", number=self.made.number, page_size=1)).next_page
        self.assertTrue(page)
        self.same("GetTicketHistory", dict(page=page), dict(page=turned(page)), number=self.own.number)

    def test_filters(self):
        """A filter by another tenant's name finds what a filter by no name at all finds."""
        for who in (self.second.boss, self.second.olga):
            for method, field, theirs, nobodys in (("ListQueues", "organization", "Secret", "Absent"),
                                                   ("ListTickets", "queue", "Secret-1", "Secret-9"),
                                                   ("ListTickets", "assignee", "sid", "nob")):
                with self.subTest(f"{method} {field}"):
                    one, two = (who.call(method, **{field: name}) for name in (theirs, nobodys))
                    self.assertEqual(one.status.SerializeToString().replace(theirs.encode(), nobodys.encode()),
                                     two.status.SerializeToString())
                    self.assertEqual(one.data, two.data)

    def test_rules(self):
        self.same("GetRules", dict(hash=self.rules.hash), dict(hash=b"\x5a" * 32))
        text = 'ruleset "own" version 2\nphase route first {{\n  otherwise {{ queue "{}" }}\n}}\n'
        said = []
        for name in ("Secret-1", "Secret-9"):
            put = self.second.boss.call("PutRules", text=text.format(name))
            check = self.second.boss.call("CheckRules", text=text.format(name))
            self.assertEqual(put.status.reason, "RULES_INVALID")
            said.append([x.replace(name.encode(), b"?") for x in (put.status.SerializeToString(), check.data)])
        self.assertEqual(len(said[0]), 2)
        self.assertEqual(said[0], said[1])

    def test_lists_have_only_ones_own(self):
        for who in (self.second.boss, self.second.olga):
            self.assertEqual([x.name for x in ok(who.call("ListQueues")).queues], ["Own"])
            self.assertEqual([x.name for x in ok(who.call("ListOrganizations")).organizations], ["Own"])
            self.assertEqual([x.handle for x in ok(who.call("ListPeople")).people], ["olga"])
            self.assertEqual([x.number for x in ok(who.call("ListTickets")).tickets], [self.own.number])
        self.assertEqual({x.name for x in ok(self.second.boss.call("ListTokens")).tokens}, {"boss", "olga"})

    def test_naming_the_other_tenant(self):
        """The tenant comes from the identity; only a system admin names one."""
        for who in (self.second.boss, self.second.olga):
            for method in ("GetTenant", "ListQueues", "ListTickets", "GetRules"):
                one, two = (who.call(method, metadata={"tenant": name}) for name in (self.first.name, self.first.name[::-1]))
                self.assertEqual(one.status.SerializeToString().replace(self.first.name.encode(), b"?"),
                                 two.status.SerializeToString().replace(self.first.name[::-1].encode(), b"?"))
                self.assertEqual(one.data, two.data)
                self.assertNotIn(self.first.name.encode(), one.data or b"")

    def test_system_calls(self):
        for name in ("ListTenants", "CreateTenant"):
            self.assertEqual(METHODS[name].caller, pb.CALLER_SYSTEM_ADMIN)
            for who in (self.second.boss, self.second.olga):
                self.assertEqual(who.call(name).status.reason, "NOT_PERMITTED")
        one, two = (self.second.boss.call("CreateTenant", name=name) for name in (self.first.name, WORLD.fresh_name("n")))
        self.assertEqual(one.status, two.status)

    def test_keys_are_each_tenants_own(self):
        asked = dict(handle="key-person", display_name="Same", key=b"one key for both")
        first = ok(self.first.boss.call("CreatePerson", **asked))
        revision = self.second.revision()
        self.assertEqual(ok(self.second.boss.call("CreatePerson", **asked, dry_run=True)), first)
        other = self.second.boss.call("CreatePerson", **{**asked, "handle": "olga"})
        self.assertEqual(other.status.reason, "ALREADY_EXISTS", "not KEY_REUSED: the key is unknown here")
        self.assertEqual(self.second.revision(), revision)

    def test_within_a_tenant(self):
        """A ticket of a queue one is no agent of is like no ticket."""
        first = self.first
        hidden = first.ticket(first.ann, "else").number
        nobodys = hidden + 30
        for method, fields in (("GetTicket", {}), ("GetTicketHistory", {}), ("WhyTicket", {}),
                               ("TakeTicket", dict(expected_version=1)),
                               ("ReassignTicket", dict(expected_version=1, reason="r", to_queue="Secret-1"))):
            with self.subTest(method):
                one, two = (first.ann.call(method, number=n, **fields).status for n in (hidden, nobodys))
                self.assertEqual(one.reason, "TICKET_NOT_FOUND")
                self.assertEqual(one.SerializeToString().replace(str(hidden).encode(), str(nobodys).encode()),
                                 two.SerializeToString())
