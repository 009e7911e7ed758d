/// Whom rules tell.
extension Situation {
  /// Adds those whom the actions name, each address once: who is told anyway gets what the rules say beside it.
  func tell(_ actions: [NotifyAction], of ticket: Ticket, among told: inout [OutboxRecipient]) {
    var places: [String: Int] = [:]
    for (place, recipient) in told.enumerated() where places[recipient.address.lowercased()] == nil {
      places[recipient.address.lowercased()] = place
    }
    var sayings: [Int: [String]] = [:]
    for action in actions {
      for recipient in recipients(of: action.target, ticket) where !recipient.address.isEmpty {
        let place = places[recipient.address.lowercased()] ?? told.count
        if place == told.count {
          guard told.count < Limits.toldOfOneChange else { continue }
          told.append(recipient)
          places[recipient.address.lowercased()] = place
        }
        guard let saying = action.saying?.value, !(sayings[place]?.contains(saying) ?? false) else { continue }
        sayings[place, default: []].append(saying)
      }
    }
    for (place, sayings) in sayings { told[place].say(sayings.joined(separator: "\n")) }
  }

  private func recipients(of target: NotifyAction.Target, _ ticket: Ticket) -> [OutboxRecipient] {
    switch target {
    case .queueWatchers:
      recipients(assignee: nil, watchersOf: configuration.queues[ticket.queue], of: .all)
    case .assignee:
      people([ticket.assignee].compactMap(\.self), as: .assignee)
    case .requester:
      [OutboxRecipient(role: .requester, address: ticket.requester)]
    case .person(let handle):
      people([configuration.person(withHandle: handle.value)?.id].compactMap(\.self), as: .notified)
    case .group(let name):
      people(configuration.group(named: name.value)?.members ?? [], as: .notified)
    }
  }

  private func people(_ people: [PersonID], as role: OutboxRecipient.Role) -> [OutboxRecipient] {
    people.compactMap { configuration.people[$0] }.filter { !$0.isRemoved }
      .map { OutboxRecipient(role: role, address: $0.email) }
  }

  /// Who has to answer an offer.
  func offered(_ offer: TicketWait.Offer?) -> [OutboxRecipient] {
    guard let address = offer.flatMap({ configuration.people[$0.person]?.email }), !address.isEmpty else { return [] }
    return [OutboxRecipient(role: .offered, address: address)]
  }
}

extension OutboxRecipient {
  /// Adds what rules say, behind what they have said before. The token of a mail stays alone.
  fileprivate mutating func say(_ text: String) {
    guard role != .watcherConfirmation else { return }
    guard !payload.isEmpty else {
      payload = Self.payload(saying: text)
      return
    }
    let escaped = payload.utf8.count { $0 == UInt8(ascii: "%") }
    let room = Limits.sayingBytes - (payload.utf8.count - 2 * escaped)
    if room > 1 { payload += Self.payload(saying: "\n" + text, atMost: room) }
  }

  /// A text as a payload, cut between two characters where it has more bytes.
  package static func payload(saying text: String, atMost bytes: Int = Limits.sayingBytes) -> String {
    var payload = ""
    var room = bytes
    for scalar in text.unicodeScalars {
      room -= scalar.utf8.count
      guard room >= 0 else { break }
      for byte in scalar.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "~"):
          payload.unicodeScalars.append(Unicode.Scalar(byte))
        default:
          payload += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
      }
    }
    return payload
  }
}
