// swift-tools-version: 6.2
import PackageDescription

let bundles = ["Address", "Notification", "Payment", "Sandbox", "Wallet"]
let benchmarked = ["Hello", "Deposits", "Totals"]

/// What every target is compiled with.
let common: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// Everything but the few libraries that wrap a C module: there, an unsafe operation is a compile error.
let house = common + [.strictMemorySafety()]

let kit: Target.Dependency = .product(name: "FunctionKit", package: "FunctionKit")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: house)
}

/// A library that wraps a C module and so deals in pointers.
func wrapper(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: common)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + [kit], path: "Tests/\(name)Tests", resources: resources,
    swiftSettings: common)
}

func bundle(_ name: String, path: String, exclude: [String] = ["Migrations"]) -> Target {
  .target(name: "\(name)Functions", dependencies: [kit], path: path, exclude: exclude, swiftSettings: house)
}

let cModules: [Target] = [
  .systemLibrary(name: "CLibUV", path: "Sources/CLibUV", pkgConfig: "libuv", providers: [.apt(["libuv1-dev"])]),
  .systemLibrary(name: "CLibPQ", path: "Sources/CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
  .systemLibrary(name: "COpenSSL", path: "Sources/COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
  .systemLibrary(
    name: "CLibCurl", path: "Sources/CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
  .systemLibrary(name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(
    name: "CBrotli", path: "Sources/CBrotli", pkgConfig: "libbrotlienc", providers: [.apt(["libbrotli-dev"])]),
  .target(name: "CLLHTTP", path: "Sources/CLLHTTP"),
  .target(name: "CCrash", path: "Sources/CCrash"),
]

let platform: [Target] = [
  wrapper("EventLoop", ["CLibUV", "CCrash"]),
  wrapper("CrashReport", ["CCrash"]),
  wrapper("Crypto", ["COpenSSL"]),
  wrapper("TLS", ["COpenSSL"]),
  wrapper("HTTPServer", ["EventLoop", "TLS", "CLLHTTP"]),
  wrapper("HTTPClient", ["EventLoop", "CLibCurl"]),
  wrapper("Postgres", ["EventLoop", "CLibPQ", kit]),
  wrapper("RateLimits", ["EventLoop"]),
  wrapper("Compression", ["CZlib", "CBrotli"]),
  library("LocalPostgres", ["EventLoop"]),
  library("Migrations", ["Postgres", "Crypto", kit]),
  library("Manifest", [yams, kit]),
  .target(
    name: "OpenAPI", dependencies: ["Manifest", kit], path: "Sources/OpenAPI", resources: [.embedInCode("Page")],
    swiftSettings: house),
  library("Deployment", ["Manifest", "Migrations", "Crypto", kit]),
  library("Telemetry", ["EventLoop", "HTTPClient", kit]),
  library("Runtime", ["EventLoop", "Postgres", "HTTPClient", "Telemetry", "Manifest", "Crypto", kit]),
  library("EventRelay", ["Runtime", "EventLoop", "Postgres", "Crypto", "Manifest", kit]),
  library("Scheduler", ["Runtime", "EventLoop", "Postgres", "Manifest", kit]),
  library("Tokens", ["Crypto", kit]),
  library(
    "Gateway",
    [
      "Runtime", "OpenAPI", "EventLoop", "HTTPServer", "HTTPClient", "Postgres", "Crypto", "Manifest", "RateLimits",
      "Compression", "Tokens", "Telemetry", kit,
    ]),
  library(
    "FunctionTesting",
    ["Runtime", "EventLoop", "Postgres", "LocalPostgres", "Migrations", "Manifest", "HTTPClient", "LoopTesting", kit]),
  library(
    "FaultTesting",
    [
      "FunctionTesting", "EventLoop", "Postgres", "Manifest", "HTTPServer", "HTTPClient", "LoopTesting", kit,
    ]),
  .executableTarget(
    name: "lakoo",
    dependencies: [
      "EventLoop", "HTTPServer", "HTTPClient", "Postgres", "LocalPostgres", "Migrations", "Manifest", "Crypto",
      "Runtime", "Telemetry", "EventRelay", "Scheduler", "Gateway", "OpenAPI", "Deployment", "CrashReport",
      "RateLimits", "Tokens", "TLS", kit,
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    path: "host", swiftSettings: house),
]

let package = Package(
  name: "lakoo",
  products: [.executable(name: "lakoo", targets: ["lakoo"])]
    + (bundles + benchmarked + ["Crash"]).map {
      .library(name: "\($0)Functions", type: .dynamic, targets: ["\($0)Functions"])
    },
  dependencies: [
    .package(path: "Sources/FunctionKit"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ],
  targets: cModules + platform
    + bundles.map { name in
      bundle(
        name, path: "functions/\(name.lowercased())",
        exclude: name == "Address" ? ["Migrations", "Data"] : ["Migrations"])
    }
    + benchmarked.map { name in
      bundle(name, path: "Benchmarks/\(name.lowercased())", exclude: name == "Hello" ? [] : ["Migrations"])
    }
    + [
      bundle("Crash", path: "Tests/CrashFunctions/functions/crash"),
      .target(name: "LoopTesting", dependencies: ["EventLoop"], path: "Tests/LoopTesting", swiftSettings: common),
      .target(
        name: "PostgresTesting", dependencies: ["EventLoop", "LocalPostgres", "Postgres", "LoopTesting"],
        path: "Tests/PostgresTesting", swiftSettings: common),
      .target(
        name: "RelayTesting",
        dependencies: [
          "EventRelay", "Scheduler", "Runtime", "Manifest", "Migrations", "Postgres", "EventLoop", "LoopTesting",
          "PostgresTesting", kit,
        ], path: "Tests/RelayTesting", swiftSettings: common),
      .target(
        name: "TelemetryTesting", dependencies: ["HTTPServer", "EventLoop", kit], path: "Tests/TelemetryTesting",
        swiftSettings: common),
      tests("Telemetry", ["Telemetry", "TelemetryTesting", "HTTPClient", "HTTPServer", "EventLoop", "LoopTesting"]),
      tests("EventLoop", ["EventLoop", "LoopTesting"]),
      tests("CrashReport", ["CrashReport"]),
      tests("Crypto", ["Crypto"]),
      .target(
        name: "TokenTesting", dependencies: ["Tokens", "Crypto", kit], path: "Tests/TokenTesting", swiftSettings: common
      ),
      tests("Tokens", ["Tokens", "TokenTesting"]),
      tests("HTTPServer", ["HTTPServer", "TLS", "COpenSSL", "EventLoop"]),
      tests("HTTPClient", ["HTTPClient", "EventLoop", "LoopTesting"]),
      tests("RateLimits", ["RateLimits", "EventLoop", "LoopTesting"]),
      .systemLibrary(
        name: "CBrotliDecoder", path: "Tests/CBrotliDecoder", pkgConfig: "libbrotlidec",
        providers: [.apt(["libbrotli-dev"])]),
      .target(
        name: "DecodingTesting", dependencies: ["Compression", "CZlib", "CBrotliDecoder"],
        path: "Tests/DecodingTesting", swiftSettings: common),
      tests("Compression", ["Compression", "DecodingTesting"]),
      tests("LocalPostgres", ["LocalPostgres", "EventLoop", "LoopTesting"]),
      tests("Postgres", ["Postgres", "EventLoop", "LocalPostgres", "LoopTesting", "PostgresTesting"]),
      tests("Migrations", ["Migrations", "Postgres", "EventLoop", "LoopTesting", "PostgresTesting"]),
      tests("Manifest", ["Manifest"], resources: [.copy("Invalid"), .copy("InvalidEvents"), .copy("Valid")]),
      tests(
        "OpenAPI", ["OpenAPI", "Manifest"] + bundles.map { .target(name: "\($0)Functions") },
        resources: [.copy("Golden")]),
      tests("Deployment", ["Deployment", "Manifest", "Crypto"]),
      .target(
        name: "PlatformTesting",
        dependencies: [
          "EventLoop", "Postgres", "Migrations", "Manifest", "Runtime", "Gateway", "HTTPServer", "HTTPClient",
          "LoopTesting", "PostgresTesting", "RateLimits", "Tokens", "TokenTesting", "Telemetry", kit,
        ], path: "Tests/PlatformTesting", swiftSettings: common),
      tests(
        "Runtime",
        [
          "Runtime", "CrashReport", "Crypto", "EventLoop", "Manifest", "Postgres", "FunctionTesting", "PlatformTesting",
          "PostgresTesting", "LoopTesting",
        ]),
      tests(
        "Gateway",
        [
          "Gateway", "Runtime", "EventLoop", "HTTPServer", "Manifest", "Postgres", "LocalPostgres", "PlatformTesting",
          "LoopTesting", "Crypto", "RateLimits", "Compression", "DecodingTesting", "Tokens", "TokenTesting",
          "TelemetryTesting",
        ]),
      tests("FunctionKit", []),
      tests(
        "EventRelay", ["EventRelay", "Runtime", "Manifest", "Postgres", "EventLoop", "LoopTesting", "RelayTesting"]),
      tests(
        "Scheduler", ["Scheduler", "Runtime", "Manifest", "Postgres", "EventLoop", "LoopTesting", "RelayTesting"]),
      tests(
        "Host",
        [
          "lakoo", "FaultTesting", "Deployment", "EventLoop", "HTTPServer", "LoopTesting", "Crypto", "Manifest",
          "TokenTesting", "TelemetryTesting",
        ]),
      tests("Fault", ["lakoo", "FaultTesting", "EventLoop", "LoopTesting"]),
      tests("EventContract", ["Manifest"] + bundles.map { .target(name: "\($0)Functions") }),
    ]
    + bundles.map { tests("\($0)Functions", [.target(name: "\($0)Functions"), "FunctionTesting", "Runtime"]) }
)
