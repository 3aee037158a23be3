import FaultTesting
import Testing

@testable import lakoo

@Suite struct `What a changed file means` {
  private let tree = ProjectTree(root: "/project") { ["notification", $0] }

  @Test(arguments: [
    ("functions/payment/Payment.swift", ProjectTree.Effect.build("payment")),
    ("functions/payment/Store/Locking.swift", .build("payment")),
    ("functions/payment/Store/", .build("payment")),
    ("functions/payment/Migrations/0002_more.sql", .deploy(["payment"])),
    ("functions/address/Data/cities.csv", .deploy(["address"])),
    ("manifests/payment.yaml", .deploy(["payment"])),
    ("manifests/events/payment.paid.yaml", .deploy(["notification", "payment.paid"])),
    ("manifests/host.yaml", .restart("manifests/host.yaml is read when the host starts")),
    (
      "Sources/FunctionKit/JSON/JSON.swift",
      .restart("Sources/FunctionKit/JSON/JSON.swift is a part of the host and of every library")
    ),
  ]) func `depends on where it is`(path: String, effect: ProjectTree.Effect) {
    #expect(tree.effect(of: "/project/\(path)") == effect)
  }

  @Test(arguments: [
    "functions/payment/.Payment.swift.swp", "functions/payment/Payment.swift~", "functions/payment/4913",
    "functions/payment/.#Payment.swift", "functions/payment/#Payment.swift#", "functions/payment/Payment.swift.tmp",
    "functions/payment/.git/Payment.swift", "functions/notes.swift", "manifests/payment.yaml.orig",
    "manifests/payment.swift", "Sources/FunctionKit/README.md", "README.md",
  ]) func `is nothing when an editor left it`(path: String) {
    #expect(tree.effect(of: "/project/\(path)") == .none)
  }

  @Test func `is nothing outside of the project`() {
    #expect(tree.effect(of: "/project2/functions/payment/Payment.swift") == .none)
  }

  @Test func `of an event, concerns those that emit it and those that consume it`() throws {
    let settings = try Settings.read(root: RunningHost.projectRoot(), variables: [:])
    #expect(ProjectTree(settings).users("payment.paid") == ["notification", "payment"])
    #expect(ProjectTree(settings).users("user.muted") == [])
  }
}
