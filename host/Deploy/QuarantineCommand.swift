import ArgumentParser
import FunctionKit

/// `lakoo quarantine`: functions that crash too often to be let run.
struct Quarantine: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows the functions that are kept from running because they crash, and lets them run again.",
    subcommands: [List.self, Lift.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Every function in quarantine.")

    @OptionGroup var admin: AdminOptions

    func run() throws {
      try admin.show("GET", "/quarantine") { data in
        let rows = (data.array ?? []).map { item in
          ["\(item.text("bundle"))/\(item.text("function"))", item.text("since"), number(item, "crashes")]
        }
        return rows.isEmpty ? ["no function is in quarantine"] : table(["FUNCTION", "SINCE", "CRASHES"], rows)
      }
    }
  }

  struct Lift: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lets a function run again.")

    @Argument(help: "bundle/Function, such as payment/CreatePayment.") var function: FunctionName
    @OptionGroup var admin: AdminOptions

    func run() throws {
      let body: JSON = ["bundle": .string(function.bundle), "function": .string(function.name)]
      try admin.show("POST", "/quarantine/lift", body: body) { _ in ["\(function.text) runs again"] }
    }
  }
}
