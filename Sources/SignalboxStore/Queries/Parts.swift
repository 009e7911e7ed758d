extension Snapshot {
  /// All rows of something that may have more than one query may return.
  ///
  /// - Parameter query: the rows after the last one so far, at most as many as told, in a fixed order.
  func parts<Output>(
    of size: Int = 10_000, _ query: (_ last: Output?, _ limit: Int) -> Query<Output>
  ) throws -> [Output] {
    var rows: [Output] = []
    while true {
      let part = try all(query(rows.last, size))
      rows += part
      if part.count < size { return rows }
    }
  }
}
