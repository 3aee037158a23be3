import FunctionKit

extension HTML {
  static func outbox(_ messages: [CarriedMessage], _ faults: [CarrierName: CarrierFault]) -> HTML {
    page(
      "Outbox",
      """
      <p class="merchant">SANDBOX OUTBOX</p>
      <form method="post" action="/sandbox/outbox/faults">
        \(join(CarrierName.allCases.map { switches($0, faults[$0]) }))
        \(messages.isEmpty ? "<p>Belum ada pesan.</p>" : join(messages.map(shown)))
      </form>
      """)
  }

  private static func switches(_ carrier: CarrierName, _ fault: CarrierFault?) -> HTML {
    let name = carrier.rawValue
    let labels: [(CarrierFault, String)] = [
      (.timeoutBefore, "Tak menjawab"), (.timeoutAfter, "Jawaban hilang"), (.serverError, "Galat 500"),
      (.rateLimited, "429"), (.reject, "Tolak"),
    ]
    let buttons = labels.map { choice, label -> HTML in
      """
      <button class="other" formaction="/sandbox/outbox/faults?carrier=\(name)&amp;fault=\(choice.rawValue)">\
      \(fault == choice ? "● " : "")\(label)</button>
      """
    }
    return """
      <p><strong>\(name)</strong> <span class="badge">\(fault?.rawValue ?? "normal")</span></p>
      <div class="others">\(join(buttons))
        <button class="other" formaction="/sandbox/outbox/faults?carrier=\(name)">Normal</button></div>
      """
  }

  private static func shown(_ message: CarriedMessage) -> HTML {
    let reports = message.carrier.reports.map { what -> HTML in
      """
      <button class="other" formaction="/sandbox/outbox/\(message.id)/report?what=\(what)">\(what)</button>
      """
    }
    return """
      <dl>
        <dt>\(message.carrier.rawValue) → \(message.recipient)</dt><dd>\(message.status)</dd>
        <dt>\(message.title)</dt><dd>\(message.created.description)</dd>
      </dl>
      <p>\(message.body)</p>
      <div class="others">\(join(reports))</div>
      """
  }

  private static func join(_ parts: [HTML]) -> HTML { parts.reduce("") { "\($0)\($1)" } }
}
