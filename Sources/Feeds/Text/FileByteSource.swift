internal import Foundation

/// A file, read from front to back through a descriptor that stays open, so that renaming it meanwhile does no harm.
public final class FileByteSource: ByteSource {
    private let path: String
    private let descriptor: Int32

    /// - Throws: ``FeedError/unreadable(path:reason:)`` when there is no such file, or none that may be read.
    public init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            throw FeedError.unreadable(path: path, reason: "it is a folder")
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw Self.unreadable(path) }
        }
    }

    public func rewind() throws {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FeedError.cannotRewind }
    }

    private static func unreadable(_ path: String) -> FeedError {
        .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
}
