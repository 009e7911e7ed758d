/// Whether `host` is written like an IP address rather than a name. Names never have a colon, nor
/// consist of digits and dots alone.
func looksLikeAddress(_ host: String) -> Bool {
  host.utf8.contains(UInt8(ascii: ":"))
    || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
}
