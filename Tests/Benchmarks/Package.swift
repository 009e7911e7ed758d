// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let linux: [CSetting] = [.define("_GNU_SOURCE"), .treatAllWarnings(as: .error)]

// Apart from the package of the server, so that measuring needs none of its dependencies and it none of ours. Its core
// is here by a link, as what is under measurement.
let package = Package(
  name: "signalbox-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0")
  ],
  targets: [
    .target(
      name: "CLoad", cSettings: linux,
      linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
    .executableTarget(name: "sbload", dependencies: ["CLoad"], cSettings: linux),
    .executableTarget(
      name: "tlsecho", cSettings: linux,
      linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
    .executableTarget(name: "barewrite", cSettings: linux, linkerSettings: [.linkedLibrary("sqlite3")]),
    // Of the server's sources this alone: it imports nothing.
    .target(name: "SignalboxCore", swiftSettings: strict),
    .target(name: "CMalloc", cSettings: linux),
    .executableTarget(name: "rulebench", dependencies: ["SignalboxCore", "CMalloc"], swiftSettings: strict),
    .executableTarget(
      name: "bench",
      dependencies: [.product(name: "Histogram", package: "hdrhistogram-swift")],
      swiftSettings: strict),
  ],
  cLanguageStandard: .gnu17
)
