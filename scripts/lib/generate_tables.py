"""Writes the method table, the descriptors and the error reasons as Swift. Called by scripts/generate."""

import pathlib
import sys

from google.protobuf import descriptor_pb2
from signalbox.v1 import options_pb2

MARK = "// Made by scripts/generate from Protocol/. Do not edit.\n\n"
EFFECTS = {1: "none", 2: "read", 3: "write", 4: "watch"}
CALLERS = {1: "anyone", 2: "tenant", 3: "tenantAdmin", 4: "systemAdmin"}
STATUS = {
    "OK": "ok", "CANCELLED": "cancelled", "UNKNOWN": "unknown", "INVALID_ARGUMENT": "invalidArgument",
    "DEADLINE_EXCEEDED": "deadlineExceeded", "NOT_FOUND": "notFound", "ALREADY_EXISTS": "alreadyExists",
    "PERMISSION_DENIED": "permissionDenied", "RESOURCE_EXHAUSTED": "resourceExhausted",
    "FAILED_PRECONDITION": "failedPrecondition", "ABORTED": "aborted", "OUT_OF_RANGE": "outOfRange",
    "UNIMPLEMENTED": "unimplemented", "INTERNAL": "internal", "UNAVAILABLE": "unavailable",
    "DATA_LOSS": "dataLoss", "UNAUTHENTICATED": "unauthenticated",
}
KEYWORDS = {"internal"}
RETRIES = {"never": "never", "same_key": "sameKey", "not_executed": "notExecuted"}


def camel(name: str) -> str:
    head, *rest = name.lower().split("_")
    name = head + "".join(word.capitalize() for word in rest)
    return f"`{name}`" if name in KEYWORDS else name


def lower_first(name: str) -> str:
    return name[0].lower() + name[1:]


def methods(files):
    for file in files.file:
        for service in file.service:
            number = service.options.Extensions[options_pb2.service_number]
            if not number:
                sys.exit(f"{file.name}: service {service.name} has no service_number")
            for method in service.method:
                rule = method.options.Extensions[options_pb2.rule]
                if not (rule.index and rule.effect and rule.caller):
                    sys.exit(f"{file.name}: {service.name}.{method.name} has no complete rule")
                yield number << 8 | rule.index, file.package, service.name, method, rule


def swift_type(name: str) -> str:
    return "Proto" + name.rsplit(".", 1)[1]


def method_table(rows) -> str:
    out = [MARK, "/// A method of the protocol: everything about it that is the same for both sides.\n"]
    out.append("package enum Method: UInt32, CaseIterable, Sendable {\n")
    for number, _, _, method, _ in rows:
        out.append(f"  case {lower_first(method.name)} = {number:#06x}\n")
    out.append("}\n\nextension Method {\n  /// Full name, as reflection gives it.\n  package var path: String {\n    switch self {\n")
    for _, package, service, method, _ in rows:
        out.append(f'    case .{lower_first(method.name)}: "{package}.{service}/{method.name}"\n')
    out.append("    }\n  }\n\n  package var effect: MethodEffect {\n    switch self {\n")
    for key, value in EFFECTS.items():
        names = [lower_first(m.name) for _, _, _, m, r in rows if r.effect == key]
        out.append("    case " + ",\n      ".join("." + n for n in names) + f": .{value}\n")
    out.append("    }\n  }\n\n  package var caller: MethodCaller {\n    switch self {\n")
    for key, value in CALLERS.items():
        names = [lower_first(m.name) for _, _, _, m, r in rows if r.caller == key]
        out.append("    case " + ",\n      ".join("." + n for n in names) + f": .{value}\n")
    out.append("    }\n  }\n}\n\n")
    out.append("/// Ties each method to its two message types.\npackage enum Methods {\n")
    for _, _, _, method, _ in rows:
        out.append(
            f"  package enum {method.name}: MethodTypes {{\n"
            f"    package typealias Request = {swift_type(method.input_type)}\n"
            f"    package typealias Response = {swift_type(method.output_type)}\n"
            f"    package static var method: Method {{ .{lower_first(method.name)} }}\n  }}\n"
        )
    out.append("}\n")
    return "".join(out)


def descriptors(raw: bytes) -> str:
    lines = []
    for start in range(0, len(raw), 24):
        lines.append("    " + " ".join(f"{b}," for b in raw[start : start + 24]))
    return (
        MARK + "/// The FileDescriptorSet of the protocol, in protobuf's own encoding.\n"
        "package enum ProtocolDescriptors {\n  package static let serialized: [UInt8] = [\n" + "\n".join(lines) + "\n  ]\n}\n"
    )


def reasons(rows, core: bool) -> str:
    out = [MARK]
    if core:
        out.append("extension Rejection {\n  /// Why a decision said no. One line of errors.tsv each.\n")
        out.append("  package enum Reason: String, CaseIterable, Sendable {\n")
        for reason, layer, _, _, meaning in rows:
            if layer == "core":
                out.append(f"    /// {meaning}\n    case {camel(reason)} = \"{reason}\"\n")
        out.append("  }\n}\n")
        return "".join(out)
    out.append("public import SignalboxWire\n\n/// Every reason with which the protocol says no.\npublic enum ErrorReason: String, CaseIterable, Sendable {\n")
    for reason, _, _, _, meaning in rows:
        out.append(f"  /// {meaning}\n  case {camel(reason)} = \"{reason}\"\n")
    out.append("}\n\nextension ErrorReason {\n  public var code: StatusCode {\n    switch self {\n")
    for reason, _, code, _, _ in rows:
        out.append(f"    case .{camel(reason)}: .{STATUS[code]}\n")
    out.append("    }\n  }\n\n  package var retry: Retry {\n    switch self {\n")
    for reason, _, _, retry, _ in rows:
        out.append(f"    case .{camel(reason)}: .{RETRIES[retry]}\n")
    out.append("    }\n  }\n\n  public var meaning: String {\n    switch self {\n")
    for reason, _, _, _, meaning in rows:
        text = meaning.replace("\\", "\\\\").replace('"', '\\"')
        out.append(f'    case .{camel(reason)}: "{text}"\n')
    out.append("    }\n  }\n}\n")
    return "".join(out)


def main() -> None:
    out = pathlib.Path(sys.argv[1])
    raw = (out / "descriptors.bin").read_bytes()
    files = descriptor_pb2.FileDescriptorSet.FromString(raw)
    rows = sorted(methods(files), key=lambda row: row[0])
    if len({row[0] for row in rows}) != len(rows):
        sys.exit("two methods have the same number")
    lines = [line.split("\t") for line in pathlib.Path(sys.argv[2]).read_text().splitlines() if line and line[0] != "#"]
    (out / "Method.swift").write_text(method_table(rows))
    (out / "ProtocolDescriptors.swift").write_text(descriptors(raw))
    (out / "ErrorReason.swift").write_text(reasons(lines, core=False))
    (out / "RejectionReason.swift").write_text(reasons(lines, core=True))


main()
