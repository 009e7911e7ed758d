// swift-tools-version: 6.2
import PackageDescription

// One set of settings for every target, so that no target is laxer than its neighbour.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let swiftProtobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")

let package = Package(
  name: "signalbox",
  products: [
    .library(name: "SignalboxClient", targets: ["SignalboxClient"]),
    .executable(name: "signalboxd", targets: ["signalboxd"]),
    .executable(name: "signalbox", targets: ["signalbox"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(
      url: "https://github.com/apple/swift-configuration", from: "1.4.0",
      traits: ["JSON", "YAML", "CommandLineArguments"]),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Ground.
    .target(name: "SignalboxCore", swiftSettings: strict),
    .target(name: "SignalboxWire", dependencies: [nioCore], swiftSettings: strict),

    // Adapters.
    .target(
      name: "COpenSSL", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
      linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
    .target(name: "SignalboxProtocol", dependencies: ["SignalboxWire", swiftProtobuf], swiftSettings: strict),
    .target(name: "SignalboxTLS", dependencies: ["COpenSSL", nioCore], swiftSettings: strict),
    .target(
      name: "SignalboxStore",
      dependencies: [
        "SignalboxCore", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),

    // The two sides.
    .target(
      name: "SignalboxServer",
      dependencies: [
        "SignalboxCore", "SignalboxWire", "SignalboxProtocol", "SignalboxTLS", "SignalboxStore", nioCore, nioPosix,
        .product(name: "NIOHTTP1", package: "swift-nio"), logging, lifecycle, swiftProtobuf,
      ],
      swiftSettings: strict),
    .target(
      name: "SignalboxClient",
      dependencies: [
        "SignalboxWire", "SignalboxProtocol", "SignalboxTLS", nioCore, nioPosix, logging, lifecycle, swiftProtobuf,
      ],
      swiftSettings: strict),

    // Programs.
    .executableTarget(
      name: "signalboxd",
      dependencies: [
        "SignalboxServer", logging, lifecycle,
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "signalbox",
      dependencies: [
        "SignalboxClient", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"), swiftProtobuf,
      ],
      swiftSettings: strict),

    // Tests.
    .target(
      name: "SignalboxTestKit",
      dependencies: ["SignalboxCore", "SignalboxServer", "SignalboxStore", "SignalboxClient", logging],
      swiftSettings: strict),
    .testTarget(name: "SignalboxCoreTests", dependencies: ["SignalboxCore"], swiftSettings: strict),
    .testTarget(name: "SignalboxWireTests", dependencies: ["SignalboxWire", nioCore], swiftSettings: strict),
    .testTarget(
      name: "SignalboxProtocolTests", dependencies: ["SignalboxProtocol", "SignalboxWire", nioCore, swiftProtobuf],
      swiftSettings: strict),
    .testTarget(
      name: "SignalboxTLSTests",
      dependencies: [
        "SignalboxTLS", nioCore, nioPosix, .product(name: "NIOEmbedded", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SignalboxStoreTests",
      dependencies: ["SignalboxStore", "SignalboxCore", .product(name: "GRDBSQLite", package: "GRDB.swift")],
      swiftSettings: strict),
    .testTarget(
      name: "SignalboxServerTests",
      dependencies: [
        "SignalboxServer", "SignalboxClient", "SignalboxCore", "SignalboxStore", "SignalboxProtocol", "SignalboxTLS",
        "SignalboxWire", "SignalboxTestKit", swiftProtobuf, nioCore,
        .product(name: "NIOEmbedded", package: "swift-nio"), logging,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SignalboxClientTests",
      dependencies: [
        "SignalboxClient", "SignalboxProtocol", "SignalboxTLS", "SignalboxWire", nioCore, nioPosix,
        .product(name: "NIOEmbedded", package: "swift-nio"), logging, lifecycle,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SignalboxCommandTests",
      dependencies: [
        "signalbox", "SignalboxClient", "SignalboxProtocol",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"), swiftProtobuf,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "signalboxd", "signalbox", "SignalboxClient", "SignalboxProtocol", "SignalboxTLS", "SignalboxTestKit",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TidyTests", dependencies: ["SignalboxCore", "SignalboxProtocol", "SignalboxWire"],
      swiftSettings: strict),
  ]
)
