import FoundationEssentials
import Glibc

/// The whole content of a small file.
func fileContents(_ path: String) throws -> [UInt8] {
  guard let file = unsafe fopen(path, "r") else { throw Refusal("\(path): \(errorText())", exitCode: 1) }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 65_536)
  while case let count = unsafe fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
  return bytes
}

/// Puts a file in the place of the one that was there: whoever reads it finds the one or the other, whole.
func writeFile(_ path: String, _ bytes: [UInt8]) throws {
  let new = "\(path).new"
  guard let file = unsafe fopen(new, "w") else { throw Refusal("\(new): \(errorText())", exitCode: 1) }
  let written = unsafe fwrite(bytes, 1, bytes.count, file)
  let isSafe = unsafe fflush(file) == 0 && fsync(fileno(file)) == 0
  unsafe fclose(file)
  guard written == bytes.count, isSafe, unsafe rename(new, path) == 0 else {
    throw Refusal("\(path): can't be written: \(errorText())", exitCode: 1)
  }
}

/// What is in a folder, without `.` and `..`.
func names(in folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder) }

/// Removes a folder with everything in it.
func removeTree(_ folder: String) throws { try FileManager.default.removeItem(atPath: folder) }

func makeFolder(_ folder: String) throws {
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
}
