import Testing

@testable import lakoo

@Suite struct `What the compiler complains of` {
  @Test func `is told once each, with its place in the project`() {
    let output = """
      Building for debugging...
      [2/5] Emitting module PaymentFunctions
      /project/functions/payment/Pay.swift:7:3: error: cannot find 'x' in scope
       5 |
       7 |   x + 1
         |   `- error: cannot find 'x' in scope
      /project/functions/payment/Pay.swift:9:1: warning: unused
      [3/5] Compiling PaymentFunctions Pay.swift
      /project/functions/payment/Pay.swift:7:3: error: cannot find 'x' in scope
      /project/functions/payment/Bill.swift:1:8: error: no such module 'Foo'
      error: fatalError
      """
    #expect(
      compilerErrors(in: output, root: "/project") == [
        "functions/payment/Pay.swift:7:3: error: cannot find 'x' in scope",
        "functions/payment/Bill.swift:1:8: error: no such module 'Foo'",
      ])
  }

  @Test func `is what the build itself says when no file is to blame`() {
    let output = "Building\nerror: no product named 'WalletFunctions'\nerror: no product named 'WalletFunctions'\n"
    #expect(compilerErrors(in: output, root: "/project") == ["error: no product named 'WalletFunctions'"])
  }

  @Test func `is the end of the output when nothing in it says so`() {
    let output = (1...12).map { "line \($0)" }.joined(separator: "\n")
    #expect(compilerErrors(in: output, root: "/project") == (3...12).map { "line \($0)" })
  }
}
