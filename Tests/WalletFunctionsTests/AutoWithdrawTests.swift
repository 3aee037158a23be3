import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import WalletFunctions

@Suite struct AutoWithdrawTests {
  private static func enabled(_ body: @escaping @Sendable (WalletScene) async throws -> Void) async throws {
    try await WalletScene.run { scene in
      // A Tuesday, well within a week.
      let tuesday = try #require(Instant("2030-01-08T03:00:00Z"))
      scene.wait(tuesday - scene.wallet.clock.now)
      try await scene.settle(10_000, number: 0)
      let account = try await scene.addAccount()
      let reply = try await scene.wallet.call(
        "SetAutoWithdraw", body: ["enabled": true, "bankAccountId": .id(account)], caller: scene.owner)
      #expect(reply.data["autoWithdraw"] == true)
      try await body(scene)
    }
  }

  @Test func `a settlement is paid out at once, one time a week`() async throws {
    try await Self.enabled { scene in
      try await scene.settle(300_000)
      #expect(try await scene.balances(.seller) == .init(0, held: 310_000))
      try await scene.settle(200_000, number: 2)
      try await scene.wallet.fire("AutoWithdraw")
      #expect(try await scene.balances(.seller) == .init(200_000, held: 310_000))
      scene.wait(.days(7))
      try await scene.wallet.fire("AutoWithdraw")
      try await scene.wallet.fire("AutoWithdraw")
      #expect(try await scene.balances(.seller) == .init(0, held: 510_000))
      let requested = try await scene.wallet.events("withdrawal.requested")
      #expect(requested.map { $0.data["isAuto"] } == [true, true])
    }
  }

  @Test func `too little stays`() async throws {
    try await Self.enabled { scene in
      try await scene.settle(39_999)
      try await scene.wallet.fire("AutoWithdraw")
      #expect(try await scene.balances(.seller) == .init(49_999))
    }
  }

  @Test func `a settlement comes in although its account has gone bad`() async throws {
    try await Self.enabled { scene in
      try await scene.wallet.write("update bank_account set status = 'invalid'")
      try await scene.settle(300_000)
      #expect(try await scene.balances(.seller) == .init(310_000))
    }
  }

  @Test func `it needs an account that can be paid out to`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(300_000)
      let reply = try await scene.wallet.call("SetAutoWithdraw", body: ["enabled": true], caller: scene.owner)
      #expect(reply.code == "account_invalid")
      let none = try await scene.wallet.call(
        "SetAutoWithdraw", body: ["enabled": true], caller: .user(scene.buyer))
      #expect(none.code == "not_found")
    }
  }
}
