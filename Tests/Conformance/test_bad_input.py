"""Bad input over a good TLS connection; after each the server still answers on a new connection."""
import time
import unittest

import signalbox_frames as f
from raw_connection import RawConnection
from signalbox_messages import ERRORS, METHODS, pb
from world import WORLD

PING = METHODS["Ping"].number
MEGABYTE = 1 << 20
PIECE = 16384 - f.HEADER_BYTES
HI = pb.PingRequest(payload=b"hi").SerializeToString()
NEVER, SAME_KEY, NOT_EXECUTED = range(3)


class BadInput(unittest.TestCase):
    def tearDown(self):
        with WORLD.connect() as connection:
            self.assertEqual(connection.call("Ping", payload=b"still there").message.payload, b"still there")

    def raw(self, **hello):
        connection = RawConnection(WORLD.server, **hello)
        self.addCleanup(connection.close)
        return connection

    def assert_ended(self, frame, reason, stream=1, retry=None):
        """An END without a message, with the reason and the code and retry that errors.tsv has for it."""
        self.assertEqual((frame.name, frame.stream), ("END", stream))
        self.assertIsNone(frame.message)
        code, usual = ERRORS[reason]
        status = frame.status
        self.assertEqual((status.reason, status.code, status.retry), (reason, code, usual if retry is None else retry))

    def assert_fatal(self, connection, code, retry_after_ms=0):
        frame = connection.frame()
        self.assertEqual((frame.name, frame.code, frame.retry_after_ms), ("GOAWAY", code, retry_after_ms))
        self.assertTrue(frame.reason, "GOAWAY without a reason text")
        self.assertTrue(connection.closed(), "not closed after GOAWAY")
        return frame

    def assert_alive(self, connection, stream):
        connection.send(f.open_(stream, HI, method=PING))
        frame = connection.frame()
        self.assertEqual((frame.name, frame.stream, frame.message), ("END", stream, HI))

    # ---- calls that hurt their stream only

    def test_unknown_methods(self):
        connection = self.raw()
        numbers = [0, 1, 0x0100, 0x01FF, 0x7F7F, 0xFFFF, 0x10101, 0xFFFFFFFF]
        for stream, number in zip(range(1, 99, 2), numbers):
            connection.send(f.open_(stream, HI, method=number))
            self.assert_ended(connection.frame(), "UNKNOWN_METHOD", stream)
        self.assert_alive(connection, 101)

    def test_malformed_header(self):
        connection = self.raw()
        connection.send(f.open_(1, HI, header=b"\x08"), f.open_(3, HI, header=b"\x2a\x02\xff\xfe"))
        self.assert_ended(connection.frame(), "MALFORMED_HEADER", 1)
        self.assert_ended(connection.frame(), "MALFORMED_HEADER", 3)
        self.assert_alive(connection, 5)

    def test_malformed_messages(self):
        connection = self.raw()
        bad = {"length beyond the end": b"\x0a\x05a", "field number 0": b"\x00\x01", "wire type 7": b"\x0f",
               "varint without an end": b"\x08\xff", "group not closed": b"\xa3\x01",
               "101 nested groups": b"\xa3\x01" * 101 + b"\xa4\x01" * 101}
        for stream, (name, message) in zip(range(1, 99, 2), bad.items()):
            with self.subTest(name):
                connection.send(f.open_(stream, message, method=PING))
                self.assert_ended(connection.frame(), "MALFORMED_MESSAGE", stream)
        self.assert_alive(connection, 101)

    def test_message_with_unknown_fields_is_well_formed(self):
        connection = self.raw()
        nested = b"\xa3\x01" * 100 + b"\xa4\x01" * 100
        connection.send(f.open_(1, HI + nested + b"\x78\x01", method=PING))
        frame = connection.frame()
        self.assertEqual((frame.name, frame.status.code, frame.message), ("END", 0, HI))

    def test_text_that_is_not_utf8(self):
        connection = self.raw(token=WORLD.admin_token)
        for stream, text in ((1, b"\xc3\x28"), (3, b"\xed\xa0\x80"), (5, b"\xc0\x80"), (7, b"\xff")):
            with self.subTest(text.hex()):
                connection.send(f.open_(stream, b"\x0a" + bytes([len(text)]) + text, idempotency_key=b"k" * 16,
                                        method=METHODS["CreateTenant"].number))
                self.assert_ended(connection.frame(), "MALFORMED_MESSAGE", stream)

    def test_no_message(self):
        """The text does not say what a unary call without any message gets: one END, and nothing else is hurt."""
        connection = self.raw()
        connection.send(f.open_(1, b"", f.END_STREAM | f.NO_MESSAGE, method=PING))
        frame = connection.frame()
        self.assertEqual((frame.name, frame.stream), ("END", 1))
        self.assert_alive(connection, 3)

    def test_second_message(self):
        connection = self.raw()
        connection.send(f.open_(1, HI, 0, method=PING))
        self.assert_ended(connection.frame(), "SECOND_MESSAGE")
        connection.send(f.msg(1, HI, f.END_STREAM))
        self.assert_alive(connection, 3)

    def test_second_message_after_fragments(self):
        connection = self.raw()
        connection.send(f.open_(1, HI[:1], f.MORE, method=PING), f.msg(1, HI[1:]))
        self.assert_ended(connection.frame(), "SECOND_MESSAGE")
        self.assert_alive(connection, 3)

    def send_large(self, connection, message):
        """Sends a Ping of this size in fragments, waiting for credit; returns the frame that ends the call."""
        head = f.open_(1, b"", f.MORE, method=PING)
        connection.send(head)
        credit, ended = 262144, None
        while message and ended is None:
            while credit < min(PIECE, len(message)) and ended is None:
                frame = connection.frame()
                if frame.type == f.CREDIT:
                    credit += frame.bytes
                else:
                    ended = frame
            if ended is None:
                part, message = message[:PIECE], message[PIECE:]
                credit -= len(part)
                connection.send(f.msg(1, part, f.MORE if message else f.END_STREAM))
        while ended is None or ended.type == f.CREDIT:
            ended = connection.frame()
        return ended

    def ping_of(self, size):
        empty = size - len(pb.PingRequest(payload=b"\0" * (size - 4)).SerializeToString())
        message = pb.PingRequest(payload=b"\0" * (size - 4 + empty)).SerializeToString()
        self.assertEqual(len(message), size)
        return message

    def test_largest_message(self):
        connection = self.raw(initial_window=2 * MEGABYTE)
        message, answer = self.ping_of(MEGABYTE), b""
        frame = self.send_large(connection, message)
        while frame.type == f.MSG:
            self.assertLessEqual(len(frame.payload), PIECE)
            answer += frame.message
            frame = connection.frame()
        self.assertEqual((frame.name, frame.status.code), ("END", 0))
        self.assertEqual(answer + (frame.message or b""), message)

    def test_one_byte_over_the_largest_message(self):
        connection = self.raw()
        self.assert_ended(self.send_large(connection, self.ping_of(MEGABYTE + 1)), "MESSAGE_TOO_LARGE")
        self.assert_alive(connection, 3)

    def test_metadata(self):
        def entries(*pairs):
            return {"metadata": [pb.Metadata(key=k, value=v) for k, v in pairs]}
        bad = [(entries(("k", "v" * 8192)), "METADATA_TOO_LARGE"),
               (entries(*((f"k{i}", "") for i in range(33))), "METADATA_TOO_LARGE"),
               (entries(("Tenant", "a")), "INVALID_METADATA"), (entries(("", "a")), "INVALID_METADATA"),
               (entries(("a_b", "a")), "INVALID_METADATA"), (entries(("é", "a")), "INVALID_METADATA"),
               (entries(("k" * 65, "a")), "INVALID_METADATA"), (entries(("k", "a"), ("k", "b")), "INVALID_METADATA"),
               (entries(("k", "a\r\nb")), "INVALID_METADATA"), (entries(("k", "\0")), "INVALID_METADATA"),
               (entries(("k", "\x7f")), "INVALID_METADATA"),
               # Rows 16 and 17 in their order: too large is said before what is wrong with a key.
               (entries(*((f"K{i}", "") for i in range(33))), "METADATA_TOO_LARGE")]
        connection = self.raw()
        for stream, (header, reason) in zip(range(1, 99, 2), bad):
            with self.subTest(str(header)[:60]):
                connection.send(f.open_(stream, HI, method=PING, **header))
                self.assert_ended(connection.frame(), reason, stream)
        self.assert_alive(connection, 101)

    def test_traceparent_of_another_form_is_ignored(self):
        connection = self.raw()
        for stream, text in ((1, "nonsense"), (3, "00-" + "0" * 32 + "-" + "0" * 16 + "-00"), (5, "é" * 100)):
            connection.send(f.open_(stream, HI, method=PING, traceparent=text))
            frame = connection.frame()
            self.assertEqual((frame.stream, frame.status.code, frame.message), (stream, 0, HI))

    def test_idempotency_key_of_65_bytes(self):
        connection = self.raw()
        connection.send(f.open_(1, HI, method=PING, idempotency_key=b"k" * 65))
        self.assert_ended(connection.frame(), "MALFORMED_HEADER")
        self.assert_alive(connection, 3)

    # ---- what ends the connection

    def test_even_stream(self):
        connection = self.raw()
        connection.send(f.open_(2, HI, method=PING))
        self.assert_fatal(connection, f.STREAM_ID)

    def test_reused_stream(self):
        connection = self.raw()
        self.assert_alive(connection, 1)
        connection.send(f.open_(1, HI, method=PING))
        self.assertEqual(self.assert_fatal(connection, f.STREAM_ID).last, 1)

    def test_credit_of_0(self):
        connection = self.raw()
        connection.send(f.open_(1, b"", f.MORE, method=PING), f.credit(1, 0))
        self.assert_fatal(connection, f.FLOW_CONTROL)

    def test_frame_too_large(self):
        for length in (PIECE + 1, 0xFFFFFF):
            with self.subTest(length):
                connection = self.raw()
                connection.send(f.HEADER.pack(length, 1, f.OPEN, f.END_STREAM))
                self.assert_fatal(connection, f.FRAME_SIZE)

    def test_frame_too_large_with_its_payload(self):
        """The peer has written more than the server will read; the GOAWAY must get through all the same."""
        connection = self.raw()
        connection.send(f.encode(f.OPEN, 1, b"\0" * (4 * PIECE), f.END_STREAM))
        self.assert_fatal(connection, f.FRAME_SIZE)

    def test_unknown_types_that_must_be_understood(self):
        for kind in (0x00, 0x09, 0x42, 0x7F):
            with self.subTest(hex(kind)):
                connection = self.raw()
                connection.send(f.encode(kind, 0, b"?"))
                self.assert_fatal(connection, f.PROTOCOL)

    def test_unknown_types_that_are_skipped(self):
        connection = self.raw()
        connection.send(*(f.encode(kind, kind, b"?" * kind, kind) for kind in range(0x80, 0x100)))
        self.assert_alive(connection, 1)

    def test_300_streams_reset_at_once(self):
        connection = self.raw()
        connection.send(*(f.open_(i, b"", f.MORE, method=PING) + f.reset(i) for i in range(1, 601, 2)))
        self.assert_fatal(connection, f.CALM, 30000)

    def test_300_complete_calls_reset_at_once(self):
        """The answers may have overtaken the resets, which then hit closed streams and do not count."""
        connection = self.raw()
        connection.send(*(f.open_(i, HI, method=PING) + f.reset(i) for i in range(1, 601, 2)))
        connection.send(f.ping(b"the end!"))
        while True:
            frame = connection.frame()
            if frame.type in (f.PING, f.GOAWAY):
                break
            self.assertIn(frame.name, ("END", "RESET"))
        if frame.type == f.GOAWAY:
            self.assertEqual((frame.code, frame.retry_after_ms), (f.CALM, 30000))
        else:
            self.assertEqual(frame.payload, b"the end!")

    def test_wrong_tokens(self):
        for token in ("wrong", WORLD.admin_token[:-1] + ("A" if WORLD.admin_token[-1] != "A" else "B"), "x" * 10000, "é"):
            with self.subTest(token[:9]):
                connection = self.raw(token=token)
                self.assert_fatal(connection, f.UNAUTHENTICATED)

    def test_no_token(self):
        connection = self.raw()
        self.assert_alive(connection, 1)
        for stream, name in zip(range(3, 999, 2), sorted(METHODS)):
            method = METHODS[name]
            if method.caller == pb.CALLER_ANYONE:
                continue
            connection.send(f.open_(stream, b"", method=method.number, idempotency_key=b"k" * 16))
            with self.subTest(name):
                self.assert_ended(connection.frame(), "UNAUTHENTICATED", stream)

    # ---- frames cut short

    def test_truncated_frames_then_close(self):
        whole = f.open_(1, HI, method=PING)
        for cut in range(1, len(whole)):
            for leave in (RawConnection.close, RawConnection.abort):
                connection = self.raw()
                connection.send(whole[:cut])
                leave(connection)

    def test_truncated_hello_then_close(self):
        whole = f.hello(token=WORLD.admin_token)
        for cut in range(len(whole)):
            connection = self.raw(greet=False)
            connection.send(whole[:cut])
            connection.abort()

    # ---- deadlines

    def test_deadline_before_the_message_is_complete(self):
        connection = self.raw()
        started = time.monotonic()
        connection.send(f.open_(1, HI, f.MORE, method=PING, timeout_ms=1))
        self.assert_ended(connection.frame(), "DEADLINE_EXCEEDED", retry=NOT_EXECUTED)
        self.assertLess(time.monotonic() - started, 5)
        self.assert_alive(connection, 3)


if __name__ == "__main__":
    raise SystemExit("run.py runs the tests")
