"""The audit's chain, hashed as section 12 says."""
import hashlib
import struct
import unittest

from tenant import Tenant, ok


def hashed(head, row, previous):
    def number(value):
        return struct.pack(">q", value)

    def text(value):
        value = value if isinstance(value, bytes) else value.encode()
        return struct.pack(">I", len(value)) + value

    parts = [b"SBA1", text(previous), number(head.tenant_number), number(row.revision), text(row.kind)]
    parts += [number(value) for value in (row.ticket, row.ticket_version, row.queue_before, row.queue_after)]
    parts += [text(row.actor), text(row.source), number(row.at_ms), text(row.subject), text(row.reason)]
    parts.append(number(len(row.changes)))
    parts += [text(value) for change in row.changes for value in (change.field, change.before, change.after)]
    parts += [text(row.decision), number(row.registration)]
    return hashlib.sha256(b"".join(parts)).digest()


class Audit(unittest.TestCase):
    def test_chain(self):
        tenant = Tenant("audited").fill()
        self.addCleanup(tenant.close)
        tenant.ticket(tenant.ann)
        rows, page = [], ""
        while True:
            answer = ok(tenant.boss.call("ExportAudit", page_size=7, page=page))
            rows += answer.rows
            page = answer.next_page
            if not page:
                break
        previous = b""
        for place, row in enumerate(rows):
            self.assertEqual(row.revision, place + 1)
            self.assertEqual(row.hash, hashed(answer.head, row, previous), f"row {row.revision}")
            self.assertIn(" token ", row.source)
            previous = row.hash
        self.assertEqual((answer.head.revision, answer.head.hash), (len(rows), previous))
        self.assertTrue(any(row.decision for row in rows))


if __name__ == "__main__":
    raise SystemExit("run.py runs the tests")
