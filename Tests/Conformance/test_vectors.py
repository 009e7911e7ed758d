"""The vectors: frames both ways, the client's dialogues against this client, the server's against the live server."""
import concurrent.futures
import time
import unittest

import signalbox_frames as f
import vectors
from raw_connection import Closed, RawConnection
from signalbox_machine import Machine, Refused
from signalbox_messages import wire
from world import WORLD

SEVERAL = "wants a test method that reads several frames"
MEASURE = "has an answer cut to measure, and that of a Ping has other bytes"
# The server's dialogues that are not played here, and why. One more or one less fails `every_script_is_accounted_for`.
LEFT_OUT = {
    "largest frame": "fills a frame to its last byte, and a Ping with these bytes is longer",
    "no_message alone on msg": SEVERAL,
    "msg with no_message and bytes": SEVERAL,
    "msg after end_stream": "sends a message to a call that no Ping stands for",
    "fragments": SEVERAL,
    "client stream": SEVERAL,
    "no_message in the middle of a message": SEVERAL,
    "credit while a message is incomplete": SEVERAL,
    "all the credit": SEVERAL,
    "one byte beyond the credit": SEVERAL,
    "largest message": SEVERAL,
    "one byte over the largest message": SEVERAL,
    "answer over several frames": MEASURE,
    "deadline": "wants a handler that runs into its deadline",
    "an answer nobody gives credit for": MEASURE,
}

SLACK_S = 0.5  # how far from the edge of a time limit a live server is asked


class Frames(unittest.TestCase):
    """vectors/frames.json, both ways."""


class ClientDialogues(unittest.TestCase):
    """vectors/client.json against the machine of this client, with the clock moved by hand."""


class ServerDialogues(unittest.TestCase):
    """vectors/server.json over TLS against the live server; scripts with waits run side by side."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        waiting = [s for s in live_scripts()[0] if any("wait_ms" in step for step in s["steps"])]
        cls.pool = concurrent.futures.ThreadPoolExecutor(max(1, len(waiting)))
        cls.running = {s["name"]: cls.pool.submit(play_live, s) for s in waiting}

    @classmethod
    def tearDownClass(cls):
        cls.pool.shutdown()

    def test_every_script_is_accounted_for(self):
        live, left_out = live_scripts()
        self.assertEqual(left_out, LEFT_OUT)
        played = {name.removeprefix("test_") for name in dir(self) if name.startswith("test_")}
        self.assertLessEqual({s["name"] for s in live}, played)
        self.assertEqual(len(live) + len(left_out), len(vectors.load("server.json", "scripts")), "two of one name")


def live_scripts():
    """The server's scripts as they are played here, and the names of those that are not with the reason."""
    live, left_out = [], {}
    for script in vectors.load("server.json", "scripts"):
        try:
            live.append(vectors.live_form(script))
        except vectors.NotLive as reason:
            left_out[script["name"]] = str(reason)
    return live, left_out


def check_frame(test, vector):
    data = vectors.to_bytes(vector["hex"])
    length, stream, kind, flags = f.HEADER.unpack_from(data)
    test.assertEqual((stream, f.NAMES[kind], flags), (vector["stream"], vector["type"], vector["flags"]))
    frame = f.decode(kind, stream, flags, data[f.HEADER_BYTES:])
    payload = vector["payload"]
    for name, value in payload.items():
        if name in ("hello", "header", "status"):
            kind_of = {"hello": wire.Hello, "header": wire.CallHeader, "status": wire.Status}[name]
            found = getattr(frame, name)
            found.DiscardUnknownFields()
            test.assertEqual(found, vectors.fields(kind_of, value))
        elif name == "data":
            test.assertEqual(frame.payload, vectors.to_bytes(value))
        elif name == "message":
            test.assertEqual(frame.message, vectors.to_bytes(value))
        else:
            test.assertEqual(getattr(frame, name), value)
    if vector["canonical"]:
        test.assertEqual(encode(vector).hex(), data.hex())


def encode(vector):
    payload, stream, flags = vector["payload"], vector["stream"], vector["flags"]
    kind = vectors.KINDS[vector["type"]]
    if kind == f.HELLO:
        return f.encode(f.HELLO, stream, f.MAGIC + vectors.fields(wire.Hello, payload["hello"]).SerializeToString())
    if kind == f.OPEN:
        header = vectors.fields(wire.CallHeader, payload["header"]).SerializeToString()
        return f.open_(stream, vectors.to_bytes(payload["message"]) or b"", flags, header=header)
    if kind == f.MSG:
        return f.msg(stream, vectors.to_bytes(payload["message"]) or b"", flags)
    if kind == f.END:
        return f.end(stream, vectors.fields(wire.Status, payload["status"]), vectors.to_bytes(payload["message"]))
    if kind == f.RESET:
        return f.reset(stream, payload["code"], payload["reason"].encode())
    if kind == f.CREDIT:
        return f.credit(stream, payload["bytes"])
    if kind == f.PING:
        return f.ping(vectors.to_bytes(payload["data"]), flags)
    return f.goaway(payload["last"], payload["code"], payload["retry_after_ms"], payload["reason"].encode())


# ---- the client's dialogues

def play_machine(test, script):
    machine = Machine(initial_window=script["window"])
    greeting = f.hello(software="conformance/1", **({"initial_window": script["window"]} if script["window"] else {}))
    test.assertEqual(bytes(machine.output), greeting)
    machine.output.clear()
    now, frames = 0, []

    def pull():
        frames.extend(f.decode(kind, stream, flags, payload)
                      for _, stream, kind, flags, payload in vectors.split(bytes(machine.output)))
        machine.output.clear()

    for number, step in enumerate(script["steps"], 1):
        where = f"step {number}: {step}"[:300]
        pull()
        if "send" in step:
            machine.receive(b"".join(vectors.to_bytes(p) for p in step["send"]))
        elif "wait_ms" in step:
            now += step["wait_ms"]
            machine.tick(now)
        elif "call" in step:
            play_call(test, machine, step["call"], where)
        elif "cancel" in step:
            machine.cancel(step["cancel"])
        elif "consumed" in step:
            machine.consumed(step["consumed"]["stream"], step["consumed"]["bytes"])
        elif "event" in step:
            test.assertTrue(machine.events, where)
            check_event(test, machine.events.popleft(), step["event"], where)
        elif step["expect"]["type"] == "nothing":
            test.assertEqual(frames, [], where)
        else:
            test.assertTrue(frames, where)
            test.assertEqual(vectors.differences(frames.pop(0), step["expect"]), "", where)
    pull()
    test.assertEqual((frames, list(machine.events)), ([], []), "left over at the end")


def play_call(test, machine, call, where):
    test.assertTrue(call["end_stream"], where)
    message, how = vectors.to_bytes(call["message"]), {"timeout_ms": call.get("timeout_ms", 0)}
    if call.get("refused"):
        with test.assertRaises(Refused, msg=where) as caught:
            machine.call(call["method"], message, **how)
        test.assertEqual(str(caught.exception), call["refused"], where)
    else:
        machine.call(call["method"], message, **how)


def check_event(test, event, want, where):
    kind, what = event
    found = {"kind": kind, **what}
    if "status" in what:
        found.update({name: getattr(what["status"], name) for name in ("code", "reason", "retry")})
    for name, value in want.items():
        test.assertEqual(found.get(name), vectors.to_bytes(value) if name == "message" else value, where)


# ---- the server's dialogues

def play_live(script):
    """Plays a script; returns what went wrong, or an empty string."""
    with RawConnection(WORLD.server, greet=False) as connection:
        for number, step in enumerate(script["steps"], 1):
            if "send" in step:
                connection.send(*(vectors.to_bytes(p) for p in step["send"]))
            elif "wait_ms" in step:
                # `…9` asks just before an edge, a whole number just after it; 1 ms is what is left to the edge.
                wait = step["wait_ms"]
                time.sleep(max(0, wait / 1000 + (-SLACK_S if wait % 10 == 9 else 0.2 if wait > 1 else 0)))
            else:
                wrong = check_live(connection, step["expect"])
                if wrong:
                    return f"step {number} {str(step)[:200]}: {wrong}"
    return ""


def check_live(connection, want):
    if want["type"] == "nothing":
        found = connection.nothing(0.05)
        return f"got {found}" if found else ""
    if want["type"] == "close":
        return "" if connection.closed() else "not closed"
    try:
        return vectors.differences(connection.frame(), want)
    except Closed as error:
        return f"closed: {error}"
    except TimeoutError:
        return "nothing came in 10 s"


def _add(case, name, body):
    setattr(case, "test_" + name, body)


def _fill():
    for vector in vectors.load("frames.json", "frames"):
        _add(Frames, vector["name"], lambda self, v=vector: check_frame(self, v))
    for script in vectors.load("client.json", "scripts"):
        _add(ClientDialogues, script["name"], lambda self, s=script: play_machine(self, s))
    live, left_out = live_scripts()
    for script in live:
        def body(self, s=script):
            under_way = self.running.get(s["name"])
            self.assertEqual(under_way.result() if under_way else play_live(s), "")
        _add(ServerDialogues, script["name"], body)
    for name, reason in left_out.items():
        _add(ServerDialogues, name, lambda self, r=reason: self.skipTest(r))


_fill()
