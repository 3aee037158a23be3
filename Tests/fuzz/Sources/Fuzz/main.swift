import CFuzzDriver
import Glibc

/// `Fuzz <target> [libFuzzer's arguments]`
let targets: [String: fuzz_target] = [
  "head": { read($0, $1, fuzzHead) },
  "chunked": { read($0, $1, fuzzChunked) },
  "json": { read($0, $1, fuzzJSON) },
  "target": { read($0, $1, fuzzTarget) },
  "token": { read($0, $1, fuzzToken) },
  "keyset": { read($0, $1, fuzzKeySet) },
]

func read(_ bytes: UnsafePointer<UInt8>?, _ count: Int, _ fuzz: ([UInt8]) -> Void) -> Int32 {
  fuzz(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

guard CommandLine.argc > 1, let target = targets[CommandLine.arguments[1]] else {
  print("Name what to fuzz: \(targets.keys.sorted().joined(separator: ", "))")
  exit(2)
}
var count = CommandLine.argc - 1
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
exit(LLVMFuzzerRunDriver(&count, &arguments, target))
