// swift-tools-version: 6.2
// Fuzz targets, built by scripts/fuzz. A package of its own: instrumented code must not leak into ordinary builds.
import PackageDescription

// The settings of the main package, so that the sources mean the same in both.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")

let package = Package(
  name: "fuzz",
  products: [.library(name: "WireFuzz", type: .static, targets: ["WireFuzz"])],
  dependencies: [.package(url: "https://github.com/apple/swift-nio", from: "2.101.2")],
  targets: [
    .target(name: "SignalboxWire", dependencies: [nioCore], swiftSettings: strict),
    .target(name: "WireFuzz", dependencies: ["SignalboxWire", nioCore], swiftSettings: strict),
  ]
)
