import FunctionKit

/// A live device and what it is pushed to by.
struct PushTarget: Decodable, Sendable {
  var id: ID
  var token: String
}

extension Context {
  /// Pushes to every live device of a user. Those that are none any longer are not asked again.
  func push(_ letter: Letter) async throws -> CarrierVerdict {
    var verdicts: [PushVerdict] = []
    for device in letter.devices {
      let verdict = try await push(letter, to: device)
      verdicts.append(verdict)
      if case .dead(let reason) = verdict { try await work { try await $0.disable(device.id, reason) } }
    }
    return CarrierVerdict(of: verdicts)
  }

  private func push(_ letter: Letter, to device: PushTarget) async throws -> PushVerdict {
    guard let access = try await fcmAccess(isFresh: false) else { return .of(.busy(.unavailable)) }
    guard let answer = try await fcmVerdict(letter, device, access) else {
      // What we were let in with has been revoked, which happens once.
      guard let access = try await fcmAccess(isFresh: true) else { return .of(.busy(.unavailable)) }
      return try await fcmVerdict(letter, device, access) ?? .of(.refused(code: "fcm_401"))
    }
    return answer
  }

  /// - Returns: nil when we were not let in.
  private func fcmVerdict(_ letter: Letter, _ device: PushTarget, _ access: String) async throws -> PushVerdict? {
    let project = try setting("FCM_PROJECT_ID")
    var request = UpstreamRequest("fcm", "POST", "/v1/projects/\(project)/messages:send")
    request.headers.append((name: "authorization", value: "Bearer " + access))
    try request.setBody(json: fcmMessage(letter, token: device.token))
    do {
      let response = try await http.send(request)
      let answer = (try? JSON.parse(response.body)) ?? [:]
      let code = answer.fcmCode
      return response.status == 401 && code == nil
        ? nil
        : PushVerdict(
          status: response.status, code: code, fields: answer.fcmFields, messageID: answer["name"]?.string)
    } catch let error as UpstreamError {
      log.warning("fcm gave no answer: \(error.message)")
      return .of(error.mayHaveArrived ? .unknown : .busy(.unreachable))
    }
  }
}

/// A message as FCM takes it, at most 4,096 bytes in all. A repeat replaces on the screen what may have arrived before, and
/// so does what is told anew of the same group.
func fcmMessage(_ letter: Letter, token: String) -> JSON {
  let tag = String((letter.groupKey ?? letter.id.description).prefix(64))
  let isPressing = letter.priority == .high || letter.priority == .urgent
  var android: JSONObject = [
    "priority": isPressing ? "HIGH" : "NORMAL", "ttl": "86400s", "notification": ["tag": .string(tag)],
  ]
  if letter.groupKey != nil { android["collapse_key"] = .string(tag) }
  return [
    "message": [
      "token": .string(token),
      "notification": ["title": .string(letter.title.cut(to: 300)), "body": .string(letter.body.cut(to: 1_500))],
      "data": .object(pushData(letter)), "android": .object(android),
      "apns": ["headers": ["apns-collapse-id": .string(tag), "apns-priority": isPressing ? "10" : "5"]],
    ]
  ]
}

/// What the app opens at a touch.
private func pushData(_ letter: Letter) -> JSONObject {
  var data: JSONObject = ["notificationId": .string(letter.id.description), "type": .string(letter.type)]
  data["actionUrl"] = letter.actionUrl.map(JSON.string)
  data["relatedType"] = letter.relatedType.map(JSON.string)
  data["relatedId"] = letter.relatedId.map { .string($0.description) }
  return data
}

extension JSON {
  fileprivate var fcmDetails: [JSON] { self["error"]?["details"]?.array ?? [] }

  /// The error's own code; the status of it where the answer does not go into details.
  fileprivate var fcmCode: String? {
    let own = fcmDetails.lazy.compactMap { $0["errorCode"]?.string }.first
    let status = self["error"]?["status"]?.string
    return own ?? (status == "UNAUTHENTICATED" ? nil : status)
  }

  fileprivate var fcmFields: [String] {
    fcmDetails.flatMap { $0["fieldViolations"]?.array ?? [] }.compactMap { $0["field"]?.string }
  }
}

extension String {
  /// Whole characters of at most so many bytes.
  func cut(to bytes: Int) -> String {
    var (text, count) = ("", 0)
    for character in self {
      count += character.utf8.count
      guard count <= bytes else { return text + "…" }
      text.append(character)
    }
    return text
  }
}
