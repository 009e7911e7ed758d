import SignalboxProtocol

enum PingCall: ImmediateCall {
  typealias Types = Methods.Ping

  static func answer(_ request: ProtoPingRequest, _ context: CallContext) -> ProtoPingResponse {
    var response = ProtoPingResponse()
    response.payload = request.payload
    return response
  }
}
