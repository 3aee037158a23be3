public import FunctionKit

/// The bundle whose effects are counted.
public enum Totals: FunctionBundle {
  public static let functions: [Registered] = [.event(AddToTotal.self)]
}
