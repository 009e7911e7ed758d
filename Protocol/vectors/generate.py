#!/usr/bin/env python3
"""Writes frames.json, server.json and client.json beside this file.

The bytes are put together here from the text of ../README.md alone, without any code of the server or
the client, so that they can disagree with it. Run without arguments; the output depends on nothing else.
"""
import json
import os
import struct

END_STREAM, MORE, NO_MESSAGE, ACK = 1, 2, 4, 1
HELLO, OPEN, MSG, END, RESET, CREDIT, PING, GOAWAY = range(1, 9)
NAMES = ["", "HELLO", "OPEN", "MSG", "END", "RESET", "CREDIT", "PING", "GOAWAY"]
MAX_PAYLOAD = 16384 - 10


def frame(kind, stream=0, payload=b"", flags=0):
    return struct.pack(">IIBB", len(payload), stream, kind, flags) + payload


def varint(n):
    n &= (1 << 64) - 1
    out = b""
    while n >= 0x80:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


def field(number, value):
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, bytes):
        return varint(number << 3 | 2) + varint(len(value)) + value
    return varint(number << 3) + varint(value)


def message(spec, names):
    """Protobuf of a dictionary; `names` lists the fields in order, the first with number 1."""
    out = b""
    for number, name in enumerate(names, 1):
        value = spec.get(name)
        if isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    item = message(item, list(item))
                out += field(number, item)
        elif value:
            out += field(number, bytes.fromhex(value) if name in HEX else value)
    return out


HEX = {"server_instance", "idempotency_key"}
HELLO_FIELDS = ["minor", "max_frame", "max_message", "max_streams", "initial_window", "max_metadata", "features",
                "software", "server_instance", "now_ms", "token"]
HEADER_FIELDS = ["method", "timeout_ms", "idempotency_key", "metadata", "traceparent", "attempt", "dry_run"]
STATUS_FIELDS = ["code", "message", "reason", "retry", "retry_after_ms", "violations", "cursor", "limit"]


def hello(**spec):
    return frame(HELLO, 0, b"SBX1" + message(spec, HELLO_FIELDS))


def prefixed(body):
    return struct.pack(">H", len(body)) + body


def open_(stream, body=b"hi", flags=END_STREAM, header=None, **spec):
    spec.setdefault("method", 0x0101)
    header = message(spec, HEADER_FIELDS) if header is None else header
    return frame(OPEN, stream, prefixed(header) + body, flags)


def msg(stream, body=b"", flags=0):
    return frame(MSG, stream, body, flags)


def end(stream, body=b"hi", **status):
    return frame(END, stream, prefixed(message(status, STATUS_FIELDS)) + (body or b""),
                 NO_MESSAGE if body is None else 0)


def reset(stream, code=1, reason=b""):
    return frame(RESET, stream, struct.pack(">I", code) + reason)


def credit(stream, count):
    return frame(CREDIT, stream, struct.pack(">I", count))


def ping(data=b"12345678", flags=0):
    return frame(PING, 0, data, flags)


def goaway(last=0, code=0, retry_after=0, reason=b""):
    return frame(GOAWAY, 0, struct.pack(">III", last, code, retry_after) + reason)


# ---- frames.json -------------------------------------------------------------------------------------------

def frames():
    out = []

    def add(name, data, payload, canonical=True):
        length, stream, kind, flags = struct.unpack(">IIBB", data[:10])
        assert length == len(data) - 10
        out.append({"name": name, "hex": data.hex(), "stream": stream, "type": NAMES[kind], "flags": flags,
                    "canonical": canonical, "payload": payload})

    def add_hello(name, **spec):
        add(name, hello(**spec), {"hello": spec})

    def add_open(name, body, flags, **spec):
        add(name, open_(1, body or b"", flags, **spec),
            {"header": spec, "message": None if body is None else body.hex()})

    def add_end(name, body, **spec):
        add(name, end(1, body, **spec), {"status": spec, "message": None if body is None else body.hex()})

    add_hello("hello with nothing set")
    add_hello("hello with everything", minor=1, max_frame=16384, max_message=1048576, max_streams=128,
              initial_window=262144, max_metadata=8192, features=["a", "", "b"], software="probe/1",
              server_instance="00ff10", now_ms=1790000000123, token="t\u00f6ken")
    add_hello("hello with a clock before 1970", now_ms=-1)
    add_open("open of a unary call", b"hi", END_STREAM, method=0x0101, timeout_ms=5000)
    add_open("open with an empty message", b"", END_STREAM, method=0x0101)
    add_open("open without a message", None, NO_MESSAGE, method=0x0101)
    add_open("open without a message, and none will come", None, NO_MESSAGE | END_STREAM, method=0x0101)
    add_open("open with the first fragment", b"\x00\x01", MORE, method=0x0101)
    add_open("open with everything", b"\xff" * 3, END_STREAM, method=0xFFFFFFFF, timeout_ms=0xFFFFFFFF,
             idempotency_key="00112233445566778899aabbccddeeff",
             metadata=[{"key": "tenant", "value": "access"}, {"key": "agent", "value": "caf\u00e9"}],
             traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", attempt=3, dry_run=True)
    add("message", msg(1, b"abc"), {"message": b"abc".hex()})
    add("message, last of the client", msg(3, b"abc", END_STREAM), {"message": b"abc".hex()})
    add("fragment", msg(5, b"\x00" * 20, MORE), {"message": "00" * 20})
    add("no more messages", msg(7, b"", END_STREAM | NO_MESSAGE), {"message": None})
    add("message on the highest stream", msg(0x7FFFFFFF, b""), {"message": ""})
    add_end("end with an answer", b"hi")
    add_end("end with an empty answer", b"")
    add_end("end without an answer", None)
    add_end("end of a refused call", None, code=5, reason="X")
    add_end("end with everything", None, code=3, message="two fields are wrong", reason="INVALID_FIELD", retry=1,
            retry_after_ms=70000,
            violations=[{"field": "queue", "description": "unknown"}, {"field": "", "description": "b"}],
            cursor="c/1", limit="calls")
    add("reset", reset(1, 2), {"code": 2, "reason": ""})
    add("reset with a reason", reset(1, 1, b"enough"), {"code": 1, "reason": "enough"})
    add("credit of one byte", credit(1, 1), {"bytes": 1})
    add("largest credit", credit(1, 0x7FFFFFFF), {"bytes": 0x7FFFFFFF})
    add("ping", ping(), {"data": b"12345678".hex()})
    add("reply to a ping", ping(b"\xff" * 8, ACK), {"data": "ff" * 8})
    add("goaway of a drain", goaway(0x7FFFFFFF, 0), {"last": 0x7FFFFFFF, "code": 0, "retry_after_ms": 0, "reason": ""})
    add("goaway with a reason", goaway(9, 5, 30000, b"calm down"),
        {"last": 9, "code": 5, "retry_after_ms": 30000, "reason": "calm down"})

    # The same meaning in an encoding nobody writes, but everybody must read.
    unknown = field(15, 7) + field(16, b"later") + varint(17 << 3 | 5) + b"1234" + varint(18 << 3 | 1) + b"12345678"
    header = field(1, 9) + unknown + field(1, 0x0101)
    add("unknown fields are skipped, the last scalar counts", open_(1, b"", END_STREAM, header=header),
        {"header": {"method": 0x0101}, "message": ""}, canonical=False)
    group = varint(20 << 3 | 3) + varint(21 << 3 | 3) + field(1, 5) + varint(21 << 3 | 4) + varint(20 << 3 | 4)
    add("unknown groups are skipped", open_(1, b"", END_STREAM, header=group + field(1, 0x0101)),
        {"header": {"method": 0x0101}, "message": ""}, canonical=False)
    add("a long varint", open_(1, b"", END_STREAM, header=b"\x08\x81\x82\x80\x80\x80\x80\x80\x80\x80\x00"),
        {"header": {"method": 0x0101}, "message": ""}, canonical=False)
    add("a varint whose tenth byte has bits to spare", open_(1, b"", END_STREAM, header=b"\x08\x81\x82" + b"\x80" * 7 + b"\x7e"),
        {"header": {"method": 0x0101}, "message": ""}, canonical=False)
    add("a known field of another wire type is skipped",
        open_(1, b"", END_STREAM, header=field(1, 0x0101) + field(1, b"x") + field(3, 4)),
        {"header": {"method": 0x0101}, "message": ""}, canonical=False)
    return out


# ---- server.json -------------------------------------------------------------------------------------------

CALM = {"type": "GOAWAY", "code": 5, "retry_after_ms": 30000}
PROTOCOL = {"type": "GOAWAY", "code": 1}
STREAM_ID = {"type": "GOAWAY", "code": 3}
FLOW = {"type": "GOAWAY", "code": 4}
FRAME_SIZE = {"type": "GOAWAY", "code": 2}
TIMEOUT = {"type": "GOAWAY", "code": 6}
CLOSE = {"expect": {"type": "close"}}
ECHO, STREAM, HOLD, COUNT = 0x0101, 0x0F01, 0x0F02, 0x0F03


def send(*parts):
    return {"send": [p.hex() if isinstance(p, bytes) else {"hex": p[0].hex(), "times": p[1]} for p in parts]}


def expect(**what):
    return {"expect": what}


def wait(ms):
    return {"wait_ms": ms}


def ended(stream, code=0, reason=None, **more):
    what = {"type": "END", "stream": stream, "code": code}
    if reason:
        what["reason"] = reason
    return {"expect": {**what, **more}}


def answered(stream, body=b"hi"):
    return ended(stream, message=body.hex())


def fatal(goaway_):
    return [{"expect": goaway_}, CLOSE]


ALIVE = [send(ping(b"alive?!?")), expect(type="PING", ack=True, data=b"alive?!?".hex())]


def server_scripts():
    out = []

    def script(name, *steps, rule=None, app="none", greet=True):
        flat = []
        for step in ((send(hello()),) if greet else ()) + steps:
            flat += step if isinstance(step, list) else [step]
        out.append({"name": name, "rule": rule, "app": app, "steps": flat})

    # Set-up.
    script("hello, then a ping", ALIVE)
    script("hello and open in one write", send(hello(), open_(1)), answered(1), app="test", greet=False)
    script("no hello in time", wait(4999), expect(type="nothing"), wait(1), fatal(TIMEOUT), rule=2, greet=False)
    script("half a hello in time", send(hello()[:9]), wait(5000), fatal(TIMEOUT), rule=2, greet=False)
    script("second hello", send(hello()), fatal(PROTOCOL), rule=4)
    script("first frame is a ping", send(ping()), fatal(PROTOCOL), rule=4, greet=False)
    script("first frame is of an unknown type", send(frame(0x90)), fatal(PROTOCOL), rule=4, greet=False)
    script("wrong magic", send(frame(HELLO, 0, b"SBX2")), fatal(PROTOCOL), rule=4, greet=False)
    script("hello shorter than its magic", send(frame(HELLO, 0, b"SBX")), fatal(PROTOCOL), rule=4, greet=False)
    script("hello on a stream", send(frame(HELLO, 1, b"SBX1")), fatal(PROTOCOL), rule=6, greet=False)
    script("hello with a broken field", send(frame(HELLO, 0, b"SBX1\x08")), fatal(PROTOCOL), rule=4, greet=False)
    for name, low, ok in (("max_frame", 4095, 4096), ("initial_window", 1023, 1024)):
        script(f"{name} at its floor", send(hello(**{name: ok})), ALIVE, greet=False)
        script(f"{name} below its floor", send(hello(**{name: low})), fatal(PROTOCOL), rule=4, greet=False)
    script("initial_window at its top", send(hello(initial_window=2**31 - 1)), ALIVE, greet=False)
    script("initial_window above its top", send(hello(initial_window=2**31)), fatal(PROTOCOL), rule=4, greet=False)
    script("an HTTP/1 request", send(b"GET / HTTP/1.1\r\n\r\n"), fatal(FRAME_SIZE), rule=3, greet=False)
    script("one byte of an HTTP/1 request", send(b"G"), fatal(FRAME_SIZE), rule=3, greet=False)
    script("a TLS client hello", send(bytes.fromhex("16030100c8")), fatal(FRAME_SIZE), rule=3, greet=False)

    # Frames.
    big = b"\x00" * (MAX_PAYLOAD - 2 - 3)
    script("largest frame", send(open_(1, big)), answered(1, big), rule=3, app="test")
    script("one byte over the largest frame", send(struct.pack(">I", MAX_PAYLOAD + 1)), fatal(FRAME_SIZE), rule=3)
    script("largest length", send(b"\x00\xff\xff\xff"), fatal(FRAME_SIZE), rule=3)
    script("length with a top byte", send(b"\x01"), fatal(FRAME_SIZE), rule=3)
    script("top bit of the stream", send(msg(0x80000001)), fatal(PROTOCOL), rule=4)
    script("unknown type that may be skipped", send(frame(0x80, 2, b"?", 0xFF), frame(0xFF, 0x7FFFFFFF, b"", 1)), ALIVE,
           rule=5)
    script("unknown type that may not be skipped", send(frame(0x7F)), fatal(PROTOCOL), rule=6)
    script("type 0", send(frame(0)), fatal(PROTOCOL), rule=6)
    script("type 9", send(frame(9)), fatal(PROTOCOL), rule=6)
    for bit in (0x08, 0x10, 0x80):
        script(f"undefined flag {bit:#x} on open", send(open_(1, flags=END_STREAM | bit)), fatal(PROTOCOL), rule=6)
    script("flag on credit", send(open_(1, method=HOLD), frame(CREDIT, 1, b"\0\0\0\1", 1)), fatal(PROTOCOL), rule=6,
           app="test")
    script("flag on ping", send(ping(flags=2)), fatal(PROTOCOL), rule=6)
    script("more and end_stream", send(open_(1, flags=MORE | END_STREAM)), fatal(PROTOCOL), rule=6)
    script("more and no_message", send(open_(1, b"", MORE | NO_MESSAGE)), fatal(PROTOCOL), rule=6)
    script("no_message alone on msg", send(open_(1, flags=0, method=HOLD), msg(1, b"", NO_MESSAGE)), fatal(PROTOCOL),
           rule=6, app="test")
    script("end from a client", send(open_(1, method=HOLD), end(1)), fatal(PROTOCOL), rule=6, app="test")
    script("ping on a stream", send(frame(PING, 1, b"12345678")), fatal(PROTOCOL), rule=6)
    script("goaway on a stream", send(frame(GOAWAY, 1, b"\0" * 12)), fatal(PROTOCOL), rule=6)
    for name, data in (("ping of 7", ping(b"1234567")), ("ping of 9", ping(b"123456789")),
                       ("goaway of 11", frame(GOAWAY, 0, b"\0" * 11)), ("goaway with 257", goaway(0, 1, 0, b"x" * 257))):
        script(f"{name} bytes", send(data), fatal(PROTOCOL), rule=8)
    script("goaway with a reason of 256 bytes", send(goaway(0, 1, 0, b"x" * 256)), fatal({"type": "GOAWAY", "code": 0}),
           rule=8)
    for name, data in (("credit of 3", frame(CREDIT, 1, b"\0\0\1")), ("credit of 5", frame(CREDIT, 1, b"\0\0\0\1\1")),
                       ("reset of 3", frame(RESET, 1, b"\0\0\0")), ("reset with a reason of 257", reset(1, 1, b"x" * 257))):
        script(f"{name} bytes", send(open_(1, method=HOLD), data), fatal(PROTOCOL), rule=8, app="test")
    script("reset with a reason of 256 bytes", send(open_(1, method=HOLD), reset(1, 1, b"x" * 256)), ALIVE, rule=8,
           app="test")
    script("open with no_message and bytes", send(open_(1, b"x", END_STREAM | NO_MESSAGE)), fatal(PROTOCOL), rule=8)
    script("msg with no_message and bytes",
           send(open_(1, flags=0, method=HOLD), msg(1, b"x", END_STREAM | NO_MESSAGE)), fatal(PROTOCOL), rule=8,
           app="test")

    # Streams.
    script("unary calls", send(open_(1), open_(3, b""), open_(9, b"x")), answered(1), answered(3, b""),
           answered(9, b"x"), app="test")
    script("highest id", send(open_(0x7FFFFFFF)), answered(0x7FFFFFFF), app="test", rule=7)
    script("open on stream 0", send(open_(0)), fatal(STREAM_ID), rule=7)
    script("open on an even stream", send(open_(2)), fatal(STREAM_ID), rule=7)
    script("same stream again", send(open_(1), open_(1)), answered(1), fatal(STREAM_ID), rule=7, app="test")
    script("stream going down", send(open_(5), open_(3)), answered(5), fatal(STREAM_ID), rule=7, app="test")
    for name, data in (("msg", msg(1)), ("credit", credit(1, 9999)), ("reset", reset(1))):
        script(f"{name} on a stream never opened", send(data), fatal(PROTOCOL), rule=9)
    script("msg on an even stream", send(open_(5), msg(2)), answered(5), fatal(PROTOCOL), rule=9, app="test")
    script("frames on closed and passed-over streams", send(open_(5)), answered(5),
           send(msg(5), credit(5, 1), reset(5), msg(3), credit(1, 0)), ALIVE, rule=10, app="test")
    script("1000 frames on a closed stream", send(open_(1)), answered(1), send((msg(1), 1000)), ALIVE, rule=10, app="test")
    script("1001 frames on a closed stream", send(open_(1)), answered(1), send((msg(1), 1001)), fatal(CALM), rule=10,
           app="test")
    script("1001 frames on a closed stream over 30 s", send(open_(1)), answered(1), send((msg(1), 1000)), wait(30000),
           send(msg(1)), ALIVE, rule=10, app="test")
    script("msg after end_stream", send(open_(1, method=HOLD), msg(1)), fatal(PROTOCOL), rule=11, app="test")
    opens = b"".join(open_(1 + 2 * i, method=HOLD) for i in range(128))
    script("128 streams", send(opens), ALIVE, rule=13, app="test")
    script("129 streams", send(opens, open_(257)), expect(type="RESET", stream=257, code=2), ALIVE, rule=13, app="test")
    script("129 streams twice in a second", send(opens, open_(257), open_(259)),
           expect(type="RESET", stream=257, code=2), expect(type="RESET", stream=259, code=2), fatal(CALM), rule=14,
           app="test")
    script("129 streams twice, a second apart", send(opens, open_(257)), expect(type="RESET", stream=257, code=2),
           wait(1000), send(open_(259)), expect(type="RESET", stream=259, code=2), ALIVE, rule=14, app="test")
    script("a free slot again", send(opens, reset(1)), send(open_(257)), answered(257), rule=13, app="test")

    # Headers.
    for name, header in (("truncated", b"\x08"), ("field number 0", b"\x00\x01"), ("wire type 6", b"\x0e"),
                         ("varint of 11 bytes", b"\x08" + b"\x80" * 10 + b"\x01"), ("text beyond the end", b"\x2a\x05ab"),
                         ("text that is not utf-8", b"\x2a\x02\xc3\x28"), ("broken metadata", b"\x22\x02\x0a\x05"),
                         ("open group", b"\xa3\x01"), ("end of another group", b"\xa3\x01\xac\x01"),
                         ("groups nested 101 deep", b"\xa3\x01" * 101 + b"\xa4\x01" * 101)):
        script(f"header: {name}", send(open_(1, header=header)), ended(1, 3, "MALFORMED_HEADER", retry=0), ALIVE, rule=15)
    script("groups nested 100 deep", send(open_(1, header=field(1, ECHO) + b"\xa3\x01" * 100 + b"\xa4\x01" * 100)),
           answered(1), rule=15, app="test")
    script("header longer than the payload", send(frame(OPEN, 1, b"\x00\x05\x08\x01", 1)),
           ended(1, 3, "MALFORMED_HEADER"), rule=15)
    script("open without a header length", send(frame(OPEN, 1, b"\x00", 1)), ended(1, 3, "MALFORMED_HEADER"), rule=15)
    script("empty open", send(frame(OPEN, 1, b"", 1)), ended(1, 3, "MALFORMED_HEADER"), rule=15)
    script("two malformed headers", send(open_(1, header=b"\x08"), open_(3, header=b"\x08")),
           ended(1, 3, "MALFORMED_HEADER"), ended(3, 3, "MALFORMED_HEADER"), ALIVE, rule=15)
    script("three malformed headers", send(*(open_(i, header=b"\x08") for i in (1, 3, 5))),
           ended(1, 3, "MALFORMED_HEADER"), ended(3, 3, "MALFORMED_HEADER"), ended(5, 3, "MALFORMED_HEADER"),
           fatal(PROTOCOL), rule=15)
    script("key of 64 bytes", send(open_(1, idempotency_key="aa" * 64)), answered(1), rule=15, app="test")
    script("key of 65 bytes", send(open_(1, idempotency_key="aa" * 65)), ended(1, 3, "MALFORMED_HEADER"), rule=15)

    def entries(count, value="v"):
        return [{"key": f"k{i}", "value": value} for i in range(count)]

    script("32 entries", send(open_(1, metadata=entries(32))), answered(1), rule=16, app="test")
    script("33 entries", send(open_(1, metadata=entries(33))), ended(1, 8, "METADATA_TOO_LARGE"), ALIVE, rule=16)
    script("8192 bytes of metadata", send(open_(1, metadata=[{"key": "k", "value": "v" * 8191}])), answered(1), rule=16,
           app="test")
    script("8193 bytes of metadata", send(open_(1, metadata=[{"key": "k", "value": "v" * 8192}])),
           ended(1, 8, "METADATA_TOO_LARGE"), rule=16)
    script("metadata key of 64", send(open_(1, metadata=[{"key": "k" * 64, "value": ""}])), answered(1), rule=17,
           app="test")
    for name, key, value in (("key of 65", "k" * 65, ""), ("empty key", "", "v"), ("upper-case key", "Key", "v"),
                             ("key with a space", "a b", "v"), ("newline in a value", "k", "a\nb"),
                             ("delete in a value", "k", "\x7f")):
        script(f"metadata: {name}", send(open_(1, metadata=[{"key": key, "value": value}])),
               ended(1, 3, "INVALID_METADATA"), ALIVE, rule=17)
    script("metadata: key twice", send(open_(1, metadata=entries(1) + entries(1))), ended(1, 3, "INVALID_METADATA"),
           rule=17)

    # Messages and credit.
    full = struct.pack(">IIBB", MAX_PAYLOAD, 1, MSG, MORE)
    window = 262144
    pieces = window // MAX_PAYLOAD  # 16 whole fragments and a rest
    rest = window - pieces * MAX_PAYLOAD

    def fragments(count):
        return [part for _ in range(count) for part in (full, (b"\0", MAX_PAYLOAD))]

    script("fragments", send(open_(1, b"ab", MORE), open_(3, b"x"), msg(1, b"cd", MORE), msg(1, b"ef", END_STREAM)),
           answered(3, b"x"), answered(1, b"abcdef"), app="test")
    script("client stream", send(open_(1, b"a", 0, method=STREAM), msg(1, b"b"), msg(1, b"", END_STREAM | NO_MESSAGE)),
           expect(type="MSG", stream=1, message="61"), expect(type="MSG", stream=1, message="62"),
           ended(1, no_message=True), app="test")
    script("no_message in the middle of a message",
           send(open_(1, b"a", MORE, method=STREAM), msg(1, b"", END_STREAM | NO_MESSAGE)), fatal(PROTOCOL), rule=6,
           app="test")
    # While the application has nothing else to read, credit comes back at half the window: after 9 fragments.
    script("credit while a message is incomplete", send(open_(1, b"", MORE, method=COUNT), *fragments(8)), ALIVE,
           send(*fragments(1)), expect(type="CREDIT", stream=1, bytes=9 * MAX_PAYLOAD), rule=12, app="test")
    # One delivered byte nobody consumes keeps the credit back, so the window can be filled.
    hold = open_(1, b"x", 0, method=HOLD)
    last = msg(1, b"\0" * rest, MORE)
    script("all the credit", send(hold, *fragments(pieces), last), ALIVE, rule=12, app="test")
    script("one byte beyond the credit", send(hold, *fragments(pieces), last, msg(1, b"\0")), fatal(FLOW), rule=12,
           app="test")
    script("credit of 0", send(open_(1, method=HOLD), credit(1, 0)), fatal(FLOW), rule=12, app="test")
    script("credit to the top", send(open_(1, method=HOLD), credit(1, 2**31 - 1 - window)), ALIVE, rule=12, app="test")
    script("credit over the top", send(open_(1, method=HOLD), credit(1, 2**31 - window)), fatal(FLOW), rule=12, app="test")
    megabyte = 1 << 20
    whole = megabyte // MAX_PAYLOAD
    tail = megabyte - whole * MAX_PAYLOAD
    granted = [expect(type="CREDIT", stream=1, bytes=9 * MAX_PAYLOAD)] * (whole // 9)
    script("largest message", send(open_(1, b"", MORE, method=COUNT), *fragments(whole), msg(1, b"\0" * tail, END_STREAM)),
           granted, ended(1, message=struct.pack(">I", megabyte).hex()), rule=18, app="test")
    script("one byte over the largest message",
           send(open_(1, b"", MORE, method=COUNT), *fragments(whole), msg(1, b"\0" * (tail + 1), END_STREAM)), granted,
           ended(1, 8, "MESSAGE_TOO_LARGE"), ALIVE, rule=18, app="test")
    script("unknown method", send(open_(1, method=0x7F7F)), ended(1, 12, "UNKNOWN_METHOD"), ALIVE, rule=20, app="test")
    script("no method", send(open_(1, method=0)), ended(1, 12, "UNKNOWN_METHOD"), ALIVE, rule=20, app="test")
    script("second message on a unary call", send(open_(1, flags=0)), ended(1, 12, "SECOND_MESSAGE"), rule=20, app="test")
    script("answer over several frames", send(hello(max_frame=4096, initial_window=1024), open_(1, b"y" * 6000)),
           expect(type="MSG", stream=1, message="79" * 1024, more=True), send(credit(1, 4096)),
           expect(type="MSG", stream=1, message="79" * 4086, more=True), ended(1, message="79" * 890), app="test",
           greet=False)

    # Time.
    script("deadline", send(open_(1, method=HOLD, timeout_ms=100)), wait(99), expect(type="nothing"), wait(1),
           ended(1, 4, "DEADLINE_EXCEEDED", retry=1), rule=22, app="test")
    script("deadline before the message is complete", send(open_(1, flags=MORE, timeout_ms=100)), wait(100),
           ended(1, 4, "DEADLINE_EXCEEDED", retry=2), send(msg(1, b"", END_STREAM)), ALIVE, rule=22)
    script("cancel", send(open_(1, method=HOLD), reset(1)), ALIVE, app="test")
    for half in (b"", ping()[:10]):
        part = half or ping()[:3]
        script(f"{len(part)} bytes of a frame and silence", send(part), wait(9999), expect(type="nothing"), wait(1),
               fatal(TIMEOUT), rule=26)
    script("a frame, byte by byte", [step for i in range(4) for step in (send(ping()[i:i + 1]), wait(7500))],
           fatal(TIMEOUT), rule=27)
    script("a message that does not grow", send(open_(1, flags=MORE)), wait(15000), send(msg(1, b"x" * 1000, MORE)),
           wait(14999), expect(type="nothing"), wait(1), fatal(TIMEOUT), rule=27)
    grow = 30 * 1024
    script("a message that grows fast enough", send(open_(1, b"", MORE)), wait(15000),
           send(msg(1, b"\0" * 16000, MORE), msg(1, b"\0" * (grow - 16000), MORE)), wait(15000), ALIVE, rule=27)
    script("a message that grows one byte too slowly", send(open_(1, b"", MORE)), wait(15000),
           send(msg(1, b"\0" * 16000, MORE), msg(1, b"\0" * (grow - 16001), MORE)), wait(15000), fatal(TIMEOUT), rule=27)
    script("keepalive", wait(59999), expect(type="nothing"), wait(1), expect(type="PING", ack=False), wait(9999),
           expect(type="nothing"), wait(1), fatal(TIMEOUT), rule=30)
    script("an answer nobody gives credit for", send(hello(max_frame=4096, initial_window=1024), open_(1, b"y" * 6000)),
           expect(type="MSG", stream=1, message="79" * 1024, more=True), wait(29999), expect(type="nothing"), wait(1),
           ended(1, 8, "SLOW_CONSUMER"), ALIVE, rule=28, app="test", greet=False)

    # Abuse.
    resets = b"".join(open_(1 + 2 * i, method=HOLD) + reset(1 + 2 * i) for i in range(201))
    one = len(open_(1, method=HOLD) + reset(1))
    script("200 resets", send(resets[:200 * one]), ALIVE, rule=23, app="test")
    script("201 resets", send(resets), fatal(CALM), rule=23, app="test")
    script("201 resets over 30 s", send(resets[:200 * one]), wait(30000), send(resets[200 * one:]), ALIVE, rule=23,
           app="test")
    script("200 skipped frames", send((frame(0x80), 199)), ALIVE, rule=24)
    script("201 skipped frames", send((frame(0x80), 201)), fatal(CALM), rule=24)
    # No ping to see that it is alive: that would be the 201st.
    unknown = send(open_(3, method=0x7F7F)), ended(3, 12, "UNKNOWN_METHOD")
    script("200 empty fragments", send(open_(1, flags=MORE), (msg(1, b"", MORE), 200)), *unknown, rule=24)
    script("201 empty fragments", send(open_(1, flags=MORE), (msg(1, b"", MORE), 201)), fatal(CALM), rule=24)
    script("200 small credits", send(open_(1, method=HOLD), (credit(1, 1), 200)), *unknown, rule=24, app="test")
    script("201 small credits", send(open_(1, method=HOLD), (credit(1, 1), 201)), fatal(CALM), rule=24, app="test")
    script("201 large credits", send(open_(1, method=HOLD), (credit(1, 4096), 201)), fatal(CALM), rule=24, app="test")
    pong = expect(type="PING", ack=True, data=b"12345678".hex())
    script("3 pings without a stream", send((ping(), 3)), [pong] * 3, wait(60000), expect(type="PING", ack=False),
           send(ping()), pong, rule=25)
    script("4 pings without a stream", send((ping(), 4)), [pong] * 3, fatal(CALM), rule=25)
    script("4 pings without a stream in just under 60 s", send((ping(), 3)), [pong] * 3, wait(59999), send(ping()),
           fatal(CALM), rule=25)
    script("3 pings per 10 s with a stream", send(open_(1, method=HOLD), (ping(), 3)), [pong] * 3, wait(10000),
           send((ping(), 3)), [pong] * 3, rule=25, app="test")
    script("4 pings in 10 s with a stream", send(open_(1, method=HOLD), (ping(), 4)), [pong] * 3, fatal(CALM), rule=25,
           app="test")
    script("the client leaves", send(goaway(0, 0)), send(open_(1)), answered(1), app="test")
    script("the client gives up", send(goaway(0, 1, 0, b"bad server")), fatal({"type": "GOAWAY", "code": 0}))
    return out


# ---- client.json -------------------------------------------------------------------------------------------

def client_scripts():
    out = []

    def script(name, *steps, rule=None, greet=True, window=None):
        flat = []
        for step in ((send(hello()), event("hello")) if greet else ()) + steps:
            flat += step if isinstance(step, list) else [step]
        out.append({"name": name, "rule": rule, "window": window, "steps": flat})

    def event(kind, **what):
        return {"event": {"kind": kind, **what}}

    def call(body=b"hi", **what):
        return {"call": {"method": ECHO, "message": body.hex(), "end_stream": True, **what}}

    def opened(stream, body=b"hi", **what):
        return expect(type="OPEN", stream=stream, message=body.hex(), **what)

    def fatal_(goaway_):
        return [{"expect": goaway_}, event("close")]

    script("a unary call", call(), opened(1, end_stream=True, method=ECHO), send(end(1)),
           event("ended", stream=1, code=0, message=b"hi".hex()))
    script("a call ahead of the server's hello", call(), opened(1), send(hello(), end(1)), event("hello"),
           event("ended", stream=1, code=0, message=b"hi".hex()), greet=False)
    script("a refusal", call(), opened(1), send(end(1, None, code=5, reason="X", retry=2)),
           event("ended", stream=1, code=5, reason="X", retry=2, message=None))
    script("a streaming answer", call(), opened(1), send(msg(1, b"a"), msg(1, b"b", MORE), msg(1, b"c"), end(1, None)),
           event("message", stream=1, message="61"), event("message", stream=1, message="6263"),
           event("ended", stream=1, code=0, message=None))
    script("an answer in fragments", call(), opened(1), send(msg(1, b"a", MORE), msg(1, b"b", MORE), end(1, b"c")),
           event("ended", stream=1, code=0, message="616263"))
    script("an answer abandoned", call(), opened(1), send(msg(1, b"a", MORE), end(1, None, code=13, reason="INTERNAL")),
           event("ended", stream=1, code=13, message=None))
    script("not executed", call(), opened(1), send(reset(1, 2)), event("reset", stream=1, code=2))
    script("an unknown code of reset is internal", call(), opened(1), send(reset(1, 77)),
           event("reset", stream=1, code=3))
    script("cancel", call(), opened(1), {"cancel": 1}, expect(type="RESET", stream=1, code=1), send(end(1), msg(1, b"x")),
           send(ping()), expect(type="PING", ack=True, data=b"12345678".hex()))
    script("drain", call(), call(), opened(1), opened(3), send(goaway(0x7FFFFFFF)),
           event("goaway", last=0x7FFFFFFF, code=0), call(refused="draining"), send(goaway(1)),
           event("goaway", last=1, code=0), event("reset", stream=3, code=2), send(end(1)),
           event("ended", stream=1, code=0, message=b"hi".hex()))
    script("sent away", call(), opened(1), send(goaway(0, 5, 30000)), event("goaway", last=0, code=5),
           event("reset", stream=1, code=2), fatal_({"type": "GOAWAY", "code": 0}))
    script("the server's max_streams", send(hello(max_streams=1)), event("hello"), call(),
           call(refused="tooManyStreams"), opened(1), send(end(1)), event("ended", stream=1, code=0, message=b"hi".hex()),
           call(), opened(3), greet=False)
    script("the server's max_message", send(hello(max_message=3)), event("hello"), call(b"abc"), opened(1, b"abc"),
           call(b"abcd", refused="messageTooLarge"), greet=False)
    script("deadline", call(timeout_ms=100), opened(1), wait(109), expect(type="nothing"), wait(1),
           event("ended", stream=1, code=4, reason="DEADLINE_EXCEEDED", retry=1, message=None), send(end(1)),
           expect(type="nothing"))
    script("keepalive", wait(29999), expect(type="nothing"), wait(1), expect(type="PING", ack=False), wait(10000),
           fatal_(TIMEOUT), rule=30)
    script("no hello in time", wait(5000), fatal_(TIMEOUT), rule=2, greet=False)
    script("server below the floor of max_frame", send(hello(max_frame=16383)), fatal_(PROTOCOL), rule=4, greet=False)
    script("server below the floor of initial_window", send(hello(initial_window=262143)), fatal_(PROTOCOL), rule=4,
           greet=False)
    script("first frame is not hello", send(ping()), fatal_(PROTOCOL), rule=4, greet=False)
    zeros = b"\0" * MAX_PAYLOAD
    script("largest frame", call(), opened(1), send(msg(1, zeros), end(1, zeros[2:])),
           event("message", stream=1, message=zeros.hex()), event("ended", stream=1, code=0, message=zeros[2:].hex()),
           rule=3)
    script("frame too large", send(struct.pack(">I", MAX_PAYLOAD + 1)), fatal_(FRAME_SIZE), rule=3)
    script("open from the server", send(open_(1)), fatal_(PROTOCOL), rule=6)
    script("end_stream from the server", call(), opened(1), send(msg(1, b"", END_STREAM)), fatal_(PROTOCOL), rule=6)
    script("unknown type that may be skipped", send(frame(0x80, 0, b"x"), ping()),
           expect(type="PING", ack=True, data=b"12345678".hex()), rule=5)
    script("end on a stream never opened", send(end(1)), fatal_(PROTOCOL), rule=9)
    script("end without a status", call(), opened(1), send(frame(END, 1, b"\0")), fatal_(PROTOCOL), rule=8)
    script("end with a broken status", call(), opened(1), send(frame(END, 1, b"\0\1\x08")), fatal_(PROTOCOL), rule=8)
    script("end with no_message and bytes", call(), opened(1), send(frame(END, 1, b"\0\0x", NO_MESSAGE)),
           fatal_(PROTOCOL), rule=8)
    script("credit of 0", call(), opened(1), send(credit(1, 0)), fatal_(FLOW), rule=12)
    script("all the credit", call(), opened(1), send(msg(1, b"\0" * 1024)),
           event("message", stream=1, message="00" * 1024), window=1024, rule=12)
    script("one byte beyond the credit", call(), opened(1), send(msg(1, b"\0" * 1025)), fatal_(FLOW), window=1024, rule=12)
    script("credit when half is consumed", call(), opened(1), send(msg(1, b"\0" * 1024)),
           event("message", stream=1, message="00" * 1024), {"consumed": {"stream": 1, "bytes": 511}},
           expect(type="nothing"), {"consumed": {"stream": 1, "bytes": 1}}, expect(type="CREDIT", stream=1, bytes=512),
           window=1024, rule=12)
    kilobyte = b"\0" * 1024
    fragments = (msg(1, kilobyte, MORE), 1023)
    # As the server does: nobody has anything to read, so credit comes back at half the window.
    granted = [expect(type="CREDIT", stream=1, bytes=131072)] * 7
    too_large = event("ended", stream=1, code=8, reason="MESSAGE_TOO_LARGE", retry=0, message=None)
    alive = [send(ping()), expect(type="PING", ack=True, data=b"12345678".hex())]
    script("largest message", call(), opened(1), send(fragments, msg(1, kilobyte)), granted,
           event("message", stream=1, message="00" * (1 << 20)), rule=18)
    script("largest message inside end", call(), opened(1), send(fragments, end(1, kilobyte)), granted,
           event("ended", stream=1, code=0, message="00" * (1 << 20)), rule=18)
    script("one byte over the largest message", call(), opened(1), send(fragments, msg(1, kilobyte + b"x")), granted,
           expect(type="RESET", stream=1, code=1), too_large, send(end(1)), alive, rule=18)
    script("one byte over the largest message inside end", call(), opened(1), send(fragments, end(1, kilobyte + b"x")),
           granted, too_large, alive, rule=18)
    script("a large request waits for credit", call(b"z" * 300000), opened(1, b"z" * (MAX_PAYLOAD - 5), more=True),
           [expect(type="MSG", stream=1, message="7a" * MAX_PAYLOAD, more=True)] * 16,
           expect(type="MSG", stream=1, message="7a" * (262144 - 16 * MAX_PAYLOAD), more=True), send(credit(1, 131072)),
           expect(type="MSG", stream=1, message="7a" * MAX_PAYLOAD, more=True),
           expect(type="MSG", stream=1, message="7a" * (300000 - (MAX_PAYLOAD - 5) - 262144 - MAX_PAYLOAD), end_stream=True))
    return out


def compact(value):
    """Writes a long run of one byte as what it is."""
    if isinstance(value, dict):
        return {key: compact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [compact(item) for item in value]
    if isinstance(value, str) and len(value) > 400 and value == value[:2] * (len(value) // 2):
        return {"hex": value[:2], "times": len(value) // 2}
    return value


def write(name, content):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(compact(content), file, indent=1, ensure_ascii=True)
        file.write("\n")


if __name__ == "__main__":
    write("frames.json", {"frames": frames()})
    write("server.json", {"scripts": server_scripts()})
    write("client.json", {"scripts": client_scripts()})
