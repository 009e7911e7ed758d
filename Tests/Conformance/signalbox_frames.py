"""Frames of Protocol/README.md, section 2: bytes to fields and back. Knows no state of a connection."""
import struct
from dataclasses import dataclass, field

from google.protobuf.message import DecodeError

from signalbox_messages import wire

END_STREAM, ACK, MORE, NO_MESSAGE = 0x01, 0x01, 0x02, 0x04
HELLO, OPEN, MSG, END, RESET, CREDIT, PING, GOAWAY = range(1, 9)
NAMES = {HELLO: "HELLO", OPEN: "OPEN", MSG: "MSG", END: "END", RESET: "RESET", CREDIT: "CREDIT", PING: "PING",
         GOAWAY: "GOAWAY"}
NO_ERROR, PROTOCOL, FRAME_SIZE, STREAM_ID, FLOW_CONTROL, CALM, TIMEOUT, INTERNAL, UNAUTHENTICATED = range(9)
CANCEL, REFUSED, RESET_INTERNAL = 1, 2, 3

HEADER = struct.Struct(">IIBB")
HEADER_BYTES = 10
MAGIC = b"SBX1"
TOP_ID = 0x7FFFFFFF


class Violation(Exception):
    """The peer broke the protocol; `code` is that of the GOAWAY it deserves."""

    def __init__(self, code, text):
        super().__init__(text)
        self.code = code


def encode(kind, stream=0, payload=b"", flags=0):
    return HEADER.pack(len(payload), stream, kind, flags) + payload


def hello(**fields):
    return encode(HELLO, 0, MAGIC + wire.Hello(**fields).SerializeToString())


def prefixed(data):
    return struct.pack(">H", len(data)) + data


def open_(stream, message=b"", flags=END_STREAM, header=None, **fields):
    """An OPEN frame; `header` has the bytes of a CallHeader, or `fields` its fields."""
    if header is None:
        header = wire.CallHeader(**fields).SerializeToString()
    return encode(OPEN, stream, prefixed(header) + message, flags)


def msg(stream, message=b"", flags=0):
    return encode(MSG, stream, message, flags)


def end(stream, status, message):
    return encode(END, stream, prefixed(status.SerializeToString()) + (message or b""),
                  NO_MESSAGE if message is None else 0)


def reset(stream, code=CANCEL, reason=b""):
    return encode(RESET, stream, struct.pack(">I", code) + reason)


def credit(stream, count):
    return encode(CREDIT, stream, struct.pack(">I", count))


def ping(data=b"12345678", flags=0):
    return encode(PING, 0, data, flags)


def goaway(last=0, code=NO_ERROR, retry_after_ms=0, reason=b""):
    return encode(GOAWAY, 0, struct.pack(">III", last, code, retry_after_ms) + reason)


@dataclass
class Frame:
    """A frame taken apart. Which of the fields are set is a matter of its type."""
    type: int
    stream: int
    flags: int
    payload: bytes
    hello: object = None
    header: object = None
    status: object = None
    message: object = None
    code: int = 0
    last: int = 0
    retry_after_ms: int = 0
    bytes: int = 0
    reason: str = ""
    name: str = field(init=False)

    def __post_init__(self):
        self.name = NAMES.get(self.type, f"{self.type:#04x}")

    def has(self, flag):
        return bool(self.flags & flag)


def _prefixed(payload, kind, code):
    if len(payload) < 2:
        raise Violation(code, "no length of the header")
    count = struct.unpack_from(">H", payload)[0]
    if 2 + count > len(payload):
        raise Violation(code, "header beyond the payload")
    return _protobuf(kind, payload[2:2 + count], code), payload[2 + count:]


def _protobuf(kind, data, code):
    try:
        return kind.FromString(data)
    except DecodeError as error:
        raise Violation(code, f"{kind.DESCRIPTOR.name} does not decode") from error


def _reason(data):
    if len(data) > 256:
        raise Violation(PROTOCOL, "reason over 256 bytes")
    return data.decode("utf-8", "replace")


def decode(kind, stream, flags, payload):
    """Takes one frame apart; raises Violation(PROTOCOL) when the payload is not of the type's form."""
    frame = Frame(kind, stream, flags, payload)
    if kind == HELLO:
        if payload[:4] != MAGIC:
            raise Violation(PROTOCOL, "wrong magic")
        frame.hello = _protobuf(wire.Hello, payload[4:], PROTOCOL)
    elif kind == OPEN:
        frame.header, frame.message = _prefixed(payload, wire.CallHeader, PROTOCOL)
    elif kind == MSG:
        frame.message = payload
    elif kind == END:
        frame.status, frame.message = _prefixed(payload, wire.Status, PROTOCOL)
    elif kind == RESET:
        if len(payload) < 4:
            raise Violation(PROTOCOL, "RESET too short")
        frame.code, frame.reason = struct.unpack_from(">I", payload)[0], _reason(payload[4:])
    elif kind == CREDIT:
        if len(payload) != 4:
            raise Violation(PROTOCOL, "CREDIT is not of 4 bytes")
        frame.bytes = struct.unpack(">I", payload)[0]
    elif kind == PING:
        if len(payload) != 8:
            raise Violation(PROTOCOL, "PING is not of 8 bytes")
    elif kind == GOAWAY:
        if len(payload) < 12:
            raise Violation(PROTOCOL, "GOAWAY too short")
        frame.last, frame.code, frame.retry_after_ms = struct.unpack_from(">III", payload)
        frame.reason = _reason(payload[12:])
    if kind in (OPEN, MSG, END) and flags & NO_MESSAGE:
        if frame.message:
            raise Violation(PROTOCOL, "message bytes with NO_MESSAGE")
        frame.message = None
    return frame
