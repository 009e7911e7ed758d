@testable import SignalboxCore
import Testing

struct TenantConfigurationTests {
  private static let tenant = Tenant(
    id: TenantID(5), name: "access", displayName: "ACCESS", settings: .init(), createdAt: Scene.now)
  private static let addresses = ["", "a@example.org", "A@Example.org", "b@example.org", "desk@example.org"]

  /// How a configuration came to be leaves no trace in it: one after many changes finds the same as one that is loaded.
  @Test func aChangedOneEqualsTheOneThatIsLoaded() {
    var random = RuleRandom(seed: 0xadd)
    for _ in 0..<200 {
      let organizations = (1...3 as ClosedRange<Int64>).map {
        Organization(id: OrganizationID($0), name: "o\($0)", kind: .partner, displayName: "")
      }
      var configuration = TenantConfiguration(
        tenant: Self.tenant, version: Revision(1), organizations: organizations)
      var people: [PersonID: Person] = [:]
      for step in 2..<(Int64(Int.random(in: 0..<30, using: &random)) + 3) {
        let id = PersonID(Int64(Int.random(in: 0..<6, using: &random)) + 10)
        var person =
          people[id] ?? Person(id: id, handle: "p\(id.value)", displayName: "", email: "", organization: nil)
        let change: Change
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where people[id] != nil:
          person.availability.stated = random.pick(Availability.Presence.allCases)
          change = .updateAvailability(person)
        case 1 where people[id] != nil:
          person.absence = random.chance(50) ? nil : Absence(from: Scene.now, until: Scene.now, substitute: nil)
          change = .updateAbsence(person)
        default:
          (person.email, person.isRemoved) = (random.pick(Self.addresses), random.chance(20))
          person.organization = random.pick([nil] + organizations.map(\.id))
          change = people[id] == nil ? .insertPerson(person) : .updatePerson(person)
        }
        people[id] = person
        configuration = configuration.applying([change], at: Revision(step))
      }
      let loaded = TenantConfiguration(
        tenant: Self.tenant, version: configuration.version, organizations: organizations,
        people: people.values.sorted { $0.id.value < $1.id.value })
      #expect(configuration.people.dictionary == loaded.people.dictionary)
      #expect(configuration.peopleByHandle.dictionary == loaded.peopleByHandle.dictionary)
      #expect(configuration.formerPeople == loaded.formerPeople)
      for address in Self.addresses {
        #expect(configuration.organization(ofAddress: address) == loaded.organization(ofAddress: address))
        let first = people.values.filter { !$0.isRemoved && $0.email.lowercased() == address.lowercased() }
          .min { $0.id.value < $1.id.value }
        let expected = address.isEmpty ? nil : first?.organization.flatMap { configuration.organizations[$0]?.name }
        #expect(configuration.organization(ofAddress: address) == expected)
      }
    }
  }
}
