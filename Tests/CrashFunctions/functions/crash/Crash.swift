public import FunctionKit

/// Functions that do what no function should, and some that must not suffer from it.
public enum Crash: FunctionBundle {
  public static let functions: [Registered] = [
    .endpoint(TakeMoney.self), .endpoint(AddMoney.self), .endpoint(CountMoney.self), .endpoint(AwaitMoney.self),
    .endpoint(Recurse.self), .endpoint(CountForever.self), .endpoint(Hoard.self),
  ]
}
