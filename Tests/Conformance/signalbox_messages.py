"""The messages and the method table, made at run time from Protocol/signalbox/v1/*.proto with protoc."""
import glob
import importlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

PROTOCOL = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Protocol"))
_generated = tempfile.TemporaryDirectory(prefix="signalbox-proto-")


def _generate():
    files = sorted(glob.glob(os.path.join(PROTOCOL, "signalbox", "v1", "*.proto")))
    subprocess.run(["protoc", "-I", PROTOCOL, "--python_out", _generated.name, *files], check=True)
    sys.path.insert(0, _generated.name)
    modules = [importlib.import_module("signalbox.v1." + os.path.basename(f)[:-len(".proto")] + "_pb2") for f in files]
    return {module.DESCRIPTOR.name.rsplit("/", 1)[1]: module for module in modules}


_modules = _generate()
options = _modules["options.proto"]
wire = _modules["wire.proto"]


class _Types:
    """Every message and enum value of the protocol as an attribute: `pb.Ticket`, `pb.PRIORITY_HIGH`."""

    def __init__(self, modules):
        for module in modules:
            for name, value in vars(module).items():
                if not name.startswith("_") and not name.endswith("_pb2") and name != "DESCRIPTOR":
                    setattr(self, name, value)


pb = _Types(_modules.values())


@dataclass(frozen=True)
class Method:
    number: int
    path: str
    effect: int
    caller: int
    request: type
    response: type
    streams: bool


def _methods():
    found = {}
    for module in _modules.values():
        for service in module.DESCRIPTOR.services_by_name.values():
            high = service.GetOptions().Extensions[options.service_number]
            for method in service.methods:
                rule = method.GetOptions().Extensions[options.rule]
                found[method.name] = Method(
                    number=high * 256 + rule.index, path=f"{service.full_name}/{method.name}", effect=rule.effect,
                    caller=rule.caller, request=getattr(pb, method.input_type.name),
                    response=getattr(pb, method.output_type.name),
                    streams=getattr(method, "server_streaming", method.name == "WatchTickets"))
    return found


METHODS = _methods()


def error_table():
    """reason → (code number, retry number), as Protocol/errors.tsv has them."""
    codes = ["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
             "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
             "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"]
    retries = {"never": 0, "same_key": 1, "not_executed": 2}
    table = {}
    with open(os.path.join(PROTOCOL, "errors.tsv"), encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                reason, layer, code, retry, meaning = line.rstrip("\n").split("\t")
                table[reason] = (codes.index(code), retries[retry])
    return table


ERRORS = error_table()
