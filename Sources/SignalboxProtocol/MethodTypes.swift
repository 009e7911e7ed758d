package import SwiftProtobuf

/// What a method does to the store; it decides how the server runs it and what the client must send along.
package enum MethodEffect: Sendable {
  case none
  case read
  case write
  case watch
}

/// Who may call a method, at the least.
package enum MethodCaller: Sendable {
  case anyone
  case tenant
  case tenantAdmin
  case systemAdmin
}

/// Ties a method to its two message types.
package protocol MethodTypes {
  associatedtype Request: Message & Sendable
  associatedtype Response: Message & Sendable
  static var method: Method { get }
}
