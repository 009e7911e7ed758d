"""The client's side of one connection without any input or output: bytes in, bytes and events out."""
from collections import deque
from dataclasses import dataclass, field

import signalbox_frames as f
from signalbox_frames import Violation
from signalbox_messages import wire

DEFAULTS = {"max_frame": 16384, "max_message": 1048576, "max_streams": 128, "initial_window": 262144,
            "max_metadata": 8192}
SERVER_FLOORS = {"max_frame": 16384, "initial_window": 262144}
HELLO_MS, QUIET_MS, PONG_MS, DEADLINE_SLACK_MS = 5_000, 30_000, 10_000, 10
ALLOWED_FLAGS = {f.HELLO: 0, f.MSG: f.MORE, f.END: f.NO_MESSAGE, f.RESET: 0, f.CREDIT: 0, f.PING: f.ACK, f.GOAWAY: 0}
ON_CONNECTION = (f.HELLO, f.PING, f.GOAWAY)


class Refused(Exception):
    """The call cannot be opened on this connection; nothing was sent."""


@dataclass
class Stream:
    to_send: bytes = b""
    credit: int = 0             # what we may still send
    granted: int = 0            # what the server may still send
    pending: int = 0            # consumed, but not yet given back
    unconsumed: int = 0         # in complete messages that the application has
    held: bytearray = field(default_factory=bytearray)
    held_cost: int = 0          # of the held bytes, those not yet counted as consumed
    incomplete: bool = False
    give_up_at: float = None


class Machine:
    """`receive` and `tick` move it on; `output` is what must be written, `events` what happened, oldest first.

    Times are milliseconds of any clock that does not go back. The first bytes of `output` are the HELLO.
    """

    def __init__(self, now=0, token="", **limits):
        self.now = now
        self.mine = {**DEFAULTS, **{k: v for k, v in limits.items() if v}}
        self.server = dict(DEFAULTS)
        self.server_hello = None
        self.output = bytearray(f.hello(token=token, software="conformance/1", **{k: v for k, v in limits.items() if v}))
        self.events = deque()
        self.streams = {}
        self.last_id = -1
        self.draining = False
        self.closed = False
        self.largest_frame = 0
        self._input = bytearray()
        self._started = self._heard = now
        self._pinged = None

    # ---- what the application does

    def call(self, method, message=b"", timeout_ms=0, **header):
        """Opens a call whose request is one message; returns the stream."""
        if self.draining or self.closed:
            raise Refused("draining")
        if len(self.streams) >= self.server["max_streams"]:
            raise Refused("tooManyStreams")
        if len(message) > self.server["max_message"]:
            raise Refused("messageTooLarge")
        if self.last_id + 2 > f.TOP_ID:
            raise Refused("idsExhausted")
        head = wire.CallHeader(method=method, timeout_ms=timeout_ms, **header).SerializeToString()
        room = self.server["max_frame"] - f.HEADER_BYTES - 2 - len(head)
        if room < 0:
            raise Refused("headerTooLarge")
        self.last_id += 2
        stream = Stream(message[room:], self.server["initial_window"], self.mine["initial_window"])
        if timeout_ms:
            stream.give_up_at = self.now + timeout_ms + DEADLINE_SLACK_MS
        self.streams[self.last_id] = stream
        flags = f.MORE if stream.to_send else f.END_STREAM
        self.output += f.open_(self.last_id, message[:room], flags, header=head)
        self._send_more(self.last_id, stream)
        return self.last_id

    def cancel(self, stream):
        if self.streams.pop(stream, None):
            self.output += f.reset(stream, f.CANCEL)

    def consumed(self, stream, count):
        """The application is done with `count` bytes of complete messages."""
        state = self.streams.get(stream)
        if state:
            count = min(count, state.unconsumed)
            state.unconsumed -= count
            state.pending += count
            self._give_credit(stream, state)

    def leave(self):
        """Says that no more calls come; the caller closes when those that are open have ended."""
        self.draining = True
        self.output += f.goaway(0, f.NO_ERROR)

    # ---- time

    def tick(self, now):
        self.now = now
        if self.closed:
            return
        if self.server_hello is None and now - self._started >= HELLO_MS:
            return self._die(f.TIMEOUT, "no HELLO in time")
        for stream, state in list(self.streams.items()):
            if state.give_up_at is not None and now >= state.give_up_at:
                del self.streams[stream]
                status = wire.Status(code=4, reason="DEADLINE_EXCEEDED", retry=wire.RETRY_SAME_KEY)
                self._tell("ended", stream=stream, status=status, message=None)
        if self._pinged is not None and now - self._pinged >= PONG_MS:
            self._die(f.TIMEOUT, "no answer to a PING")
        elif self._pinged is None and now - self._heard >= QUIET_MS:
            self._pinged = now
            self.output += f.ping(b"conform!")

    def next_tick(self):
        """When `tick` has something to do at the latest."""
        times = [s.give_up_at for s in self.streams.values() if s.give_up_at is not None]
        times.append(self._heard + QUIET_MS if self._pinged is None else self._pinged + PONG_MS)
        if self.server_hello is None:
            times.append(self._started + HELLO_MS)
        return min(times)

    # ---- what the server sends

    def receive(self, data, now=None):
        self.now = self.now if now is None else now
        if self.closed:
            return
        if data:
            self._heard, self._pinged = self.now, None
        self._input += data
        try:
            while not self.closed and self._take_frame():
                pass
        except Violation as violation:
            self._die(violation.code, str(violation))

    def lost(self):
        """The transport is gone."""
        if not self.closed:
            self.closed = True
            self._tell("close")

    def _take_frame(self):
        data = self._input
        limit = max(self.mine["max_frame"], DEFAULTS["max_frame"]) if self.server_hello is None else self.mine["max_frame"]
        if data and data[0]:
            raise Violation(f.FRAME_SIZE, "top byte of the length is not 0")
        if len(data) >= 4 and int.from_bytes(data[:4], "big") > limit - f.HEADER_BYTES:
            raise Violation(f.FRAME_SIZE, "frame too large")
        if len(data) < f.HEADER_BYTES:
            return False
        length, stream, kind, flags = f.HEADER.unpack_from(data)
        if stream > f.TOP_ID:
            raise Violation(f.PROTOCOL, "top bit of the stream is not 0")
        if self.server_hello is None and kind != f.HELLO:
            raise Violation(f.PROTOCOL, "the first frame is not HELLO")
        if kind < 0x80:
            if ALLOWED_FLAGS.get(kind) is None or flags & ~ALLOWED_FLAGS[kind]:
                raise Violation(f.PROTOCOL, f"type {kind:#x} with flags {flags:#x}")
            if (kind in ON_CONNECTION) != (stream == 0):
                raise Violation(f.PROTOCOL, "type not for this stream")
        if len(data) < f.HEADER_BYTES + length:
            return False
        payload = bytes(data[f.HEADER_BYTES:f.HEADER_BYTES + length])
        del data[:f.HEADER_BYTES + length]
        self.largest_frame = max(self.largest_frame, f.HEADER_BYTES + length)
        if kind < 0x80:
            self._handle(f.decode(kind, stream, flags, payload))
        return True

    def _handle(self, frame):
        if frame.type == f.HELLO:
            self._hello(frame.hello)
        elif frame.type == f.PING:
            if not frame.has(f.ACK):
                self.output += f.ping(frame.payload, f.ACK)
        elif frame.type == f.GOAWAY:
            self._goaway(frame)
        else:
            if frame.stream % 2 == 0 or frame.stream > self.last_id:
                raise Violation(f.PROTOCOL, "frame on a stream that was never opened")
            state = self.streams.get(frame.stream)
            if state:
                self._on_stream(frame, state)

    def _hello(self, hello):
        if self.server_hello is not None:
            raise Violation(f.PROTOCOL, "second HELLO")
        before = self.server["initial_window"]
        for name in DEFAULTS:
            value = getattr(hello, name)
            if value:
                if value < SERVER_FLOORS.get(name, 0) or (name == "initial_window" and value >= 1 << 31):
                    raise Violation(f.PROTOCOL, f"{name} out of range")
                self.server[name] = value
        self.server_hello = hello
        self._tell("hello", hello=hello)
        for stream, state in list(self.streams.items()):
            state.credit += self.server["initial_window"] - before
            self._send_more(stream, state)

    def _goaway(self, frame):
        code = frame.code if frame.code <= f.UNAUTHENTICATED else f.INTERNAL
        self.draining = True
        self._tell("goaway", last=frame.last, code=code, retry_after_ms=frame.retry_after_ms, reason=frame.reason)
        for stream in [s for s in self.streams if s > frame.last]:
            del self.streams[stream]
            self._tell("reset", stream=stream, code=f.REFUSED)
        if code != f.NO_ERROR:
            self._die(f.NO_ERROR, "")

    def _on_stream(self, frame, state):
        if frame.type == f.MSG:
            self._message(frame, state)
        elif frame.type == f.END:
            del self.streams[frame.stream]
            status = frame.status
            if status.code > 16:
                status.code = 2
            message = None if frame.message is None else bytes(state.held) + frame.message
            if message is not None and len(message) > self.mine["max_message"]:
                status, message = self._too_large(), None
            self._tell("ended", stream=frame.stream, status=status, message=message)
        elif frame.type == f.RESET:
            del self.streams[frame.stream]
            code = frame.code if frame.code in (f.CANCEL, f.REFUSED) else f.RESET_INTERNAL
            self._tell("reset", stream=frame.stream, code=code)
        elif frame.type == f.CREDIT:
            if frame.bytes == 0 or state.credit + frame.bytes > f.TOP_ID:
                raise Violation(f.FLOW_CONTROL, "CREDIT of 0 or over the top")
            state.credit += frame.bytes
            self._send_more(frame.stream, state)

    def _message(self, frame, state):
        size = len(frame.payload)
        if size > state.granted:
            raise Violation(f.FLOW_CONTROL, "MSG beyond the credit")
        state.granted -= size
        state.held += frame.message
        state.held_cost += size
        if len(state.held) > self.mine["max_message"]:
            self.cancel(frame.stream)
            self._tell("ended", stream=frame.stream, status=self._too_large(), message=None)
            return
        state.incomplete = frame.has(f.MORE)
        if not state.incomplete:
            message, cost = bytes(state.held), state.held_cost
            state.held, state.held_cost = bytearray(), 0
            state.unconsumed += cost
            self._tell("message", stream=frame.stream, message=message, cost=cost)
        self._give_credit(frame.stream, state)

    def _too_large(self):
        return wire.Status(code=8, reason="MESSAGE_TOO_LARGE", message=f"over {self.mine['max_message']} bytes")

    # ---- credit and output

    def _give_credit(self, stream, state):
        if state.incomplete and state.unconsumed == 0:
            state.pending += state.held_cost
            state.held_cost = 0
        if state.pending and state.pending >= self.mine["initial_window"] // 2:
            self.output += f.credit(stream, state.pending)
            state.granted += state.pending
            state.pending = 0

    def _send_more(self, stream, state):
        while state.to_send and state.credit:
            count = min(self.server["max_frame"] - f.HEADER_BYTES, state.credit, len(state.to_send))
            part, state.to_send = state.to_send[:count], state.to_send[count:]
            state.credit -= count
            self.output += f.msg(stream, part, f.MORE if state.to_send else f.END_STREAM)

    def _tell(self, kind, **what):
        self.events.append((kind, what))

    def _die(self, code, text):
        self.output += f.goaway(0, code, 0, text.encode()[:256])
        self.closed = True
        self._tell("close", code=code, reason=text)
