"""A client of Signalbox, written from Protocol/README.md alone. Needs python3-protobuf and protoc.

    with Connection(Server("localhost", 7443, "ca.pem"), token=secret) as connection:
        answer = connection.call("GetTicket", number=7)

Many threads may call at the same time; one thread of its own does all reading and writing.
"""
import os
import queue
import selectors
import socket
import ssl
import threading
import time
from dataclasses import dataclass

from signalbox_machine import Machine, Refused
from signalbox_messages import METHODS, wire

ALPN = "signalbox/1"
WAIT_S = 30  # how long a test waits for what must come; none of the server's own limits is this long in a call


class ConnectionLost(Exception):
    """The connection ended before the answer."""


class CallReset(Exception):
    def __init__(self, code):
        super().__init__(f"RESET code {code}")
        self.code = code


@dataclass(frozen=True)
class Server:
    host: str
    port: int
    ca: str

    def context(self, alpn=(ALPN,), version=ssl.TLSVersion.TLSv1_3):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = context.maximum_version = version
        context.load_verify_locations(self.ca)
        if alpn:
            context.set_alpn_protocols(list(alpn))
        return context

    def connect_plain(self):
        plain = socket.create_connection((self.host, self.port), timeout=WAIT_S)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return plain

    def connect(self, **how):
        """A TLS connection on which `signalbox/1` was chosen."""
        tls = self.context(**how).wrap_socket(self.connect_plain(), server_hostname=self.host)
        if tls.selected_alpn_protocol() != ALPN:
            tls.close()
            raise ConnectionLost(f"the server chose {tls.selected_alpn_protocol()!r} by ALPN")
        return tls


@dataclass
class Answer:
    status: object
    data: bytes    # None where there is no message
    response: type

    @property
    def ok(self):
        return self.status.code == 0

    @property
    def message(self):
        return self.response.FromString(self.data)


class Call:
    """One call under way: messages of a stream by `next`, the end by `result`."""

    def __init__(self, connection, method):
        self.connection, self.method, self.stream = connection, method, None
        self._arrived = queue.Queue()

    def next(self, timeout=WAIT_S):
        """The next message of the stream, decoded, or the Answer that ended it."""
        kind, what = self._arrived.get(timeout=timeout)
        if kind == "message":
            self.connection._do(lambda machine: machine.consumed(self.stream, what["cost"]))
            return self.method.response.FromString(what["message"])
        self._arrived.put((kind, what))
        if kind == "ended":
            return Answer(what["status"], what["message"], self.method.response)
        raise CallReset(what["code"]) if kind == "reset" else ConnectionLost(str(what))

    def result(self, timeout=WAIT_S):
        """The Answer that ends the call; messages before it are dropped. Raises queue.Empty when the time is over."""
        deadline = time.monotonic() + timeout
        while True:
            found = self.next(max(0.001, deadline - time.monotonic()))
            if isinstance(found, Answer):
                return found
            if time.monotonic() > deadline:
                raise queue.Empty(f"the call goes on after {timeout} s")

    def cancel(self):
        self.connection._do(lambda machine: machine.cancel(self.stream))


class Connection:
    """Opened by its creation; `server_hello` is there once the server's HELLO is."""

    def __init__(self, server, token="", tenant=None, **limits):
        self.tenant = tenant
        self.goaways = []
        self.close_reason = None
        self._greeted = threading.Event()
        self._calls = {}
        self._lock = threading.Lock()
        self._tls = server.connect()
        self._tls.setblocking(False)
        self._machine = Machine(_now(), token, **limits)
        self._stopping = False
        self._wake_in, self._wake_out = socket.socketpair()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def server_hello(self):
        if not self._greeted.wait(WAIT_S):
            raise ConnectionLost("no HELLO from the server")
        return self._machine.server_hello

    @property
    def largest_frame(self):
        return self._machine.largest_frame

    def start(self, name, request=None, /, *, key=None, metadata=None, timeout_ms=0, dry_run=False, attempt=0,
              traceparent="", **fields):
        """Opens a call without waiting for its answer. On a method that writes, `key` is made unless given."""
        method = METHODS[name]
        request = method.request(**fields) if request is None else request
        data = request if isinstance(request, bytes) else request.SerializeToString()
        if key is None and method.effect == 3:
            key = os.urandom(16)
        entries = dict(metadata or {})
        if self.tenant:
            entries.setdefault("tenant", self.tenant)
        header = dict(idempotency_key=key or b"", dry_run=dry_run, attempt=attempt, traceparent=traceparent,
                      metadata=[wire.Metadata(key=k, value=v) for k, v in entries.items()])
        call = Call(self, method)

        def open_call(machine):
            call.stream = machine.call(method.number, data, timeout_ms, **header)
            self._calls[call.stream] = call
        self._do(open_call)
        return call

    def call(self, name, request=None, /, **how):
        """A unary call: its Answer, whatever the status."""
        return self.start(name, request, **how).result()

    def close(self):
        if not self._stopping:
            with self._lock:
                if not self._machine.closed:
                    self._machine.leave()
                self._stopping = True
            self._wake()
            self._thread.join(WAIT_S)

    def wait_closed(self, timeout=WAIT_S):
        """True when the connection has ended by itself within the time."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # ---- one thread for the socket: a TLS object must not be used by two at once

    def _do(self, action):
        with self._lock:
            action(self._machine)
            self._dispatch()
        self._wake()

    def _wake(self):
        try:
            self._wake_out.send(b"x")
        except OSError:
            pass    # the connection has ended, so there is nothing to wake

    def _run(self):
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_in, selectors.EVENT_READ)
            selector.register(self._tls, selectors.EVENT_READ)
            try:
                while self._step(selector):
                    pass
            except OSError as error:
                self.close_reason = self.close_reason or repr(error)
        with self._lock:
            self._machine.lost()
            self._dispatch()
            for call in self._calls.values():
                call._arrived.put(("lost", self.close_reason))
            self._calls.clear()
        self._tls.close()
        self._wake_in.close()
        self._wake_out.close()

    def _step(self, selector):
        with self._lock:
            self._machine.tick(_now())
            self._dispatch()
            done = self._machine.closed or (self._stopping and not self._machine.streams)
            wrote = self._write()
            if done and not self._machine.output:
                return False
            timeout = 0 if self._tls.pending() else max(0, (self._machine.next_tick() - _now()) / 1000)
        events = selectors.EVENT_READ | (0 if wrote else selectors.EVENT_WRITE)
        selector.modify(self._tls, events)
        for key, _ in selector.select(timeout):
            if key.fileobj is self._wake_in:
                self._wake_in.recv(4096)
        try:
            data = self._tls.recv(65536)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return True
        with self._lock:
            if not data:
                self.close_reason = "closed by the server"
                return False
            self._machine.receive(data, _now())
            self._dispatch()
        return True

    def _write(self):
        """Writes what the socket takes; False when there is more."""
        output = self._machine.output
        while output:
            try:
                del output[:self._tls.send(output[:16384])]
            except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
                return False
        return True

    def _dispatch(self):
        events = self._machine.events
        while events:
            kind, what = events.popleft()
            if kind == "hello":
                self._greeted.set()
            elif kind == "goaway":
                self.goaways.append(what)
            elif kind == "close":
                self.close_reason = self.close_reason or what
                self._greeted.set()
            else:
                call = self._calls.get(what["stream"])
                if call:
                    call._arrived.put((kind, what))
                    if kind != "message":
                        del self._calls[what["stream"]]


def _now():
    return time.monotonic() * 1000


__all__ = ["ALPN", "Answer", "Call", "CallReset", "Connection", "ConnectionLost", "Refused", "Server"]
