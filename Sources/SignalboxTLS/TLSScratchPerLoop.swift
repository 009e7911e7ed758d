package import NIOCore

/// The scratch memory of each event loop of a group.
package final class TLSScratchPerLoop: Sendable {
  private let scratches: [ObjectIdentifier: NIOLoopBoundBox<TLSScratch>]

  /// Takes about 300 kB a loop, most of it untouched until a bulk transfer needs it.
  package init(_ group: any EventLoopGroup) {
    var scratches: [ObjectIdentifier: NIOLoopBoundBox<TLSScratch>] = [:]
    for loop in group.makeIterator() {
      scratches[ObjectIdentifier(loop)] = NIOLoopBoundBox.makeBoxSendingValue(TLSScratch(), eventLoop: loop)
    }
    self.scratches = scratches
  }

  /// Call it on `loop`. A loop from elsewhere gets memory of its own, a new one each time.
  package func scratch(for loop: any EventLoop) -> TLSScratch {
    scratches[ObjectIdentifier(loop)]?.value ?? TLSScratch()
  }
}
