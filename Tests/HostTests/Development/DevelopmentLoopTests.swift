import EventLoop
import Foundation
import FunctionKit
import LoopTesting
import Testing

@testable import lakoo

@Suite(.timeLimit(.minutes(1))) struct `The development loop` {
  @Test func `builds what is saved, with the options of the host's own build, and deploys it`() async throws {
    try await withProject { project in
      try project.save("functions/payment/Pay.swift", "let a = 1")
      await project.until(.deployed("payment"))
      #expect(
        project.builds() == [
          "--configuration debug --scratch-path \(project.root)/.build-x --product PaymentFunctions"
        ])
      #expect(project.logged.contains("building payment"))
    }
  }

  @Test func `deploys a manifest and a migration without a build`() async throws {
    try await withProject { project in
      try project.save("manifests/payment.yaml", "bundle: payment")
      await project.until(.deployed("payment"))
      try project.save("functions/payment/Migrations/0002.sql", "select 1")
      await project.until(.deployed("payment"))
      #expect(project.builds() == [])
    }
  }

  @Test func `shows what does not compile, leaves the old one live, and goes on when it is mended`() async throws {
    try await withProject { project in
      try project.save("functions/payment/Pay.swift", "broken")
      await project.until(.logged("payment stays as it was"))
      let error = "functions/payment/Pay.swift:1:1: error: cannot find 'broken' in scope"
      #expect(project.logged.filter { $0.contains("error: ") } == [error])
      #expect(project.deployed == [])
      try project.save("functions/payment/Pay.swift", "let a = 1")
      await project.until(.deployed("payment"))
    }
  }

  @Test func `says why a deployment was refused, and goes on`() async throws {
    try await withProject { project in
      project.refusal = "payment.yaml:1:1: no such thing\npayment.yaml:2:1: nor such"
      try project.save("manifests/payment.yaml", "bundle: payment")
      await project.until(.logged("payment stays as it was"))
      #expect(project.logged.contains("payment.yaml:1:1: no such thing"))
      #expect(project.logged.contains("payment.yaml:2:1: nor such"))
      project.refusal = nil
      try project.save("manifests/payment.yaml", "bundle: payment ")
      await project.until(.deployed("payment"))
    }
  }

  @Test func `asks for a new start when the kit changes`() async throws {
    try await withProject { project in
      try project.save("Sources/FunctionKit/JSON.swift", "let a = 1")
      await project.until(
        .logged(
          "Sources/FunctionKit/JSON.swift is a part of the host and of every library; start the host anew with 'make run'"
        ))
      #expect(project.builds() == [])
    }
  }

  @Test func `ends the build that runs when the host stops`() async throws {
    try await withProject { project in
      try project.save("functions/payment/Pay.swift", "slow")
      await project.until(.logged("building payment"))
      await project.stop()
      #expect(project.deployed == [])
    }
  }

  @Test func `says so when there is no compiler`() async throws {
    try await withProject(swift: "/no/such/swift") { project in
      try project.save("functions/payment/Pay.swift", "let a = 1")
      await project.until(.logged("payment stays as it was"))
      let expected = "set PATH so that it holds the Swift toolchain that built this host"
      #expect(project.logged.contains { $0.contains("start /no/such/swift") && $0.contains(expected) })
    }
  }

  @Test func `is only for a host that was built in its project`() throws {
    var settings = try Settings.read(root: "/project", variables: [:])
    for (directory, isThere) in [
      ("/project/.build/x86_64-unknown-linux-gnu/debug", true),
      ("/project/.build/x86_64-unknown-linux-gnu/release", true),
      ("/usr/local/bin", false), ("/other/.build/x86_64-unknown-linux-gnu/debug", false),
    ] {
      settings.libraryDirectory = directory
      #expect((FunctionBuild(settings) != nil) == isThere, "\(directory)")
    }
  }
}
