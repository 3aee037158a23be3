import AddressFunctions
import Foundation
import FunctionKit
import Manifest
import NotificationFunctions
import OpenAPI
import PaymentFunctions
import SandboxFunctions
import WalletFunctions

private let libraries: [String: [Registered]] = [
  "address": Address.functions, "notification": Notification.functions, "payment": Payment.functions,
  "sandbox": Sandbox.functions, "wallet": Wallet.functions,
]

let testFolder = URL(filePath: #filePath).deletingLastPathComponent()
private let manifests = testFolder.deletingLastPathComponent().deletingLastPathComponent().appending(path: "manifests")

/// The project's bundles, as they are.
func described(_ names: String...) throws -> [DescribedBundle] {
  try loadManifests(directory: manifests.path) { _ in true }.bundles.filter { names.isEmpty || names.contains($0.name) }
    .map { DescribedBundle($0, registered: libraries[$0.name] ?? []) }
}
