import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct RefundRouteTests {
  private static let now = Instant(seconds: 1000)

  private static func route(
    _ amount: Int, _ wanted: RefundMethod? = nil, mode: RefundMode? = .partial, left: Int = 1000,
    isTouched: Bool = false,
    closes: Instant? = nil
  ) throws -> RefundRoute {
    let origin = MoneyOrigin(mode: mode, closesAt: closes, gatewayLeft: left, charged: 1000, isTouched: isTouched)
    return try RefundRoute(amount, by: wanted, from: origin, at: now)
  }

  @Test(arguments: [
    (RefundMode?.some(.partial), 400, false, RefundMethod.originalPayment),
    (.some(.partial), 400, true, .originalPayment), (.some(.full), 1000, false, .originalPayment),
    (.some(.full), 400, false, .wallet), (.some(.full), 1000, true, .wallet), (.some(.none), 1000, false, .wallet),
    (nil, 1000, false, .wallet),
  ])
  func `money goes back the way it came where the channel can`(
    mode: RefundMode?, amount: Int, isTouched: Bool, method: RefundMethod
  ) throws {
    #expect(try Self.route(amount, mode: mode, isTouched: isTouched).method == method)
  }

  @Test func `a channel can up to its last moment`() throws {
    #expect(try Self.route(1, closes: Self.now).method == .originalPayment)
    #expect(try Self.route(1, closes: Instant(seconds: 999)).method == .wallet)
  }

  @Test func `what the provider took goes back first, the rest to the wallet`() throws {
    #expect(try Self.route(1500) == RefundRoute(method: .originalPayment, gatewayPart: 1000, walletPart: 500))
    #expect(try Self.route(700, left: 0) == RefundRoute(method: .originalPayment, gatewayPart: 0, walletPart: 700))
    #expect(
      try Self.route(1500, .bankTransfer) == RefundRoute(method: .bankTransfer, gatewayPart: 1000, walletPart: 500))
    #expect(try Self.route(1500, .wallet) == RefundRoute(method: .wallet, gatewayPart: 0, walletPart: 1500))
  }

  @Test func `a way that can't be is refused`() {
    #expect(throws: Problem.methodNotAvailable) { try Self.route(1, .originalPayment, mode: RefundMode.none) }
    #expect(throws: Problem.methodNotAvailable) { try Self.route(1, .bankTransfer, left: 0) }
  }
}
