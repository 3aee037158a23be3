import FunctionKit

/// What differs between two releases, a row each.
func differences(_ diff: JSON) -> [String] {
  let functions = rows(diff, "functions") { function in
    let what = function["what"]?.string.map { ": \($0)" } ?? ""
    return ["function", function.text("name"), function.text("change") + what]
  }
  let migrations = rows(diff, "migrations") { ["migration", $0.string ?? "-", "to be applied"] }
  let events = rows(diff, "events") { ["event", $0.text("type"), $0.text("change")] }
  let added = diff["statements"]?["added"]?.int ?? 0
  let removed = diff["statements"]?["removed"]?.int ?? 0
  let statements = added + removed == 0 ? [] : [["statements", "", "\(added) added, \(removed) removed"]]
  let all = functions + migrations + events + statements
  return all.isEmpty ? ["no function, migration, event or statement differs"] : table(["PART", "NAME", "CHANGE"], all)
}

/// How long each step of a deployment took, in one line.
func steps(_ data: JSON) -> [String] {
  let steps = (data["steps"]?.array ?? []).map { "\($0.text("name")) \(number($0, "milliseconds")) ms" }
  return steps.isEmpty ? [] : ["steps: " + steps.joined(separator: ", ")]
}

func number(_ data: JSON, _ name: String = "number") -> String { data[name]?.int.map(String.init) ?? "-" }

/// Bytes as people read them.
func size(_ data: JSON, _ name: String) -> String {
  guard let bytes = data[name]?.int else { return "-" }
  let tenths = (bytes * 10 + 524_288) / 1_048_576
  return tenths == 0 ? "\(bytes) B" : "\(tenths / 10).\(tenths % 10) MiB"
}

private func rows(_ diff: JSON, _ name: String, _ row: (JSON) -> [String]) -> [[String]] {
  (diff[name]?.array ?? []).map(row)
}
