import FunctionKit

extension HTML {
  static func control(_ faults: Faults, _ sent: [ShowControl.Sent], balance: Int) -> HTML {
    page(
      "Sandbox",
      """
      <p class="merchant">SANDBOX XENDIT</p>
      <p class="amount">\(rupiah(balance))</p>
      <dl>\(rates(faults))</dl>
      <form method="post" action="/sandbox/faults?reset=true">
        <button>Semua normal</button>
        <div class="others">\(switches)</div>
        <button class="quiet" formaction="/sandbox/webhooks">Kirim ulang webhook yang belum diterima</button>
        <dl>\(webhooks(sent))</dl>
      </form>
      """)
  }

  private static func rates(_ faults: Faults) -> HTML {
    let values: [(String, Int)] = [
      ("Tak menjawab, belum dikerjakan", faults.timeoutBefore), ("Tak menjawab, sudah dikerjakan", faults.timeoutAfter),
      ("Galat 500", faults.serverError), ("Terlalu sering (429)", faults.rateLimited),
      ("Webhook terlambat", faults.webhookLate), ("Webhook ganda", faults.webhookDuplicate),
      ("Webhook bertukar urutan", faults.webhookDisordered), ("Webhook hilang", faults.webhookLost),
    ]
    return list(values.map { "<dt>\($0.0)</dt><dd>\($0.1) ‰</dd>" })
  }

  private static let switches: HTML = {
    let buttons: [(String, String)] = [
      ("Tak menjawab", "timeoutBefore=300"), ("Jawaban hilang", "timeoutAfter=300"), ("Galat 500", "serverError=300"),
      ("429", "rateLimited=300"), ("Terlambat", "webhookLate=500"), ("Ganda", "webhookDuplicate=500"),
      ("Tertukar", "webhookDisordered=500"), ("Hilang", "webhookLost=500"),
      ("Refund gagal", "refundFailure=REFUND_FAILED"),
    ]
    return list(
      buttons.map { "<button class=\"other\" formaction=\"/sandbox/faults?\($0.1)\">\($0.0)</button>" })
  }()

  private static func webhooks(_ sent: [ShowControl.Sent]) -> HTML {
    list(
      sent.map { webhook in
        let state = webhook.deliveredAt == nil ? webhook.lastStatus.map { "\($0)" } ?? "–" : "✓"
        return """
          <dt>\(webhook.path.split(separator: "/").last ?? "") \(webhook.objectId)</dt>
          <dd>\(state) ×\(webhook.attempts)
            <button class="quiet" formaction="/sandbox/webhooks?id=\(webhook.id)">Kirim ulang</button></dd>
          """
      })
  }

  private static func list(_ parts: [HTML]) -> HTML { parts.reduce("") { "\($0)\($1)" } }
}
