// swift-tools-version: 6.2
// Fuzz targets, built by scripts/fuzz. A package of its own: instrumented code must not leak into ordinary builds.
import PackageDescription

let package = Package(
  name: "fuzz",
  products: [.library(name: "WireFuzz", type: .static, targets: ["WireFuzz"])],
  dependencies: [.package(url: "https://github.com/apple/swift-nio", from: "2.101.2")],
  targets: [
    .target(name: "SignalboxWire", dependencies: [.product(name: "NIOCore", package: "swift-nio")]),
    .target(name: "WireFuzz", dependencies: ["SignalboxWire", .product(name: "NIOCore", package: "swift-nio")]),
  ],
  swiftLanguageModes: [.v6]
)
