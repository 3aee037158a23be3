internal import FunctionKit
internal import HTTPServer
private import Manifest

/// A provider's question whether anybody is there, which is no delivery.
enum InstallCheck {
  static let passed = (outcome: "install check", RawReply(contentType: "text/plain", body: Array("ok".utf8)))
}

extension WebhookRoute {
  /// Biteship wants a 200 to an empty body when its customer saves the address. Nothing comes of it.
  func isInstallCheck(_ request: Request) -> Bool {
    manifest.verification.scheme == .biteship && request.body.isEmpty
  }

  /// It may come before Biteship has been told the secret; a secret that does come has to be right all the same.
  func isUnsignedInstallCheck(_ request: Request) -> Bool {
    guard case .token(let header) = manifest.verification.proof else { return false }
    return isInstallCheck(request) && request.headers.firstBytes(header) == nil
  }
}
