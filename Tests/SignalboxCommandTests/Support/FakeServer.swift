import SignalboxClient
import SwiftProtobuf
import Synchronization

@testable import signalbox

/// Answers calls from a table and keeps a line for each: its name, the request as JSON, and what the options say.
final class FakeServer: Sendable {
  struct NoAnswer: Error { var call: String }

  private let answers: Mutex<[String: [Answer]]>
  private let lines = Mutex<[String]>([])

  /// The last answer for a name is given again and again.
  init(_ answers: [String: [Answer]]) {
    self.answers = Mutex(answers)
  }

  var log: [String] { lines.withLock { $0 } }

  func note(_ line: String) { lines.withLock { $0.append(line) } }

  private func answer(_ name: String) throws -> String {
    let answer = answers.withLock { answers -> Answer? in
      guard let list = answers[name], let first = list.first else { return nil }
      if list.count > 1 { answers[name] = Array(list.dropFirst()) }
      return first
    }
    switch answer {
    case .json(let text): return text
    case .refusal(let error): throw error
    case nil: throw NoAnswer(call: name)
    }
  }

  private func call<Request: Message & Sendable, Response: Message & Sendable>(
    _ name: String
  ) -> Calls.Call<Request, Response> {
    { request, options in
      self.note("\(name) \(try MessageJSON.compact(request))\(FakeServer.text(options))")
      return try Response(jsonString: try self.answer(name))
    }
  }

  private static func text(_ options: CallOptions) -> String {
    var text = ""
    if options.dryRun { text += " dry-run" }
    if let key = options.idempotencyKey { text += " key=\(String(decoding: key, as: UTF8.self))" }
    if let timeout = options.timeout { text += " timeout=\(timeout)" }
    return text
  }

  var calls: Calls {
    Calls(
      ping: { payload, options in
        self.note("ping\(FakeServer.text(options))")
        var response = PingResponse()
        response.payload.append(contentsOf: payload)
        return response
      },
      describe: { options in
        self.note("describe\(FakeServer.text(options))")
        return try DescribeResponse(jsonString: try self.answer("describe"))
      },
      createTenant: call("createTenant"), getTenant: call("getTenant"), listTenants: call("listTenants"),
      updateTenantSettings: call("updateTenantSettings"), createOrganization: call("createOrganization"),
      getOrganization: call("getOrganization"), listOrganizations: call("listOrganizations"),
      createPerson: call("createPerson"), getPerson: call("getPerson"), listPeople: call("listPeople"),
      setAbsence: call("setAbsence"), grantRole: call("grantRole"), revokeGrant: call("revokeGrant"),
      listGrants: call("listGrants"), explainAccess: call("explainAccess"), createGroup: call("createGroup"),
      updateGroupMembers: call("updateGroupMembers"), getGroup: call("getGroup"), listGroups: call("listGroups"),
      createToken: call("createToken"), listTokens: call("listTokens"), revokeToken: call("revokeToken"),
      rotateToken: call("rotateToken"), exportAudit: call("exportAudit"),
      planConfiguration: call("planConfiguration"), applyConfiguration: call("applyConfiguration"),
      exportConfiguration: call("exportConfiguration"), listConfigurationVersions: call("listConfigurationVersions"),
      getConfigurationVersion: call("getConfigurationVersion"), rollbackConfiguration: call("rollbackConfiguration"),
      setPresence: call("setPresence"), setCapacity: call("setCapacity"), listAgents: call("listAgents"),
      assignTicket: call("assignTicket"), acceptTicket: call("acceptTicket"), rejectTicket: call("rejectTicket"),
      listOffers: call("listOffers"),
      registerQueue: call("registerQueue"), approveQueue: call("approveQueue"), declineQueue: call("declineQueue"),
      getQueue: call("getQueue"), listQueues: call("listQueues"), getRegistration: call("getRegistration"),
      listRegistrations: call("listRegistrations"), retireQueue: call("retireQueue"),
      updateRegistration: call("updateRegistration"), submitRegistration: call("submitRegistration"),
      requestChanges: call("requestChanges"), withdrawRegistration: call("withdrawRegistration"),
      commentRegistration: call("commentRegistration"), lintRegistration: call("lintRegistration"),
      planRegistration: call("planRegistration"), registrationHistory: call("registrationHistory"),
      putRules: call("putRules"),
      getRules: call("getRules"), checkRules: call("checkRules"), activateRules: call("activateRules"),
      listRuleSets: call("listRuleSets"), listRuleActivations: call("listRuleActivations"),
      diffRules: call("diffRules"), formatRules: call("formatRules"), testRules: call("testRules"), whyNotRule: call("whyNotRule"),
      setShadowRules: call("setShadowRules"), getShadowRules: call("getShadowRules"),
      listShadowDifferences: call("listShadowDifferences"),
      replayRules: { request, options, receive in
        self.note("replayRules \(try MessageJSON.compact(request))\(FakeServer.text(options))")
        let all = self.answers.withLock { $0["replayRules"] ?? [] }
        for answer in all {
          switch answer {
          case .json(let text): try receive(ReplayRulesResponse(jsonString: text))
          case .refusal(let error): throw error
          }
        }
      },
      createTicket: call("createTicket"),
      getTicket: call("getTicket"), listTickets: call("listTickets"), takeTicket: call("takeTicket"),
      stealTicket: call("stealTicket"), releaseTicket: call("releaseTicket"),
      reassignTicket: call("reassignTicket"), ticketHistory: call("ticketHistory"), whyTicket: call("whyTicket"),
      updateTicket: call("updateTicket"), commentTicket: call("commentTicket"), noteTicket: call("noteTicket"),
      ticketComments: call("ticketComments"),
      addWatcher: call("addWatcher"), updateWatcher: call("updateWatcher"), removeWatcher: call("removeWatcher"),
      listWatchers: call("listWatchers"), confirmWatcher: call("confirmWatcher"),
      sendWatcherConfirmation: call("sendWatcherConfirmation"), optOutWatcher: call("optOutWatcher"),
      optInWatcher: call("optInWatcher"),
      watchTickets: { request, options, receive in
        self.note("watchTickets \(try MessageJSON.compact(request))\(FakeServer.text(options))")
        let all = self.answers.withLock { $0["watchTickets"] ?? [] }
        for answer in all {
          switch answer {
          case .json(let text): guard try receive(WatchTicketsResponse(jsonString: text)) else { return }
          case .refusal(let error): throw error
          }
        }
      })
  }
}
