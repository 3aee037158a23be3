public import FunctionKit

/// The bundle whose commits and reads are measured, and whose events the bundle totals works through.
public enum Deposits: FunctionBundle {
  public static let functions: [Registered] = [.endpoint(TakeDeposit.self), .endpoint(GetAccount.self)]
}
