import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

@Suite struct BankAccountTests {
  @Test func `of a number, the end is shown and nothing is readable in the database`() async throws {
    try await WalletScene.run { scene in
      _ = try await scene.addAccount("9876543210")
      let list = try await scene.wallet.call("ListBankAccounts", caller: scene.owner)
      #expect(list.data[0]?["accountLast4"] == "3210")
      #expect(list.data[0]?["isDefault"] == true)
      #expect(list.data[0]?.object?["accountNumber"] == nil)
      let found: Int = try await scene.wallet.one(
        "select count(*) from bank_account where bank_account::text like '%9876543210%'")
      #expect(found == 0)
      let readable: Int = try await scene.wallet.one(
        "select count(*) from bank_account where position('9876543210'::bytea in account_number_enc) > 0")
      #expect(readable == 0)
    }
  }

  @Test func `the same account once, five at most, the rest is refused`() async throws {
    try await WalletScene.run { scene in
      func add(_ number: String) async throws -> TestReply {
        try await scene.wallet.call(
          "AddBankAccount", body: ["channelCode": "ID_BCA", "accountNumber": .string(number), "accountHolder": "S"],
          caller: scene.owner)
      }
      let first = try await add("11111")
      #expect(first.status == 201)
      #expect(try await add("11111").code == "account_exists")
      for number in 2...5 { #expect(try await add("1111\(number)").status == 201) }
      #expect(try await add("11119").code == "too_many_accounts")
      #expect(try await add("1111").code == "validation_failed")
      #expect(try await add("12a45").code == "validation_failed")
    }
  }

  @Test func `the default moves on, and what is needed stays`() async throws {
    try await WalletScene.run { scene in
      try await scene.settle(100_000)
      let (first, second) = (try await scene.addAccount("11111"), try await scene.addAccount("22222"))
      func call(_ function: String, _ id: ID, by caller: Caller) async throws -> TestReply {
        try await scene.wallet.call(function, path: [("id", "\(id)")], caller: caller)
      }
      #expect(try await call("SetDefaultBankAccount", second, by: .user(scene.buyer)).status == 404)
      #expect(try await call("SetDefaultBankAccount", second, by: scene.owner).data["isDefault"] == true)
      try await scene.withdraw(50_000, to: first)
      #expect(try await call("RemoveBankAccount", first, by: scene.owner).code == "account_in_use")
      #expect(try await call("RemoveBankAccount", second, by: scene.owner).status == 204)
      #expect(try await call("RemoveBankAccount", second, by: scene.owner).status == 404)
      let list = try await scene.wallet.call("ListBankAccounts", caller: scene.owner)
      #expect(list.data.array?.map { $0["isDefault"] } == [true])
    }
  }
}
