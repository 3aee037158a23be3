/// Rows below a head, every column as wide as its longest text.
func table(_ head: [String], _ rows: [[String]]) -> [String] {
  let all = [head] + rows
  let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
  return all.map { row in
    let cells = zip(row, widths).map { text, width in text + String(repeating: " ", count: width - text.count) }
    let line = cells.joined(separator: "  ")
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
