/// What deliveries are verified with is a secret of the bundle like any other, and so has to be among its needs.
func checkSecrets(of functions: [FunctionManifest], _ needs: Needs, _ mistakes: Mistakes) {
  for function in functions {
    guard case .webhook(let webhook) = function.trigger else { continue }
    let secret = webhook.verification.secret
    guard !needs.secrets.contains(secret) else { continue }
    let remedy = hint(for: secret, among: needs.secrets, otherwise: "; list it there")
    let text = "webhook \(function.name) is verified with \(secret), which needs.secrets lacks\(remedy)"
    mistakes.add(text, at: webhook.verification.position)
  }
}
