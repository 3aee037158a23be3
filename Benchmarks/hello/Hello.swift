public import FunctionKit

/// The bundle that benchmarks measure the host with.
public enum Hello: FunctionBundle {
  public static let functions: [Registered] = [.endpoint(SayHello.self), .endpoint(SayHelloToUser.self)]
}
