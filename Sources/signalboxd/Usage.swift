/// What `--help` and `--example-config` print.
enum Usage {
  static var help: String {
    var text = """
      signalboxd: serves Signalbox over TLS.

      usage: signalboxd [--config FILE] [--SETTING VALUE …]
             signalboxd --help | --version | --example-config

      A setting comes from a flag, else from the environment, else from the file (YAML, or JSON by its ending).
      A name that is no setting is refused. SIGNALBOX_CONFIG_FILE names the file where --config does not.
      SIGTERM and SIGINT drain and stop; SIGHUP reads certificates again.


      """
    for setting in Setting.all {
      let standard = setting.standard.map { " [\($0)]" } ?? ""
      text += "  \(setting.flag), \(setting.variable)\(standard)\n      \(setting.sentence)\n"
    }
    return text
  }

  /// The file in deploy/ is this text; a test compares them.
  static var example: String {
    var text = "# Settings of signalboxd with their standard values. A setting without a value is not set.\n"
    var open: [String] = []
    for setting in Setting.all {
      let path = setting.key.split(separator: ".").map(String.init)
      let common = zip(open, path.dropLast()).prefix { $0 == $1 }.count
      if common == 0 { text += "\n" }
      for depth in common..<path.count - 1 { text += indent(depth) + "\(path[depth]):\n" }
      open = path.dropLast()
      let depth = path.count - 1
      text += indent(depth) + "# \(setting.sentence)\n"
      let name = path[depth]
      text += setting.standard.map { indent(depth) + "\(name): \($0)\n" } ?? indent(depth) + "# \(name):\n"
    }
    return text
  }

  private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }
}
