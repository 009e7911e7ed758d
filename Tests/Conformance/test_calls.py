"""What every call rests on: several in flight, fragments, credit, the order of answers, keepalive, going away."""
import unittest

import signalbox_frames as f
from raw_connection import RawConnection
from signalbox_messages import ERRORS, METHODS, pb
from world import WORLD

PING = METHODS["Ping"].number


class Calls(unittest.TestCase):
    def test_hello_comes_without_ours(self):
        with RawConnection(WORLD.server, greet=False) as connection:
            frame = connection.any_frame()
        self.assertEqual((frame.name, frame.stream, frame.flags), ("HELLO", 0, 0))
        hello = frame.hello
        for name, floor in (("max_frame", 16384), ("initial_window", 262144)):
            self.assertTrue(getattr(hello, name) == 0 or getattr(hello, name) >= floor, name)
        self.assertTrue(hello.server_instance)
        self.assertEqual(hello.token, "")

    def test_server_instance_is_the_same_on_each_connection(self):
        with WORLD.connect() as one, WORLD.connect() as two:
            self.assertEqual(one.server_hello.server_instance, two.server_hello.server_instance)

    def test_describe_agrees_with_the_proto_files(self):
        with WORLD.connect() as connection:
            found = connection.call("Describe").message
            hello = connection.server_hello
        methods = {(m.number, m.path, m.effect, m.caller) for m in found.methods}
        self.assertEqual(methods, {(m.number, m.path, m.effect, m.caller) for m in METHODS.values()})
        self.assertEqual({e.reason: e.code for e in found.errors}, {r: code for r, (code, _) in ERRORS.items()})
        self.assertEqual(found.server_instance, hello.server_instance)
        self.assertEqual(found.caller.role, "")
        limits = {limit.name: limit.value for limit in found.limits}
        for name in ("max_frame", "max_message", "max_streams", "initial_window", "max_metadata"):
            self.assertEqual(limits[name], getattr(hello, name), name)

    def test_describe_says_who_calls(self):
        with WORLD.admin() as connection:
            self.assertEqual(connection.call("Describe").message.caller.role, "system_admin")

    def test_several_in_flight(self):
        """100 calls of sizes around every edge, all opened before the first answer is read."""
        sizes = [0, 1, 100, 16384 - 30, 16384, 40_000, 262_144, 300_000] + [7 * i for i in range(92)]
        with WORLD.connect() as connection:
            payloads = [bytes([i % 251]) * size for i, size in enumerate(sizes)]
            calls = [connection.start("Ping", payload=p) for p in payloads]
            for call, payload in zip(calls, payloads):
                answer = call.result()
                self.assertTrue(answer.ok)
                self.assertEqual(answer.message.payload, payload)
            self.assertLessEqual(connection.largest_frame, 16384)
            self.assertGreater(connection.largest_frame, 4096)

    def test_smallest_window_and_frame(self):
        """A client at the floors gets frames of its size and never more than its credit."""
        with WORLD.connect(initial_window=1024, max_frame=4096) as connection:
            payload = bytes(range(256)) * 400
            self.assertEqual(connection.call("Ping", payload=payload).message.payload, payload)
            self.assertLessEqual(connection.largest_frame, 4096)

    def test_large_window_and_frame(self):
        """Whatever the client accepts, the server sends no frame over 16,384 bytes."""
        with WORLD.connect(initial_window=(1 << 31) - 1, max_frame=1 << 24) as connection:
            payload = b"w" * 1_000_000
            self.assertEqual(connection.call("Ping", payload=payload).message.payload, payload)
            self.assertLessEqual(connection.largest_frame, 16384)

    def test_small_calls_pass_a_large_one(self):
        """An answer that waits for credit holds up no other stream."""
        with RawConnection(WORLD.server, initial_window=1024, max_frame=4096) as connection:
            big = pb.PingRequest(payload=b"b" * 10_000).SerializeToString()
            connection.send(f.open_(1, big, method=PING))
            frame = connection.frame()
            self.assertEqual((frame.name, len(frame.message), frame.flags), ("MSG", 1024, f.MORE))
            connection.send(f.open_(3, b"", method=PING))
            self.assertEqual((connection.frame().stream), 3)
            connection.send(f.credit(1, 20_000))
            got = frame.message
            while (frame := connection.frame()).type == f.MSG:
                got += frame.message
            self.assertEqual(got + (frame.message or b""), big)

    def test_answer_over_the_clients_max_message(self):
        """Row 18 the other way round: the server does not send what the client said it does not accept."""
        with RawConnection(WORLD.server, max_message=1000) as connection:
            connection.send(f.open_(1, pb.PingRequest(payload=b"m" * 2000).SerializeToString(), method=PING))
            frame = connection.frame()
            self.assertEqual((frame.name, frame.status.reason), ("END", "MESSAGE_TOO_LARGE"))

    def test_fragments_of_two_streams_interleaved(self):
        with RawConnection(WORLD.server) as connection:
            one, two = (pb.PingRequest(payload=c * 500).SerializeToString() for c in (b"1", b"2"))
            connection.send(f.open_(1, one[:9], f.MORE, method=PING), f.open_(3, two[:200], f.MORE, method=PING))
            connection.send(f.msg(1, one[9:300], f.MORE), f.msg(3, two[200:], f.END_STREAM), f.ping(b"between!"),
                            f.msg(1, one[300:], f.END_STREAM))
            frames = [connection.frame() for _ in range(3)]
        self.assertEqual({x.stream: x.message for x in frames if x.type == f.END}, {1: one, 3: two})
        self.assertEqual([x.payload for x in frames if x.type == f.PING], [b"between!"])

    def test_every_byte_on_its_own(self):
        with RawConnection(WORLD.server, greet=False) as connection:
            request = pb.PingRequest(payload=b"slow").SerializeToString()
            for byte in f.hello() + f.open_(1, request, method=PING):
                connection.send(bytes([byte]))
            self.assertEqual(connection.frame().message, request)

    def test_cancelled_calls_leave_the_connection_whole(self):
        with WORLD.connect() as connection:
            for _ in range(50):
                connection.start("Ping", payload=b"c" * 300_000).cancel()
            self.assertTrue(connection.call("Ping").ok)

    def test_going_away(self):
        """After our GOAWAY a call that is open is still answered."""
        with RawConnection(WORLD.server) as connection:
            request = pb.PingRequest(payload=b"last").SerializeToString()
            connection.send(f.open_(1, request[:3], f.MORE, method=PING), f.goaway(0, f.NO_ERROR),
                            f.msg(1, request[3:], f.END_STREAM))
            self.assertEqual(connection.frame().message, request)
