"""Watches: in order, each event once, no gap, from `start`, from now and from a cursor on another connection."""
import queue
import time

from signalbox_client import WAIT_S, Answer
from signalbox_messages import pb
from tenant import ok
from test_path import TenantCase


def read(call, until):
    """Events with their cursors up to the one of revision `until`; progress marks are left out."""
    found, deadline = [], time.monotonic() + WAIT_S
    while not found or found[-1].event.revision < until:
        item = call.next()
        if isinstance(item, Answer):
            raise AssertionError(f"the watch ended: {str(item.status).strip()}")
        if time.monotonic() > deadline:
            raise AssertionError(f"revision {until} did not come in {WAIT_S} s; last was {found[-1:]}")
        if not item.cursor:
            raise AssertionError("an item without a cursor")
        if item.HasField("event"):
            found.append(item)
    return found


class Watch(TenantCase):
    def some_events(self, count):
        """Makes `count` tickets in Delta and takes every second; returns the revision of the last change."""
        for i in range(count):
            number = self.tenant.ticket(self.ann, f"delta {i}").number
            if i % 2:
                ok(self.ann.call("TakeTicket", number=number, expected_version=1))
        return self.tenant.revision()

    def watch(self, connection, cursor, queues=("Delta",), **how):
        call = connection.start("WatchTickets", queues=list(queues), cursor=cursor, **how)
        self.addCleanup(call.cancel)
        return call

    def test_start_and_cursor(self):
        last = self.some_events(9)
        whole = read(self.watch(self.ann, "start"), last)
        revisions = [item.event.revision for item in whole]
        self.assertEqual(revisions, sorted(set(revisions)), "in order, each once")
        kinds = {item.event.kind for item in whole}
        self.assertLessEqual({"ticket.created", "ticket.taken"}, kinds)
        for at in range(0, len(whole), 4):
            with self.subTest(at):
                if whole[at].event.revision < last:
                    rest = read(self.watch(self.tenant.connect("bob"), whole[at].cursor), last)
                    self.assertEqual([r.event for r in rest], [w.event for w in whole[at + 1:]], "no gap, nothing twice")

    def test_live(self):
        """What comes while the watch is open is what a later watch finds, and what the history has."""
        other = self.tenant.connect("bob")
        self.tenant.ticket(self.ann)
        live = self.watch(other, "start")
        first = read(live, self.tenant.revision())
        last = self.some_events(10)
        whole = first + read(live, last)
        later = read(self.watch(self.ann, "start"), last)
        self.assertEqual([w.event for w in whole], [w.event for w in later])
        ticket = max(w.event.ticket for w in whole)
        history = ok(self.ann.call("GetTicketHistory", number=ticket)).events
        self.assertEqual([w.event for w in whole if w.event.ticket == ticket], list(history))

    def test_cursor_of_a_creation(self):
        made = self.tenant.ticket(self.ann)
        taken = ok(self.ann.call("TakeTicket", number=made.number, expected_version=1))
        found = read(self.watch(self.bob, made.cursor), self.tenant.revision())
        self.assertEqual([(w.event.kind, w.event.ticket) for w in found], [("ticket.taken", made.number)])
        self.some_events(1)
        after = read(self.watch(self.bob, taken.cursor), self.tenant.revision())
        self.assertEqual([w.event.kind for w in after], ["ticket.created"])

    def test_from_now_on(self):
        self.some_events(2)
        call = self.watch(self.ann, "")
        with self.assertRaises(queue.Empty):
            while not call.next(1).HasField("event"):
                pass
        made = self.tenant.ticket(self.bob)
        found = read(call, self.tenant.revision())
        self.assertEqual([(w.event.kind, w.event.ticket) for w in found], [("ticket.created", made.number)])

    def test_small_window(self):
        """A watch with 1,024 bytes of credit gets all of it, as it is read."""
        last = self.some_events(20)
        slow = self.tenant.connect("ann", initial_window=1024, max_frame=4096)
        whole = read(self.watch(slow, "start"), last)
        self.assertEqual([w.event for w in whole], [w.event for w in read(self.watch(self.bob, "start"), last)])

    def test_two_queues(self):
        boss = self.boss
        number = self.tenant.ticket(self.ann).number
        ok(self.ann.call("ReassignTicket", number=number, expected_version=1, to_queue="ACCESS-ACO", reason="theirs"))
        last = self.tenant.revision()
        both = read(self.watch(boss, "start", ("Delta", "ACCESS-ACO")), last)
        moved = [w.event for w in both if w.event.ticket == number]
        self.assertEqual([e.kind for e in moved], ["ticket.created", "ticket.reassigned_externally"])
        for who, name in ((self.ann, "Delta"), (self.cat, "ACCESS-ACO")):
            with self.subTest(name):
                self.assertEqual(read(self.watch(who, "start", (name,)), last)[-1].event, moved[-1],
                                 "a move is seen from both queues")

    def test_dry_run_is_not_seen(self):
        made = self.tenant.ticket(self.ann)
        self.tenant.ticket(self.ann, dry_run=True)
        ok(self.ann.call("TakeTicket", number=made.number, expected_version=1))
        found = read(self.watch(self.ann, made.cursor), self.tenant.revision())
        self.assertEqual([w.event.kind for w in found], ["ticket.taken"])

    def test_refusals(self):
        refused = lambda who, cursor, queues, reason, **how: self.refused(
            self.watch(who, cursor, queues).result(), reason, **how)
        refused(self.ann, "", (), "INVALID_FIELD", field="queues")
        refused(self.ann, "", tuple(f"q{i}" for i in range(65)), "INVALID_FIELD", field="queues")
        refused(self.ann, "", ("Nowhere",), "QUEUE_NOT_FOUND")
        refused(self.ann, "", ("ACCESS-ACO",), "NOT_PERMITTED")
        refused(self.ann, "nonsense", ("Delta",), "CURSOR_INVALID")
        refused(self.ann, "Start", ("Delta",), "CURSOR_INVALID")

    def limit(self):
        return {x.name: x.value for x in ok(self.ann.call("Describe")).limits}["watches_per_connection"]

    def test_watches_of_a_connection(self):
        connection, cursor = self.tenant.connect("ann"), self.tenant.ticket(self.bob).cursor
        made = self.tenant.ticket(self.bob)
        calls = [self.watch(connection, cursor) for _ in range(self.limit())]
        for call in calls:
            self.assertEqual(read(call, self.tenant.revision())[0].event.ticket, made.number)
        self.refused(self.watch(connection, cursor).result(), "TOO_MANY_WATCHES")
        calls[0].cancel()
        ok(connection.call("GetTicket", number=made.number))

    def test_too_many_watches_at_once(self):
        """Those that are opened in one go count as well."""
        connection, cursor = self.tenant.connect("ann"), self.tenant.ticket(self.bob).cursor
        self.tenant.ticket(self.bob)
        limit = self.limit()
        calls = [self.watch(connection, cursor) for _ in range(2 * limit)]
        first = [call.next() for call in calls]
        refused = [item.status.reason for item in first if isinstance(item, Answer)]
        self.assertEqual(refused, ["TOO_MANY_WATCHES"] * limit)
