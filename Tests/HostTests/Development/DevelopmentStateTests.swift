import Testing

@testable import lakoo

@Suite struct `When what is saved gets built and deployed` {
  private var state = DevelopmentState()

  @Test mutating func `source is built once it has been quiet, then deployed`() {
    #expect(state.changed(.build("payment")) == .settle)
    #expect(state.changed(.build("payment")) == .settle)
    #expect(state.settled() == .build("payment"))
    #expect(state.built(true) == .deploy("payment"))
    #expect(state.deployed() == nil)
    #expect(state.settled() == nil)
  }

  @Test mutating func `what is no source needs no build`() {
    #expect(state.changed(.deploy(["payment"])) == .settle)
    #expect(state.settled() == .deploy("payment"))
    #expect(state.deployed() == nil)
  }

  @Test mutating func `a build comes first when both have changed, in either order`() {
    for effects in [
      [ProjectTree.Effect.build("payment"), .deploy(["payment"])], [.deploy(["payment"]), .build("payment")],
    ] {
      for effect in effects { #expect(state.changed(effect) == .settle) }
      #expect(state.settled() == .build("payment"))
      #expect(state.built(true) == .deploy("payment"))
      #expect(state.deployed() == nil)
    }
  }

  @Test mutating func `many changes during a build are one further build`() {
    _ = state.changed(.build("payment"))
    _ = state.settled()
    for _ in 0..<3 { #expect(state.changed(.build("payment")) == nil) }
    #expect(state.built(true) == .deploy("payment"))
    #expect(state.deployed() == .settle)
    #expect(state.settled() == .build("payment"))
    #expect(state.built(true) == .deploy("payment"))
    #expect(state.deployed() == nil)
  }

  @Test mutating func `a change during a deployment is not lost`() {
    _ = state.changed(.deploy(["payment"]))
    _ = state.settled()
    #expect(state.changed(.deploy(["payment"])) == nil)
    #expect(state.deployed() == .settle)
    #expect(state.settled() == .deploy("payment"))
  }

  @Test mutating func `what does not compile is not deployed, and its manifest alone does not make it so`() {
    _ = state.changed(.build("payment"))
    _ = state.settled()
    #expect(state.built(false) == nil)
    #expect(state.changed(.deploy(["payment"])) == .settle)
    #expect(state.settled() == .build("payment"))
    #expect(state.built(true) == .deploy("payment"))
    #expect(state.deployed() == nil)
    _ = state.changed(.deploy(["payment"]))
    #expect(state.settled() == .deploy("payment"))
  }

  @Test mutating func `bundles come one after another, whatever became of the one before`() {
    _ = state.changed(.build("payment"))
    _ = state.changed(.deploy(["notification", "address"]))
    #expect(state.settled() == .deploy("address"))
    #expect(state.deployed() == .settle)
    #expect(state.settled() == .deploy("notification"))
    #expect(state.deployed() == .settle)
    #expect(state.settled() == .build("payment"))
    #expect(state.built(false) == nil)
  }

  @Test mutating func `what is of no effect starts nothing`() {
    #expect(state.changed(.none) == nil)
    #expect(state.changed(.restart("")) == nil)
    #expect(state.changed(.deploy([])) == nil)
    #expect(state.settled() == nil)
  }
}
