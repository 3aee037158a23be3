// swift-tools-version: 6.2
import PackageDescription

// The kit is a package of its own with a dynamic product, so that host and bundles share one copy of its types.
let package = Package(
  name: "FunctionKit",
  products: [.library(name: "FunctionKit", type: .dynamic, targets: ["FunctionKit"])],
  targets: [
    .target(
      name: "FunctionKit", path: ".",
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
      ])
  ]
)
