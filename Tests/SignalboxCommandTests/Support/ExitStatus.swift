@testable import signalbox

// The testing library has a type of this name as well; a name of this module's own wins over both.
typealias ExitStatus = signalbox.ExitStatus
