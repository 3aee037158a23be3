public import FunctionKit

/// Functions that trap, and one that must not suffer from it.
public enum Crash: FunctionBundle {
  public static let functions: [Registered] = [
    .endpoint(TakeMoney.self), .endpoint(AddMoney.self), .endpoint(Recurse.self), .endpoint(Spin.self),
  ]
}
