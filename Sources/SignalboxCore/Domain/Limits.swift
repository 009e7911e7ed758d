/// How long what people write may be. Texts are counted in Unicode scalars unless the name says bytes.
package enum Limits {
  package static let nameLength = 64
  package static let displayNameLength = 200
  package static let addressLength = 254
  package static let descriptionLength = 2_000
  package static let reasonLength = 1_000
  package static let subjectLength = 500
  package static let categoryLength = 200
  package static let resourceLength = 200
  package static let tagLength = 64
  package static let keywordLength = 100
  package static let bodyBytes = 256 * 1024
  package static let ruleTextBytes = 900 * 1024
  package static let tagsPerTicket = 32
  package static let agentsPerQueue = 200
  package static let watchersPerQueue = 200
  package static let keywordsPerQueue = 200
  package static let categoriesPerTenant = 500
  package static let membersPerGroup = 500
  /// Things of a kind that a process reads of a tenant at once; below what one query of the store may return.
  package static let rowsReadAtOnce = 90_000
  /// Organizations that keep reading a ticket they referred.
  package static let referrersPerTicket = 16
  /// Things that the message of a refusal lists.
  package static let listedInMessage = 10
  /// Tickets whose texts lint looks at, the newest ones, and bytes after which it takes no more of them.
  package static let pastTickets = 2_000
  /// Registrations of each open state that a lint compares with, the oldest first.
  package static let openRegistrationsCompared = 100
  /// The least of a rule set's hash that names it.
  package static let ruleHashPrefixBytes = 4
  package static let pastTicketBytes = 16 * 1024 * 1024
  /// Tickets that one retirement moves; all of a tenant's changes wait for it.
  package static let ticketsPerRedirect = 500
  /// Redirects from a retired queue to the active one at the end.
  package static let redirectHops = 8
  /// Admins who are told of a registration.
  package static let adminsTold = 100
  /// The name in a client certificate, in bytes.
  package static let certificateNameLength = 512
  package static let queuesPerToken = 64
  /// Times are in milliseconds.
  package static let shortestTokenLifetime: Int64 = 1_000
  package static let longestTokenLifetime: Int64 = 3_653 * 86_400_000
  package static let usualRotationOverlap: Int64 = 86_400_000
  package static let longestRotationOverlap: Int64 = 30 * 86_400_000
  /// How long the token of a mail to a bare address confirms it.
  package static let watcherTokenLifetime: Int64 = 7 * 86_400_000
  package static let pageSize = 200
  package static let usualPageSize = 50
  package static let fieldsPerTicket = 64
  package static let fieldNameLength = 64
  package static let fieldValueBytes = 1_024
  package static let commentBytes = 64 * 1024
  /// Where rows may be large a page ends when it has so many bytes, so that its message stays below what clients take.
  package static let pageBytes = 256 * 1024
  package static let ticketTypesPerTenant = 200
  package static let fieldsPerTicketType = 100
  package static let optionsPerField = 100
  /// Entries of all sections of a tenant's document together.
  package static let documentEntries = 10_000
  /// What a plan shows of a value and of a list; the bytes of all differences; people and places where rights change.
  package static let shownValueLength = 200
  package static let shownListEntries = 50
  package static let shownDifferenceBytes = 128 * 1024
  package static let accessChangesShown = 500
  package static let blockersShown = 32
  /// Field changes that the event of an applied document lists; its version has all.
  package static let changesPerConfigurationEvent = 200
  /// The newest of a tenant's configuration versions are kept.
  package static let configurationVersions = 500
  /// Units of open tickets that somebody may be given at the same time.
  package static let capacityUnits = 1_000
  package static let skillsPerPerson = 32
  /// The longest window of a fairness cap, in milliseconds; assignments before it are forgotten.
  package static let longestCapWindow: Int64 = 7 * 86_400_000
  /// The most tickets that a fairness cap may allow.
  package static let capCount = 1_000
  package static let shortestOffer: Int64 = 1_000
  package static let longestOffer: Int64 = 7 * 86_400_000
  /// Waiting tickets of a queue that are looked at, and assigned, at a time; all of a tenant's changes wait for it.
  package static let waitsPerRound = 200
  package static let assignmentsPerRound = 50
  /// Tests that the refusal of a rule set lists.
  package static let failedTestsShown = 20
  /// Tickets that one replay looks at, those of one read, and the bytes of their texts and the time after which it ends:
  /// all tenants' replays and checks of rules take turns.
  package static let replayTickets = 1_000_000
  package static let ticketsPerReplayRead = 1_000
  package static let replayReadBytes = 4 * 1024 * 1024
  package static let replayReadMilliseconds = 100
  /// Pairs of queues that a replay counts one by one, and tickets that it names for each.
  package static let replayMoves = 1_000
  package static let replaySamples = 5
  /// Differences between two rule sets that are told, and scalars of each text in them.
  package static let ruleDifferences = 500
  package static let ruleDifferenceText = 1_000
  /// Differences between the rules in force and those in the shadow that are kept, the newest of them.
  package static let shadowDifferences = 10_000
  package static let shadowMoves = 200
  /// How often a change that rules made makes rules run again.
  package static let ruleDepth = 8
  /// How often rules move a ticket within the window, in milliseconds, before they are stopped.
  package static let ruleMoves = 5
  package static let ruleMoveWindow: Int64 = 10 * 60_000
  /// Recipients of one change beyond which rules add none.
  package static let toldOfOneChange = 1_000
  /// Bytes of what rules say to one recipient about one change.
  package static let sayingBytes = 4_096
  /// Tickets for which rules of `escalate` run in one commit, and whose times are found anew after an activation.
  package static let escalationsPerRound = 50
  package static let escalationsPerSweep = 200
}
