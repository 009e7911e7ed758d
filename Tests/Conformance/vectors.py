"""Reads Protocol/vectors and says whether a frame is what a vector expects."""
import json
import os

import signalbox_frames as f
from signalbox_messages import METHODS, PROTOCOL, pb, wire

ECHO, STREAM, HOLD, COUNT = 0x0101, 0x0F01, 0x0F02, 0x0F03
KINDS = {name: kind for kind, name in f.NAMES.items()}


def load(name, key):
    with open(os.path.join(PROTOCOL, "vectors", name), encoding="utf-8") as file:
        return json.load(file)[key]


def to_bytes(part):
    if part is None:
        return None
    if isinstance(part, dict):
        return bytes.fromhex(part["hex"]) * part["times"]
    return bytes.fromhex(part)


def fields(kind, spec):
    """A protobuf message from the JSON of a vector: bytes fields are hexadecimal."""
    message = kind()
    for name, value in spec.items():
        descriptor = kind.DESCRIPTOR.fields_by_name[name]
        if descriptor.type == descriptor.TYPE_BYTES:
            setattr(message, name, to_bytes(value))
        elif descriptor.type == descriptor.TYPE_MESSAGE:
            getattr(message, name).extend(fields(getattr(wire, descriptor.message_type.name), v) for v in value)
        elif isinstance(value, list):
            getattr(message, name).extend(value)
        else:
            setattr(message, name, value)
    return message


def split(data):
    """Cuts bytes into (length, stream, type, flags, payload) of whole frames; None when they are not whole frames."""
    found = []
    while data:
        if len(data) < f.HEADER_BYTES:
            return None
        length, stream, kind, flags = f.HEADER.unpack_from(data)
        if len(data) < f.HEADER_BYTES + length:
            return None
        found.append((length, stream, kind, flags, data[f.HEADER_BYTES:f.HEADER_BYTES + length]))
        data = data[f.HEADER_BYTES + length:]
    return found


def differences(frame, want):
    """What of `want` (an `expect` of a script) the frame does not meet, as text; empty when it meets all."""
    wrong = []
    for name, value in want.items():
        if name == "type":
            found = frame.name
        elif name in ("stream", "last", "bytes"):
            found = getattr(frame, name)
        elif name in ("ack", "more", "end_stream", "no_message"):
            found = frame.has({"ack": f.ACK, "more": f.MORE, "end_stream": f.END_STREAM, "no_message": f.NO_MESSAGE}[name])
        elif name == "data":
            found, value = frame.payload, to_bytes(value)
        elif name == "message":
            found, value = frame.message, to_bytes(value)
        elif name in ("method", "timeout_ms"):
            found = getattr(frame.header, name)
        elif name in ("code", "reason", "retry", "retry_after_ms") and frame.type == f.END:
            found = getattr(frame.status, name)
        elif name in ("code", "reason", "retry_after_ms"):
            found = getattr(frame, name)
        else:
            raise ValueError(f"a vector expects `{name}`, which its README does not explain")
        if found != value:
            wrong.append(f"{name} is {found!r}, not {value!r}")
    return "; ".join(wrong)


class NotLive(Exception):
    """Why a script cannot be played against a real server."""


def live_form(script):
    """The script as it can be played against a real server; raises NotLive where it cannot.

    Scripts that want the test methods are rewritten where that keeps their meaning: an echo becomes a Ping with the
    bytes as its payload, and a call that is never answered becomes a Ping whose message never gets complete.
    """
    if script["app"] == "none":
        return script
    steps, echoes, held = [], set(), set()
    for step in script["steps"]:
        if "send" in step:
            steps.append({"send": [_live_part(part, echoes, held) for part in step["send"]]})
        elif "expect" in step and step["expect"].get("message") is not None:
            want = step["expect"]
            if want["type"] != "END" or want["stream"] not in echoes or want.get("more"):
                raise NotLive("expects an answer that no Ping gives")
            answer = pb.PingResponse(payload=to_bytes(want["message"])).SerializeToString()
            steps.append({"expect": {**want, "message": answer.hex()}})
        else:
            steps.append(step)
    return {**script, "steps": steps}


def _live_part(part, echoes, held):
    repeated = isinstance(part, dict)
    frames = split(bytes.fromhex(part["hex"]) if repeated else bytes.fromhex(part))
    if frames is None:
        raise NotLive("its frames are too long to be rewritten")
    out = b""
    for _, stream, kind, flags, payload in frames:
        if kind == f.OPEN:
            payload, flags = _live_open(stream, flags, payload, echoes, held)
        elif kind == f.MSG and (payload or stream in held):
            raise NotLive("sends a message to a call that no Ping stands for")
        elif kind == f.HELLO and payload != f.MAGIC:
            raise NotLive("has an answer cut to measure, and that of a Ping has other bytes")
        out += f.encode(kind, stream, payload, flags)
    return {"hex": out.hex(), "times": part["times"]} if repeated else out.hex()


def _live_open(stream, flags, payload, echoes, held):
    try:
        open_ = f.decode(f.OPEN, stream, flags, payload)
    except f.Violation as violation:
        raise NotLive("has a header that cannot be read") from violation
    method = open_.header.method
    head = payload[:len(payload) - len(open_.message or b"")]
    if flags == f.END_STREAM and method == ECHO:
        echoes.add(stream)
        payload = head + pb.PingRequest(payload=open_.message).SerializeToString()
        if len(payload) > 16384 - f.HEADER_BYTES:
            raise NotLive("fills a frame to its last byte, and a Ping with these bytes is longer")
        return payload, flags
    if flags == f.END_STREAM and method == HOLD:
        if open_.header.timeout_ms:
            raise NotLive("wants a handler that runs into its deadline")
        held.add(stream)
        ping = open_.header
        ping.method = ECHO
        return f.prefixed(ping.SerializeToString()), f.MORE
    if flags == 0 and method == ECHO:
        return payload, flags
    if flags in (0, f.END_STREAM) and method not in {m.number for m in METHODS.values()} | {STREAM, HOLD, COUNT}:
        return payload, flags
    raise NotLive("wants a test method that reads several frames")
