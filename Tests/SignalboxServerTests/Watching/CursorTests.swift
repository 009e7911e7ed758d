@testable import SignalboxServer
import SignalboxCore
import Testing

struct CursorTests {
  private let codec = CursorCodec(key: Array(repeating: 1, count: 32))

  @Test(arguments: [0, 1, 255, 256, Int64.max])
  func comesBackAsItWas(position: Int64) throws {
    let cursor = codec.cursor(at: Revision(position), of: TenantID(3))
    #expect(try codec.revision(of: cursor, tenant: TenantID(3)) == Revision(position))
  }

  @Test func isBoundToTenantPurposeListAndKey() throws {
    let cursor = codec.cursor(at: Revision(7), of: TenantID(3))
    let page = codec.page(after: 7, scope: "queues", of: TenantID(3))
    #expect(throws: Refusal.self) { try codec.revision(of: cursor, tenant: TenantID(4)) }
    #expect(throws: Refusal.self) { try codec.revision(of: page, tenant: TenantID(3)) }
    #expect(throws: Refusal.self) { try codec.position(of: page, scope: "people", tenant: TenantID(3)) }
    let other = CursorCodec(key: Array(repeating: 2, count: 32))
    #expect(throws: Refusal.self) { try other.revision(of: cursor, tenant: TenantID(3)) }
  }

  @Test func noBitCanBeChanged() throws {
    let cursor = Array(codec.cursor(at: Revision(7), of: TenantID(3)).utf8)
    for place in cursor.indices {
      var changed = cursor
      changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(throws: Refusal.self) {
        try codec.revision(of: String(decoding: changed, as: UTF8.self), tenant: TenantID(3))
      }
    }
  }

  @Test func base64IsTheStandardOne() {
    let vectors: [(String, String)] = [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
      ("foobar", "Zm9vYmFy"),
    ]
    for (plain, coded) in vectors {
      #expect(Base64URL.encode(plain.utf8) == coded)
      #expect(Base64URL.decode(coded) == Array(plain.utf8))
    }
    #expect(Base64URL.encode([0xfb, 0xff]) == "-_8")
    for wrong in ["Zg=", "Zh", "Z", "Zm9v+", "é"] { #expect(Base64URL.decode(wrong) == nil) }
  }

  @Test(
    arguments: [
      "sbx1.0.1", "sbx1.0.1.a.b", "sbx2.0.1.abc", "sbx1.x.1.abc", "", String(repeating: "a", count: 200),
      "sbx1.99999999999999999999.1.abc",
    ])
  func malformedTokens(text: String) {
    #expect(BearerToken(text) == nil)
  }
}
