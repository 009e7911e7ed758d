/// `1 rule`, `2 rules`.
enum Count {
  static func of(_ number: some BinaryInteger, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
