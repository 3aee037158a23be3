import ArgumentParser
import FunctionKit

/// `lakoo upgrade`: another host program takes over.
struct Upgrade: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Has a host that runs go on as another program; its ports stay open meanwhile.")

  @Argument(help: "The new program, on the host's machine.") var program: String
  @OptionGroup var admin: AdminOptions

  func run() throws {
    let program = absolutePath(program)
    try admin.change("/upgrade", ["program": .string(program)]) { _ in
      ["\(program) takes over; 'lakoo deployment show' tells when its workers serve"]
    }
  }
}
