// swift-tools-version: 6.2
import PackageDescription

// What reads a stranger's bytes, compiled with libFuzzer's coverage. The sources are those of the platform, by symbolic link.
let instrumented: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .unsafeFlags(["-sanitize=fuzzer", "-enable-testing"]),
]

func library(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: instrumented)
}

let package = Package(
  name: "fuzz",
  targets: [
    .systemLibrary(name: "CLibUV", pkgConfig: "libuv"),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl"),
    .target(name: "CCrash"),
    .target(name: "CLLHTTP", cSettings: [.unsafeFlags(["-fsanitize=fuzzer-no-link"])]),
    .target(name: "CFuzzDriver"),
    library("FunctionKit", [], exclude: ["Package.swift"]),
    library("EventLoop", ["CLibUV", "CCrash"]),
    library("TLS", ["COpenSSL"]),
    library("HTTPServer", ["EventLoop", "TLS", "CLLHTTP"]),
    library("Crypto", ["COpenSSL"]),
    library("Tokens", ["Crypto", "FunctionKit"]),
    .executableTarget(
      name: "Fuzz", dependencies: ["CFuzzDriver", "HTTPServer", "FunctionKit", "Crypto", "Tokens"],
      swiftSettings: instrumented, linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]),
  ]
)
