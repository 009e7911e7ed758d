/// Lends the bytes of any collection, without a copy where they lie in one piece.
func withBytes<Result>(
  _ bytes: some Collection<UInt8>, _ body: (UnsafeRawBufferPointer) -> Result
) -> Result {
  if let result = bytes.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) {
    return result
  }
  return Array(bytes).withUnsafeBytes(body)
}
