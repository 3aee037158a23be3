import FunctionKit

/// The page behind a letter's link. Looking at it changes nothing: mail programs look at links too.
struct ShowUnsubscribe: Endpoint {
  struct Input: Decodable {
    var token: String
  }

  func handle(_ input: Input, context: Context) async throws -> HTML {
    let token = try UnsubscribeToken(input.token, context)
    let what = token.scope == .marketing ? "promosi" : "buletin"
    return """
      <!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>Berhenti berlangganan</title>
      <body><h1>Berhenti menerima \(what)?</h1>
      <form method="post" action="/unsubscribe?token=\(input.token)"><button>Ya, berhenti</button></form></body></html>
      """
  }
}
